import { expect, it } from 'vitest';
import type { Series } from '@/lib/mesh/telemetry/measured';
import { addLines } from './lines';

const line = (figure: Series['figure'], points: (number | null)[]): Series => ({
  figure,
  evidence: 'cloudwatch',
  witness: 'w',
  fromMs: 0,
  stepSeconds: 60,
  points,
});

it('leaves the lines of one subject as they are', () => {
  const lines = [line('perSecond', [1, null]), line('p99Ms', [5, 6])];
  expect(addLines([lines, []])).toEqual(lines);
  expect(addLines([])).toEqual([]);
});

it('adds what can be added, and says nothing of percentiles of a sum', () => {
  const added = addLines([
    [line('perSecond', [1, null, null]), line('p99Ms', [5, 6, 7])],
    [line('perSecond', [2, 3, null])],
  ]);
  expect(added.map(({ figure, points }) => ({ figure, points }))).toEqual([
    { figure: 'perSecond', points: [3, 3, null] },
  ]);
});
