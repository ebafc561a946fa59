import { columnsOf } from './columns';
import type { Columns } from './columns';
import { orderUnits } from './order';
import type { Effort } from './order';
import { foldTiers, rankUnits } from './tier';
import type { LayoutEdge, LayoutNode } from './types';
import { GAP } from './types';
import { unitsOf } from './unit';
import type { Unit } from './unit';

/** Width over height: deeper namespaces are folded to it, higher ones widened. */
const SHAPE = { fold: 8, widen: 2.2 } as const;
/** So many tiers are still readable side by side on one screen, whatever the shape. */
const TIERS_LEAST = 3;
/** A tier of this height fits a screen: there is nothing to break. Pixels. */
const HEIGHT_LEAST = 1300;

/** The cards of one namespace, arranged. The leftmost card is at x 0, the topmost at y 0. */
export interface Block {
  placed: { node: LayoutNode; x: number; y: number }[];
  width: number;
  height: number;
}

/**
 * Arranges one namespace: a service, its router and their nodes are one line, callers stand left of what they call. Very
 * deep namespaces are folded, tiers that are very high are broken. `nodes` and `edges` must be in a fixed order; every
 * edge runs between two of the nodes. 'quick' leaves out the search for fewer crossings: for hints where one card goes.
 */
export function arrangeBlock(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  effort: Effort = 'full',
): Block {
  const units = unitsOf(nodes, edges);
  const tiers = rankUnits(units);
  const tall = units.reduce((sum, unit) => sum + unit.height + GAP.card, 0);
  const wide = columnsOf(units).width / tiers;
  foldTiers(units, tiers, Math.max(TIERS_LEAST, Math.round(Math.sqrt((SHAPE.fold * tall) / wide))));
  breakTiers(groupTiers(units), Math.max(HEIGHT_LEAST, Math.sqrt((tall * wide) / SHAPE.widen)));
  const columns = columnsOf(units);
  const byTier = groupTiers(units);
  orderUnits(byTier, columns, effort);
  return collect(units, columns);
}

/** Moves what a tier cannot hold in `heightMax` into tiers of its own beside it. */
function breakTiers(tiers: readonly Unit[][], heightMax: number): void {
  let next = 0;
  for (const tier of tiers) {
    const total = tier.reduce((sum, unit) => sum + unit.height + GAP.card, 0);
    const each = total / Math.max(1, Math.ceil(total / heightMax - 0.25));
    let height = 0;
    for (const unit of tier) {
      if (height > 0 && height + unit.height / 2 > each) {
        next += 1;
        height = 0;
      }
      unit.tier = next;
      height += unit.height + GAP.card;
    }
    next += 1;
  }
}

function groupTiers(units: readonly Unit[]): Unit[][] {
  const byTier: Unit[][] = [];
  for (const unit of units) (byTier[unit.tier] ??= []).push(unit);
  return Array.from(byTier, (tier) => tier ?? []);
}

function collect(units: readonly Unit[], columns: Columns): Block {
  const placed: Block['placed'] = [];
  let top = Infinity;
  let bottom = -Infinity;
  for (const { tier, y, height, cards } of units) {
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + height);
    for (const card of cards) {
      placed.push({ node: card.node, x: columns.left(tier, card.column), y: Math.round(y + card.y) });
    }
  }
  top = Math.round(top);
  for (const card of placed) card.y -= top;
  return { placed, width: columns.width, height: Math.ceil(bottom - top) };
}
