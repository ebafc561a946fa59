/** The figure below which `ratio` (0..1) of the sample lies, by nearest rank. */
export function percentile(sample: readonly number[], ratio: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(ratio * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (sample: readonly number[]): number => percentile(sample, 0.5);
