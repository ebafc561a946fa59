import { padded, touches, union } from './boxes';
import type { Box, LayoutNode, Point } from './types';
import { GAP } from './types';

const CELL = 400;

/** What stands on the canvas already, found quickly by place. */
export class Occupied {
  private readonly cells = new Map<string, Box[]>();
  private readonly groups = new Map<string, Box>();
  private lowest = 0;

  add(node: LayoutNode, at: Point): void {
    const box = { ...at, width: node.width, height: node.height };
    for (const cell of cellsOf(box, 0)) {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
    }
    if (node.group !== '') this.groups.set(node.group, union(this.groups.get(node.group), padded(box)));
    this.lowest = Math.max(this.lowest, box.y + box.height);
  }

  /** The lowest edge of anything that stands. */
  bottom(): number {
    return this.lowest;
  }

  /** Whether a card fits here without coming too near to another card. */
  isFree(box: Box): boolean {
    for (const cell of cellsOf(box, GAP.card)) {
      if (this.cells.get(cell)?.some((other) => touches(box, other, GAP.card))) return false;
    }
    return true;
  }

  /**
   * Whether the namespace's border, grown to hold `box`, stays clear of the other namespaces' borders. Borders that
   * overlapped before (someone dragged cards) are not held against it.
   */
  isWithinOwn(group: string, box: Box): boolean {
    const before = this.groups.get(group);
    const grown = group === '' ? box : union(before, padded(box));
    for (const [name, other] of this.groups) {
      if (name === group || !touches(grown, other, 8)) continue;
      if (!before || !touches(before, other, 8)) return false;
    }
    return true;
  }
}

function cellsOf(box: Box, margin: number): string[] {
  const cells: string[] = [];
  const right = Math.floor((box.x + box.width + margin) / CELL);
  const bottom = Math.floor((box.y + box.height + margin) / CELL);
  for (let x = Math.floor((box.x - margin) / CELL); x <= right; x += 1) {
    for (let y = Math.floor((box.y - margin) / CELL); y <= bottom; y += 1) cells.push(`${x}:${y}`);
  }
  return cells;
}
