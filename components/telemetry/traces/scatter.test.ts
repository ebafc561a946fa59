import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '@/lib/mesh/telemetry/trace';
import { scatterOf } from './scatter';

const trace = (id: string, startMs: number, durationMs: number): TraceSummary => ({
  id,
  startMs,
  durationMs,
  status: 'ok',
  partial: false,
  services: [],
  annotations: {},
});

describe('durations over time', () => {
  it('stand in the order of time, the slower the higher, within the picture', () => {
    const { points, marks } = scatterOf(
      [trace('b', 80, 1000), trace('a', 20, 10), trace('c', 200, 0)],
      0,
      100,
    );
    expect(points.map(({ trace: { id }, x }) => [id, x])).toEqual([
      ['a', 0.2],
      ['b', 0.8],
      ['c', 1],
    ]);
    expect(points[0]?.y).toBeLessThan(points[1]?.y ?? 0);
    for (const { y } of [...points, ...marks]) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(1);
    }
  });

  it('are nothing where there is no trace, and have an axis for a single one', () => {
    expect(scatterOf([], 0, 1)).toEqual({ points: [], marks: [] });
    expect(scatterOf([trace('a', 0, 5)], 0, 1).marks.map(({ ms }) => ms)).toEqual([3, 10]);
  });
});
