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

/** Used again and again: percentiles are worked out for every edge and entity of a mesh. */
let heads = new Int32Array(64);
let headsMs = new Float64Array(64);

/**
 * Percentiles by nearest rank of several histograms taken together, without their sum being made. `shares` are 0..1, smallest
 * first; each histogram is sorted, shortest first. Empty where nothing was counted.
 */
export function pooledPercentilesMs(
  histograms: readonly (readonly Bucket[])[],
  shares: readonly number[],
): number[] {
  const many = histograms.length;
  if (many > heads.length) {
    heads = new Int32Array(2 * many);
    headsMs = new Float64Array(2 * many);
  }
  let total = 0;
  for (let n = 0; n < many; n += 1) {
    const histogram = histograms[n] ?? [];
    for (const bucket of histogram) total += bucket.count;
    heads[n] = 0;
    headsMs[n] = histogram[0]?.ms ?? Infinity;
  }
  if (total <= 0) return [];
  const found: number[] = [];
  let seen = 0;
  let lastMs = 0;
  for (const share of shares) {
    const rank = Math.max(1, Math.ceil(share * total - ROUNDING));
    while (seen < rank) {
      let least = 0;
      for (let n = 1; n < many; n += 1)
        if ((headsMs[n] ?? Infinity) < (headsMs[least] ?? Infinity)) least = n;
      const histogram = histograms[least];
      const head = heads[least] ?? 0;
      const bucket = histogram?.[head];
      if (histogram === undefined || bucket === undefined) break;
      heads[least] = head + 1;
      headsMs[least] = histogram[head + 1]?.ms ?? Infinity;
      seen += bucket.count;
      if (bucket.count > 0) lastMs = bucket.ms;
    }
    found.push(lastMs);
  }
  return found;
}
