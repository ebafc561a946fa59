/** Response times counted by length. */

/** So many requests took about `ms` milliseconds. */
export interface Bucket {
  ms: number;
  count: number;
}

/** The sum of histograms: counts of equal lengths together, shortest first. Empty buckets are left out. */
export function mergeHistograms(...histograms: (readonly Bucket[])[]): Bucket[] {
  const counts = new Map<number, number>();
  for (const { ms, count } of histograms.flat()) counts.set(ms, (counts.get(ms) ?? 0) + count);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([ms, count]) => ({ ms, count }))
    .sort((a, b) => a.ms - b.ms);
}

/**
 * The percentile by nearest rank: of `n` requests the one of rank ⌈share · n⌉, shortest first; the answer is the length of the
 * bucket in which that rank falls, so that it is as exact as the buckets are narrow. `share` is 0..1; `undefined` for none.
 */
export function percentileMs(histogram: readonly Bucket[], share: number): number | undefined {
  const merged = mergeHistograms(histogram);
  const total = merged.reduce((sum, { count }) => sum + count, 0);
  // The product of a share and a count may miss a whole number by a rounding error.
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let seen = 0;
  for (const { ms, count } of merged) {
    seen += count;
    if (seen >= rank) return ms;
  }
  return merged.at(-1)?.ms;
}
