import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeKey } from '@/lib/mesh/keys';
import {
  edgeQuantities,
  faultsOf,
  heatOf,
  isOff,
  p99Of,
  paceOf,
  rateOf,
  strokeOf,
} from './telemetry-figures';
import { seen } from './telemetry-fixtures';
import { groupsToAsk } from './telemetry-view';

const counted = seen({ requests: 910, perSecond: 3.03, faultRatio: 0.004 });
const sampled = seen({ requests: 45, faultRatio: 0.02, p99Ms: 310 }, 'xray');

describe('a figure', () => {
  it('is told by who sees every request, where that one tells it', () => {
    expect(faultsOf([sampled, counted])).toMatchObject({ amount: 0.004, evidence: 'cloudwatch' });
    expect(p99Of([sampled, counted])).toMatchObject({ amount: 310, evidence: 'xray' });
  });

  it('that nobody tells is unknown, not zero', () => {
    expect(edgeQuantities([sampled, counted], 'bytes')).toEqual([]);
    expect(edgeQuantities([counted], 'p90')).toEqual([]);
    expect(rateOf([])).toBeUndefined();
  });

  it('of samples alone is no rate: it says how many were seen', () => {
    expect(rateOf([sampled])).toEqual({ unit: 'samples', amount: 45, evidence: 'xray' });
    expect(rateOf([seen({ requests: 0, bytesPerSecond: 900 })])).toBeUndefined();
    expect(rateOf([sampled, counted])).toMatchObject({ unit: 'rpm', evidence: 'cloudwatch' });
  });
});

describe('an edge', () => {
  const rpm = (amount: number) => ({ unit: 'rpm' as const, amount, evidence: 'cloudwatch' as const });

  it('is never thinner with more traffic, and never wider than fits between cards', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        (a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          expect(strokeOf(rpm(less))).toBeLessThanOrEqual(strokeOf(rpm(more)));
          expect(strokeOf(rpm(more))).toBeLessThanOrEqual(8);
        },
      ),
    );
  });

  it('moves faster with more traffic and stands still without', () => {
    expect(paceOf(rpm(0))).toBeUndefined();
    expect(paceOf(undefined)).toBeUndefined();
    expect(paceOf(rpm(10_000))).toBeLessThan(paceOf(rpm(10)) ?? 0);
  });

  it('is hotter by five steps of latency', () => {
    expect([10, 50, 399, 400, 5000].map(heatOf)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a share', () => {
  const share = { target: nodeKey('shop', 'a'), weight: 10, declaredShare: 0.1, count: 100 };

  it('is off where its band leaves out what is declared', () => {
    expect(isOff({ ...share, low: 0.12, high: 0.2 })).toBe(true);
    expect(isOff({ ...share, low: 0.08, high: 0.12 })).toBe(false);
    expect(isOff(share)).toBe(false);
  });
});

describe('whom to ask about', () => {
  it('is the whole mesh while it is small', () => {
    expect(groupsToAsk(199, ['a'])).toBeUndefined();
  });

  it('is what is shown of a large one, each namespace once, and it says what is left out', () => {
    expect(groupsToAsk(1000, ['b', 'a', 'b'])).toEqual({ groups: ['a', 'b'], left: 0 });
    const many = Array.from({ length: 30 }, (_, n) => `n${n}`);
    expect(groupsToAsk(1000, many)).toMatchObject({ left: 10 });
  });
});
