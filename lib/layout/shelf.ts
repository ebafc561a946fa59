import { compare } from './groups';
import type { Occupied } from './occupied';
import type { LayoutNode, Point } from './types';
import { GAP } from './types';

/** A shelf is at least as wide as this, however narrow the picture above it. Pixels. */
const WIDTH_LEAST = 1400;

/**
 * Puts cards without edges into a grid below everything: rows as wide as the picture, sorted by namespace, then by id.
 * Cards that stand on the shelf already stay; new ones take the next free cells after them. Writes into `placed`.
 */
export function shelve(
  nodes: readonly LayoutNode[],
  placed: Record<string, Point>,
  occupied: Occupied,
): void {
  const sorted = [...nodes].sort((a, b) => compare(a.group, b.group) || compare(a.id, b.id));
  const cell = Math.max(...sorted.map((node) => node.width)) + GAP.card;
  const row = Math.max(...sorted.map((node) => node.height)) + GAP.card;
  const standing = sorted.flatMap(({ id }) => placed[id] ?? []);
  const first =
    standing.length > 0 ? corner(standing) : { x: occupied.extent().x, y: occupied.bottom() + 2 * GAP.box };
  const width = Math.max(WIDTH_LEAST, occupied.extent().x + occupied.extent().width - first.x);
  const perRow = Math.max(1, Math.floor((width + GAP.card) / cell));
  let next = 0;
  for (const node of sorted) {
    if (placed[node.id]) continue;
    let at: Point;
    do {
      at = { x: first.x + (next % perRow) * cell, y: first.y + Math.floor(next / perRow) * row };
      next += 1;
    } while (!occupied.isFree({ ...at, width: node.width, height: node.height }, GAP.card / 2));
    placed[node.id] = at;
    occupied.add(node, at);
  }
}

const corner = (places: readonly Point[]): Point => ({
  x: Math.min(...places.map((at) => at.x)),
  y: Math.min(...places.map((at) => at.y)),
});
