import { GAP } from './types';
import type { Unit } from './unit';

/** Where the columns of a block's tiers begin and end, from its left. A column is 0 service, 1 router, 2 node. */
export interface Columns {
  left: (tier: number, column: number) => number;
  right: (tier: number, column: number) => number;
  width: number;
}

/** Each column is as wide as its widest card; where there are no cards there is no column. */
export function columnsOf(units: readonly Unit[]): Columns {
  const widths: number[] = [];
  const labelled = new Set<number>();
  for (const { tier, cards } of units) {
    for (const { node, column } of cards) {
      const at = tier * 3 + column;
      widths[at] = Math.max(widths[at] ?? 0, node.width);
      if (node.labelled === true) labelled.add(at);
    }
  }
  const lefts: number[] = [];
  let x = 0;
  let end = 0;
  for (let at = 0; at < widths.length; at += 1) {
    const width = widths[at];
    lefts[at] = x;
    if (width === undefined) continue;
    end = x + width;
    x = end + (at % 3 === 1 || labelled.has(at) ? GAP.labels : GAP.column);
  }
  return {
    left: (tier, column) => lefts[tier * 3 + column] ?? 0,
    right: (tier, column) => (lefts[tier * 3 + column] ?? 0) + (widths[tier * 3 + column] ?? 0),
    width: end,
  };
}
