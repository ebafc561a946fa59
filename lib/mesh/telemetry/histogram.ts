/** Response times counted by length. */

/** So many requests took about `ms` milliseconds. */
export interface Bucket {
  ms: number;
  count: number;
}

/** The product of a share and a count may miss a whole number by a rounding error. */
const ROUNDING = 1e-9;

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
  const rank = Math.max(1, Math.ceil(share * total - ROUNDING));
  let seen = 0;
  for (const { ms, count } of merged) {
    seen += count;
    if (seen >= rank) return ms;
  }
  return merged.at(-1)?.ms;
}

/**
 * Percentiles by nearest rank of several histograms taken together, without their sum being made. `shares` are 0..1, smallest
 * first; each histogram is sorted, shortest first. Empty where nothing was counted.
 */
export function pooledPercentilesMs(
  histograms: readonly (readonly Bucket[])[],
  shares: readonly number[],
): number[] {
  let total = 0;
  for (const histogram of histograms) for (const { count } of histogram) total += count;
  if (total <= 0) return [];
  const heads = histograms.map(() => 0);
  const headsMs = histograms.map((histogram) => histogram[0]?.ms ?? Infinity);
  const found: number[] = [];
  let seen = 0;
  let lastMs = 0;
  for (const share of shares) {
    const rank = Math.max(1, Math.ceil(share * total - ROUNDING));
    while (seen < rank) {
      const n = leastOf(headsMs);
      const histogram = histograms[n] ?? [];
      const head = heads[n] ?? 0;
      const bucket = histogram[head];
      if (bucket === undefined) break;
      heads[n] = head + 1;
      headsMs[n] = histogram[head + 1]?.ms ?? Infinity;
      seen += bucket.count;
      if (bucket.count > 0) lastMs = bucket.ms;
    }
    found.push(lastMs);
  }
  return found;
}

/** Where the least of some numbers is. A plain loop: it runs for every bucket of every call of a mesh. */
function leastOf(all: readonly number[]): number {
  let found = 0;
  let least = Infinity;
  for (let n = 0; n < all.length; n += 1) {
    const each = all[n] ?? Infinity;
    if (each >= least) continue;
    least = each;
    found = n;
  }
  return found;
}
