import { describe, expect, it } from 'vitest';
import type { Series } from '../telemetry/measured';
import { seenSpan } from './seen-span';

const line = (figure: Series['figure'], ...points: (number | null)[]): Series => ({
  ...{ figure, evidence: 'cloudwatch', witness: '', fromMs: 0, stepSeconds: 60, points },
});

describe('when something was seen', () => {
  it('is from the first step with traffic to the end of the last', () => {
    expect(seenSpan([line('perSecond', null, 0, 2, 0, 1, 0)])).toEqual({ firstMs: 120_000, lastMs: 300_000 });
  });
  it('takes a ratio of nothing for seen, and a rate of nothing not', () => {
    expect(seenSpan([line('faultRatio', null, 0, null)])).toEqual({ firstMs: 60_000, lastMs: 120_000 });
    expect(seenSpan([line('perSecond', 0, 0)])).toBeUndefined();
  });
  it('is the widest of several lines', () => {
    expect(seenSpan([line('perSecond', 1, 0, 0), line('p99Ms', null, null, 9)])).toEqual({
      firstMs: 0,
      lastMs: 180_000,
    });
  });
});
