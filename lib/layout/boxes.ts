import { BOX_PADDING } from './types';
import type { Box, LayoutNode, Point, Positions } from './types';

/** The smallest box round both. */
export function union(a: Box | undefined, b: Box): Box {
  if (!a) return b;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Whether two boxes come closer than `gap` to each other. */
export function touches(a: Box, b: Box, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}

/** A card's box with the room a namespace border needs round it. */
export function padded(box: Box): Box {
  return {
    x: box.x - BOX_PADDING.x,
    y: box.y - BOX_PADDING.top,
    width: box.width + 2 * BOX_PADDING.x,
    height: box.height + BOX_PADDING.top + BOX_PADDING.bottom,
  };
}

/** What a namespace's border is drawn round: all cards but those on the shelf. */
type Bordered = Pick<LayoutNode, 'id' | 'group' | 'width' | 'height' | 'mark' | 'shelf'>;

/** The namespace boxes round placed cards, by namespace. Cards without a place, without a namespace, on the shelf, and marks count for none. */
export function groupBoxes(nodes: readonly Bordered[], positions: Positions): Map<string, Box> {
  const boxes = new Map<string, Box>();
  for (const { id, group, width, height, mark, shelf } of nodes) {
    const at = positions[id];
    if (!at || group === '' || mark || shelf) continue;
    boxes.set(group, union(boxes.get(group), padded({ ...at, width, height })));
  }
  return boxes;
}

/** The top left corner of every namespace's cards, or of its mark, by namespace. */
export function cornersOf(nodes: readonly Bordered[], positions: Positions): Record<string, Point> {
  const corners: Record<string, Point> = {};
  for (const { id, group, shelf } of nodes) {
    const at = positions[id];
    if (!at || group === '' || shelf) continue;
    const known = corners[group] ?? at;
    corners[group] = { x: Math.min(known.x, at.x), y: Math.min(known.y, at.y) };
  }
  return corners;
}
