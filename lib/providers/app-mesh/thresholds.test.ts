import { describe, expect, it } from 'vitest';
import { readThresholds } from './thresholds';

describe('the thresholds of an object', () => {
  it('are those of its annotation, each by itself', () => {
    expect(
      readThresholds('{"p99Ms": {"degraded": 300}, "faultRatio": {"degraded": 0.01, "failing": 0.1}}'),
    ).toEqual({
      thresholds: { p99Ms: { degraded: 300 }, faultRatio: { degraded: 0.01, failing: 0.1 } },
    });
  });

  it('are not there without one', () => {
    expect(readThresholds(undefined)).toEqual({});
  });

  it.each([
    ['{', 'not JSON'],
    ['{"p99Ms": {"degraded": 300, "failing": 200}}', 'p99Ms: failing is below degraded'],
    ['{"p99Ms": 300}', 'p99Ms: '],
    ['{"faultRatio": {"failing": 5}}', 'faultRatio.failing: '],
    ['{"p95Ms": {"failing": 5}}', 'p95Ms'],
    ['[]', ''],
  ])('%s are told with what is wrong', (annotation, problem) => {
    const read = readThresholds(annotation);
    expect(read.thresholds).toBeUndefined();
    expect(read.thresholdsProblem).toContain(problem);
  });
});
