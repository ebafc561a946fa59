/** Latencies by bucket: each bucket is 4 % wider than the one before, so that percentiles are right to 2 %. */

const SMALLEST_MS = 0.05;
const STEP = Math.log(1.04);
const BUCKETS = 400;

export const bucketOf = (ms: number) =>
  ms <= SMALLEST_MS ? 0 : Math.min(BUCKETS - 1, Math.floor(Math.log(ms / SMALLEST_MS) / STEP));

/** The middle of a bucket. */
export const middleMs = (bucket: number) => SMALLEST_MS * Math.exp((bucket + 0.5) * STEP);

/** Buckets that hold something, each followed by how much: small, and never changed. */
export type Packed = Uint16Array;

export function packed(buckets: readonly number[]): Packed {
  const counts = new Uint16Array(BUCKETS);
  let least = BUCKETS;
  let most = -1;
  let filled = 0;
  for (const bucket of buckets) {
    if (counts[bucket] === 0) filled++;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    if (bucket < least) least = bucket;
    if (bucket > most) most = bucket;
  }
  const pairs = new Uint16Array(2 * filled);
  let end = 0;
  for (let bucket = least; bucket <= most; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count === 0) continue;
    pairs[end++] = bucket;
    pairs[end++] = count;
  }
  return pairs;
}

export class Histogram {
  private readonly counts = new Uint32Array(BUCKETS);
  total = 0;

  add(ms: number): void {
    this.addTo(bucketOf(ms), 1);
  }

  addPacked(pairs: Packed): void {
    for (let i = 0; i < pairs.length; i += 2) this.addTo(pairs[i] ?? 0, pairs[i + 1] ?? 0);
  }

  /** What at least this share (0..1) of the latencies do not exceed, in milliseconds; `undefined` without any. */
  quantileMs(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(share * this.total));
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      left -= this.counts[bucket] ?? 0;
      if (left <= 0 && this.total > 0) return middleMs(bucket);
    }
    return undefined;
  }

  /** Buckets that hold something, as milliseconds and counts. */
  entries(): { ms: number; count: number }[] {
    return [...this.counts].flatMap((count, bucket) => (count > 0 ? [{ ms: middleMs(bucket), count }] : []));
  }

  private addTo(bucket: number, count: number): void {
    this.counts[bucket] = (this.counts[bucket] ?? 0) + count;
    this.total += count;
  }
}
