import { GAP } from './types';
import type { Unit } from './unit';

export type Side = 'into' | 'out' | 'both';

/** Puts the units of a tier below each other in their order, in the middle about height 0. */
export function stack(tier: readonly Unit[]): void {
  let total = 0;
  for (const unit of tier) total += unit.height + GAP.card;
  let y = Math.round(-total / 2);
  for (const unit of tier) {
    unit.y = y;
    y += unit.height + GAP.card;
  }
}

/** Where a unit would stand if its lines on one side were level; `undefined` without lines there. */
export function wish(unit: Unit, side: Side): number | undefined {
  let sum = 0;
  let weight = 0;
  if (side !== 'out') {
    for (const link of unit.into) {
      sum += link.weight * (link.from.y + link.fromY - link.toY);
      weight += link.weight;
    }
  }
  if (side !== 'into') {
    for (const link of unit.out) {
      sum += link.weight * (link.to.y + link.toY - link.fromY);
      weight += link.weight;
    }
  }
  return weight === 0 ? undefined : sum / weight;
}

/**
 * Moves the units of a tier as near as possible to where they want to be, keeping their order and distance: the
 * least-squares answer, by pooling neighbours that push each other (isotonic regression).
 */
export function settle(tier: readonly Unit[], side: Side): void {
  const pools: { wish: number; count: number }[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const unit of tier) {
    offsets.push(offset);
    let pool = { wish: (wish(unit, side) ?? unit.y) - offset, count: 1 };
    offset += unit.height + GAP.card;
    for (let last = pools.at(-1); last && last.wish > pool.wish; last = pools.at(-1)) {
      const count = last.count + pool.count;
      pool = { wish: (last.wish * last.count + pool.wish * pool.count) / count, count };
      pools.pop();
    }
    pools.push(pool);
  }
  let index = 0;
  for (const { wish: at, count } of pools) {
    for (let n = 0; n < count; n += 1, index += 1) {
      const unit = tier[index];
      if (unit) unit.y = Math.round(at) + (offsets[index] ?? 0);
    }
  }
}
