import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeHistograms, percentileMs, pooledPercentilesMs } from './histogram';
import type { Bucket } from './histogram';

const WIDTH = 10;
/** The histogram of some samples: each counted in the bucket whose lower edge it is at or above. */
const histogramOf = (samples: readonly number[]): Bucket[] =>
  mergeHistograms(samples.map((ms) => ({ ms: Math.floor(ms / WIDTH) * WIDTH, count: 1 })));

const nearestRank = (samples: readonly number[], share: number) =>
  [...samples].sort((a, b) => a - b)[Math.max(0, Math.ceil(share * samples.length - 1e-9) - 1)];

const samples = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 300 });
const shares = fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1);

describe('a percentile', () => {
  it('of merged histograms is that of the pooled samples, within the bucket', () => {
    fc.assert(
      fc.property(fc.array(samples, { minLength: 1, maxLength: 4 }), shares, (parts, share) => {
        const merged = mergeHistograms(...parts.map(histogramOf));
        const exact = nearestRank(parts.flat(), share) ?? NaN;
        expect(percentileMs(merged, share)).toBe(Math.floor(exact / WIDTH) * WIDTH);
      }),
    );
  });

  it('does not depend on the order of the buckets', () => {
    expect(percentileMs([{ ms: 300, count: 1 }, { ms: 10, count: 99 }], 0.99)).toBe(10); // prettier-ignore
    expect(percentileMs([{ ms: 300, count: 2 }, { ms: 10, count: 98 }], 0.99)).toBe(300); // prettier-ignore
  });

  it('of nothing is none', () => {
    expect(percentileMs([], 0.5)).toBeUndefined();
    expect(percentileMs([{ ms: 5, count: 0 }], 0.5)).toBeUndefined();
  });
});

describe('percentiles of several histograms together', () => {
  it('are those of their sum', () => {
    const wanted = [0.5, 0.9, 0.99];
    fc.assert(
      fc.property(fc.array(samples, { maxLength: 5 }), (parts) => {
        const histograms = parts.map(histogramOf);
        const sum = mergeHistograms(...histograms);
        const expected = sum.length === 0 ? [] : wanted.map((share) => percentileMs(sum, share));
        expect(pooledPercentilesMs(histograms, wanted)).toEqual(expected);
      }),
    );
  });
});

it('merging keeps every count', () => {
  fc.assert(
    fc.property(fc.array(samples), (parts) => {
      const merged = mergeHistograms(...parts.map(histogramOf));
      expect(merged.reduce((sum, { count }) => sum + count, 0)).toBe(parts.flat().length);
    }),
  );
});
