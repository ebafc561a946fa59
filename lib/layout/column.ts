import type { LayoutEdge, LayoutNode } from './types';
import { GAP } from './types';

/** A card while it is being arranged: its column is fixed, `y` is still moving. */
export interface Item {
  node: LayoutNode;
  y: number;
}

/** One end of an edge, seen from the card on the other end. */
interface Tie {
  other: Item;
  /** Distance from the top of this card, and of the other, where the edge is fastened. */
  own: number;
  far: number;
}

export type Ties = ReadonlyMap<Item, { left: Tie[]; right: Tie[] }>;

/** Who is tied to whom. `rankOf` tells left from right; ties within a column count for nothing. */
export function tiesBetween(
  items: ReadonlyMap<string, Item>,
  edges: readonly LayoutEdge[],
  rankOf: ReadonlyMap<string, number>,
): Ties {
  const ties = new Map([...items.values()].map((item) => [item, { left: [] as Tie[], right: [] as Tie[] }]));
  for (const edge of edges) {
    const from = items.get(edge.source);
    const to = items.get(edge.target);
    const step = (rankOf.get(edge.target) ?? 0) - (rankOf.get(edge.source) ?? 0);
    if (!from || !to || step === 0) continue;
    const out = edge.sourceY ?? from.node.height / 2;
    const into = Math.min(28, to.node.height / 2);
    ties.get(from)?.[step > 0 ? 'right' : 'left'].push({ other: to, own: out, far: into });
    ties.get(to)?.[step > 0 ? 'left' : 'right'].push({ other: from, own: into, far: out });
  }
  return ties;
}

/** Where a card would sit if its edges on one side (or both) were level; `undefined` without edges there. */
export function desiredY(item: Item, ties: Ties, side: 'left' | 'right' | 'both'): number | undefined {
  const all = ties.get(item);
  if (!all) return undefined;
  const used = side === 'both' ? [...all.left, ...all.right] : all[side];
  if (used.length === 0) return undefined;
  return used.reduce((sum, tie) => sum + tie.other.y + tie.far - tie.own, 0) / used.length;
}

/** Orders a column by the barycentre of its neighbours; cards without neighbours keep their place. Answers a new list. */
export function reorder(column: readonly Item[], ties: Ties, side: 'left' | 'right'): Item[] {
  return column
    .map((item, index) => ({ item, index, wish: desiredY(item, ties, side) ?? item.y }))
    .sort((a, b) => a.wish - b.wish || a.index - b.index)
    .map(({ item }) => item);
}

/** Puts cards under each other in their order, from `top` on. */
export function stack(column: readonly Item[], top = 0): void {
  let y = top;
  for (const item of column) {
    item.y = y;
    y += item.node.height + GAP.card;
  }
}

/**
 * Moves the cards of a column as near as possible to where they want to be, keeping order and distance: the
 * least-squares answer, by pooling neighbours that push each other (isotonic regression).
 */
export function settle(column: readonly Item[], ties: Ties, side: 'left' | 'right' | 'both'): void {
  const pools: { wish: number; count: number }[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const item of column) {
    offsets.push(offset);
    let pool = { wish: (desiredY(item, ties, side) ?? item.y) - offset, count: 1 };
    offset += item.node.height + GAP.card;
    for (let last = pools.at(-1); last && last.wish > pool.wish; last = pools.at(-1)) {
      const count = last.count + pool.count;
      pool = { wish: (last.wish * last.count + pool.wish * pool.count) / count, count };
      pools.pop();
    }
    pools.push(pool);
  }
  let index = 0;
  for (const { wish, count } of pools) {
    for (let n = 0; n < count; n += 1, index += 1) {
      const item = column[index];
      if (item) item.y = Math.round(wish) + (offsets[index] ?? 0);
    }
  }
}
