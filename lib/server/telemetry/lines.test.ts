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

it('adds what can be added, weighs means by their rates, and says nothing of percentiles of a sum', () => {
  const added = addLines([
    [line('perSecond', [1, null, null]), line('faultRatio', [0.3, null, null]), line('p99Ms', [5, 6, 7])],
    [line('perSecond', [2, 3, null]), line('faultRatio', [0, 0.5, null])],
  ]);
  expect(added.map(({ figure, points }) => ({ figure, points }))).toEqual([
    { figure: 'perSecond', points: [3, 3, null] },
    { figure: 'faultRatio', points: [0.09999999999999999, 0.5, null] },
  ]);
});
