import { padded, touches, union } from './boxes';
import type { Box, LayoutNode, Point } from './types';
import { GAP } from './types';

const CELL = 400;
/** Cells of one row have numbers next to each other; far more than a picture is wide. */
const ROW = 1 << 24;

/** Boxes by place: finds what is near a box without looking at all of them. */
export class Grid<T extends Box> {
  private readonly cells = new Map<number, T[]>();

  add(box: T): void {
    this.visit(box, 0, (cell) => {
      const list = this.cells.get(cell);
      if (list) list.push(box);
      else this.cells.set(cell, [box]);
      return false;
    });
  }

  /** Whether a box comes nearer than `gap` to one that was added. */
  hits(box: Box, gap: number): boolean {
    return this.visit(box, gap, (cell) => {
      for (const other of this.cells.get(cell) ?? []) if (touches(box, other, gap)) return true;
      return false;
    });
  }

  private visit(box: Box, margin: number, seen: (cell: number) => boolean): boolean {
    const right = Math.floor((box.x + box.width + margin) / CELL);
    const bottom = Math.floor((box.y + box.height + margin) / CELL);
    for (let y = Math.floor((box.y - margin) / CELL); y <= bottom; y += 1) {
      for (let x = Math.floor((box.x - margin) / CELL); x <= right; x += 1)
        if (seen(y * ROW + x)) return true;
    }
    return false;
  }
}

/** What stands on the canvas already. */
export class Occupied {
  private readonly cards = new Grid<Box>();
  /** Borders by namespace; what has none stands for itself. */
  readonly borders = new Map<string, Box>();
  private all: Box | undefined;

  add(node: LayoutNode, at: Point): void {
    const box = { x: at.x, y: at.y, width: node.width, height: node.height };
    this.cards.add(box);
    this.all = union(this.all, box);
    const bare = node.mark || node.shelf || node.group === '';
    const key = bare ? node.id : node.group;
    this.borders.set(key, union(this.borders.get(key), bare ? box : padded(box)));
  }

  /** The smallest box round all cards. */
  extent(): Box {
    return this.all ?? { x: 0, y: 0, width: 0, height: 0 };
  }

  /** The lowest edge of anything that stands; 0 on an empty canvas. */
  bottom(): number {
    const { y, height } = this.extent();
    return y + height;
  }

  /** Whether a card fits here without coming too near to another card. */
  isFree(box: Box, gap: number = GAP.card): boolean {
    return !this.cards.hits(box, gap);
  }

  /**
   * Tells of boxes whether the namespace's border, grown to hold the box, stays clear of the other borders. Those that it
   * overlapped already (someone dragged cards) are not held against it. Good as long as no other namespace changes and
   * for boxes no further away than `reach`.
   */
  clearance(group: string, reach: { x: number; y: number }): (box: Box) => boolean {
    const before = this.borders.get(group);
    if (group === '' || !before)
      return (box) => ![...this.borders.values()].some((other) => touches(box, other, 8));
    const [x, y] = [2 * reach.x, 2 * reach.y];
    const wide = {
      x: before.x - x,
      y: before.y - y,
      width: before.width + 2 * x,
      height: before.height + 2 * y,
    };
    const near = [...this.borders].flatMap(([name, other]) =>
      name !== group && touches(wide, other) && !touches(before, other, 8) ? [other] : [],
    );
    return (box) => {
      const grown = union(this.borders.get(group), padded(box));
      return !near.some((other) => touches(grown, other, 8));
    };
  }
}
