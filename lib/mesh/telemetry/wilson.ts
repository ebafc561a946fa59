/** How sure a counted share is. */

export interface Band {
  low: number;
  high: number;
}

/** Standard normal quantiles, two-sided. */
export const CONFIDENCE_95 = 1.959964;
export const CONFIDENCE_999 = 3.290527;

/**
 * The Wilson score interval for `hits` of `count`, count > 0, as shares 0..1. It holds for small counts and for shares near 0 and 1,
 * where the plain one does not. https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
 */
export function wilson(hits: number, count: number, z: number): Band {
  const share = hits / count;
  const spread = (z * z) / count;
  const middle = (share + spread / 2) / (1 + spread);
  const half = (z / (1 + spread)) * Math.sqrt((share * (1 - share) + spread / 4) / count);
  // Rounding must not push the estimate out of its own band.
  return {
    low: Math.max(0, Math.min(share, middle - half)),
    high: Math.min(1, Math.max(share, middle + half)),
  };
}

/** A share that was declared need not equal to the last bit what divides to it. */
const ROUNDING = 1e-9;

export const isWithin = (share: number, { low, high }: Band): boolean =>
  share >= low - ROUNDING && share <= high + ROUNDING;
