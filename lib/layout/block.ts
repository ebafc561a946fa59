import { reorder, settle, stack, tiesBetween } from './column';
import type { Item } from './column';
import { countCrossings } from './crossings';
import type { LayoutEdge, LayoutNode } from './types';
import { GAP } from './types';

const SWEEPS = 8;
const SETTLE_ROUNDS = 4;

/** The cards of one namespace, arranged: `column` counts sub-columns within the rank. The topmost card is at y 0. */
export interface Block {
  placed: { node: LayoutNode; rank: number; column: number; y: number }[];
  height: number;
}

/**
 * Arranges one namespace: barycentre sweeps to the right and to the left for the order in its columns, the best
 * order seen wins, then the cards settle where their edges run level. A column that would be higher than `heightMax`
 * is broken into several beside each other.
 */
export function arrangeBlock(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  rankOf: ReadonlyMap<string, number>,
  heightMax: number,
): Block {
  const items = new Map<string, Item>();
  const byRank = new Map<number, Item[]>();
  for (const node of [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const item = { node, y: 0 };
    items.set(node.id, item);
    const rank = rankOf.get(node.id) ?? 0;
    const column = byRank.get(rank);
    if (column) column.push(item);
    else byRank.set(rank, [item]);
  }
  const ranks = [...byRank.keys()].sort((a, b) => a - b);
  const ties = tiesBetween(items, edges, rankOf);

  let columns = ranks.map((rank) => byRank.get(rank) ?? []);
  columns.forEach((column) => stack(column));
  let best = columns;
  let fewest = countCrossings(columns, ties);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const rightward = sweep % 2 === 0;
    const next = [...columns];
    for (let step = 0; step < next.length; step += 1) {
      const at = rightward ? step : next.length - 1 - step;
      const column = reorder(next[at] ?? [], ties, rightward ? 'left' : 'right');
      stack(column);
      next[at] = column;
    }
    columns = next;
    const crossings = countCrossings(columns, ties);
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = columns;
  }

  best.forEach((column) => stack(column));
  const wrapped = best.map((column) => wrap(column, heightMax));
  const narrow = wrapped.filter((parts) => parts.length === 1).map(([column]) => column ?? []);
  for (let round = 0; round < SETTLE_ROUNDS; round += 1) {
    narrow.forEach((column) => settle(column, ties, 'left'));
    [...narrow]
      .reverse()
      .forEach((column) => settle(column, ties, round === SETTLE_ROUNDS - 1 ? 'both' : 'right'));
  }
  return collect(wrapped, ranks);
}

/** Breaks a column into parts no higher than `heightMax` (one card may be), each stacked from 0. */
function wrap(column: readonly Item[], heightMax: number): Item[][] {
  const total = column.reduce((sum, item) => sum + item.node.height + GAP.card, 0);
  const each = Math.max(1, total / Math.ceil(total / heightMax));
  const parts: Item[][] = [];
  let filled = Infinity;
  for (const item of column) {
    if (filled >= each) {
      parts.push([]);
      filled = 0;
    }
    parts.at(-1)?.push(item);
    filled += item.node.height + GAP.card;
  }
  parts.forEach((part) => stack(part));
  return parts;
}

function collect(wrapped: readonly Item[][][], ranks: readonly number[]): Block {
  const placed = wrapped.flatMap((parts, at) =>
    parts.flatMap((part, column) => part.map(({ node, y }) => ({ node, rank: ranks[at] ?? 0, column, y }))),
  );
  let top = Infinity;
  let bottom = -Infinity;
  for (const { y, node } of placed) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + node.height);
  }
  return { placed: placed.map((one) => ({ ...one, y: one.y - top })), height: Math.max(0, bottom - top) };
}
