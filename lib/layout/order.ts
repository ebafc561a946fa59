import type { Columns } from './columns';
import { cross, crossings, level, linesOf } from './lines';
import type { Line, Lines } from './lines';
import { settle, stack, wish } from './settle';
import type { Side } from './settle';
import type { Unit } from './unit';
import { GAP } from './types';

/** `full` looks for the fewest crossings, `quick` takes the first good order. */
export type Effort = 'full' | 'quick';

const SWEEPS = { full: 8, quick: 3 } as const;
/** How often neighbours are exchanged and settled at most. */
const ROUNDS = 8;
/** In a block of more lines than this they are not compared one with another: that would take too long. */
const LINES_MAX = 400;
const SWEEP_SIDES: readonly Side[] = ['into', 'out', 'both', 'both'];

/**
 * Puts the units of every tier in an order with few crossings and levels their lines. Sweeps to the right and to the
 * left, by the mean height of the neighbours; the best picture wins and neighbours are then exchanged as long as that
 * uncrosses lines. Blocks with very many lines are left as the last sweep made them.
 */
export function orderUnits(tiers: Unit[][], columns: Columns, effort: Effort): void {
  tiers.forEach(stack);
  const units = tiers.flat();
  const lines = linesOf(units, columns);
  const small = effort === 'full' && lines.all.length <= LINES_MAX;
  const count = () => {
    lines.all.forEach(level);
    return crossings(lines);
  };
  let fewest = Infinity;
  let best: { unit: Unit; y: number }[] = [];
  const keep = () => {
    const now = small ? count() : fewest - 1;
    if (now >= fewest) return;
    fewest = now;
    best = tiers.flatMap((tier) => tier.map((unit) => ({ unit, y: unit.y })));
  };
  for (let sweep = 0; sweep < SWEEPS[effort] && fewest > 0; sweep += 1) {
    for (let step = 0; step < tiers.length; step += 1) {
      const tier = tiers[sweep % 2 === 0 ? step : tiers.length - 1 - step] ?? [];
      reorder(tier, SWEEP_SIDES[sweep % 4] ?? 'both');
      if (sweep < 2) stack(tier);
      else settle(tier, 'both');
    }
    if (sweep >= 1) keep();
  }
  const restore = () => {
    for (const one of best) one.unit.y = one.y;
    for (const tier of tiers) tier.sort((a, b) => a.y - b.y);
  };
  restore();
  for (let round = 0; small && round < ROUNDS && fewest > 0; round += 1) {
    lines.all.forEach(level);
    const better = swap(tiers, lines);
    for (const tier of tiers) settle(tier, 'into');
    for (const tier of [...tiers].reverse()) settle(tier, 'both');
    keep();
    if (!better) break;
  }
  restore();
}

function reorder(tier: Unit[], side: Side): void {
  const wishes = new Map(tier.map((unit) => [unit, wish(unit, side) ?? unit.y]));
  tier.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0));
}

/** Exchanges neighbours in a tier where that is better, without moving others. Answers whether there were any. */
function swap(tiers: readonly Unit[][], lines: Lines): boolean {
  let better = false;
  for (const tier of tiers) {
    for (let at = 0; at + 1 < tier.length; at += 1) {
      const a = tier[at];
      const b = tier[at + 1];
      if (!a || !b) continue;
      const moved = [...(lines.of.get(a) ?? []), ...(lines.of.get(b) ?? [])];
      const [ay, by] = [a.y, b.y];
      const before = cost(moved, lines.all);
      b.y = ay;
      a.y = Math.max(by + b.height - a.height, ay + b.height + GAP.card);
      moved.forEach(level);
      if (cost(moved, lines.all) < before) {
        tier[at] = b;
        tier[at + 1] = a;
        better = true;
      } else {
        a.y = ay;
        b.y = by;
        moved.forEach(level);
      }
    }
  }
  return better;
}

/** What lines cost: the weight of their crossings, and a little for every pixel they climb. */
function cost(moved: readonly Line[], all: readonly Line[]): number {
  let sum = 0;
  for (const a of moved) {
    sum += (a.weight * (a.bottom - a.top)) / 4000;
    for (const b of all) if (cross(a, b)) sum += a.weight * b.weight;
  }
  return sum;
}
