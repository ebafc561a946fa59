import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heightMarks, logMarks, timeMarks } from './scale';

describe('the marks of an axis', () => {
  it('begin at zero, are round, and reach over the highest point', () => {
    expect(heightMarks(310)).toEqual([0, 100, 200, 300, 400]);
    expect(heightMarks(0.4)).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
    expect(heightMarks(0)).toEqual([0, 1]);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (most) => {
        const marks = heightMarks(most);
        expect(marks[0]).toBe(0);
        expect((marks.at(-1) ?? 0) * (1 + 1e-9)).toBeGreaterThanOrEqual(most);
        expect(marks.length).toBeLessThanOrEqual(6);
      }),
    );
  });

  it('stand at round times of the reader’s clock', () => {
    const noon = Date.UTC(2026, 10, 30, 12, 0);
    expect(timeMarks(noon + 1, noon + 5 * 60_000, 3, 0)).toEqual([noon + 120_000, noon + 240_000]);
    // Half an hour behind a whole one, as in India.
    expect(timeMarks(noon, noon + 3 * 3_600_000, 3, -330)).toEqual([
      noon + 30 * 60_000,
      noon + 90 * 60_000,
      noon + 150 * 60_000,
    ]);
  });

  it('of a logarithmic axis enclose what is shown', () => {
    expect(logMarks(4, 250)).toEqual([3, 10, 30, 100, 300]);
    expect(logMarks(5, 5)).toEqual([3, 10]);
    expect(logMarks(10, 10)).toEqual([10, 30]);
  });
});
