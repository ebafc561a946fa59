import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineSummands } from './combine';
import type { Figures } from './measured';

const combine = (all: readonly Figures[]): Figures => combineSummands(all.map((figures) => ({ figures })));

describe('figures taken together', () => {
  it('are sums, and means by requests', () => {
    expect(
      combine([
        { requests: 90, perSecond: 3, faultRatio: 0, meanMs: 10 },
        { requests: 10, perSecond: 1, faultRatio: 0.5, meanMs: 20 },
      ]),
    ).toEqual({ requests: 100, perSecond: 4, faultRatio: 0.05, meanMs: 11 });
  });

  it('have no percentiles, unless nearly all is of one', () => {
    expect(
      combine([
        { requests: 50, p99Ms: 5 },
        { requests: 50, p99Ms: 9 },
      ]),
    ).toEqual({ requests: 100 });
    expect(
      combine([
        { requests: 999, p99Ms: 5 },
        { requests: 1, p99Ms: 900 },
      ]),
    ).toEqual({
      requests: 1000,
      p99Ms: 5,
    });
  });

  it('do not tell what a part with traffic does not tell', () => {
    expect(combine([{ requests: 50, faultRatio: 1, perSecond: 1 }, { requests: 50 }])).toEqual({
      requests: 100,
    });
    expect(combine([{ requests: 50, faultRatio: 1, perSecond: 1 }, { requests: 0 }])).toEqual({
      requests: 50,
      faultRatio: 1,
      perSecond: 1,
    });
  });

  it('of one are its own, and of none are nothing', () => {
    expect(combine([{ requests: 0, p99Ms: 1 }])).toEqual({ requests: 0, p99Ms: 1 });
    expect(combine([])).toEqual({ requests: 0 });
  });

  it('lie between those of the parts, in any order', () => {
    const figures = fc.record({
      requests: fc.integer({ min: 1, max: 1000 }),
      faultRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(figures, { minLength: 1, maxLength: 5 }), (parts) => {
        const sum = combine(parts);
        const ratios = parts.map(({ faultRatio }) => faultRatio);
        expect(sum.faultRatio).toBeGreaterThanOrEqual(Math.min(...ratios) - 1e-9);
        expect(sum.faultRatio).toBeLessThanOrEqual(Math.max(...ratios) + 1e-9);
        expect(combine([...parts].reverse()).requests).toBe(sum.requests);
      }),
    );
  });

  it('have the percentiles of all response times where each part tells its own', () => {
    const fast = { figures: { requests: 98, p50Ms: 10, p99Ms: 10 }, responseTimes: [{ ms: 10, count: 98 }] };
    const slow = { figures: { requests: 2, p50Ms: 900, p99Ms: 900 }, responseTimes: [{ ms: 900, count: 2 }] };
    const idle = { figures: { requests: 0 } };
    expect(combineSummands([slow, fast, idle])).toMatchObject({
      requests: 100,
      p50Ms: 10,
      p90Ms: 10,
      p99Ms: 900,
    });
    const untold = { figures: { requests: 40, p99Ms: 20 } };
    expect(combineSummands([slow, fast, untold])).not.toHaveProperty('p99Ms');
  });
});
