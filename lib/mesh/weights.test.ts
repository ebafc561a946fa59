import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, beginDraft, blastRadius, even, moveDivider, setLocked, setWeight, swap } from './weights';
import type { Draft } from './weights';

const weights = (draft: Draft) => draft.map((target) => target.weight);
const total = (draft: Draft) => weights(draft).reduce((sum, weight) => sum + weight, 0);

const anyDraft = fc
  .array(fc.record({ weight: fc.integer({ min: 0, max: 100 }), locked: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((targets) =>
    beginDraft(targets.map((target) => target.weight)).map(({ weight }, at) => ({
      weight,
      locked: targets[at]?.locked ?? false,
    })),
  );

describe('beginDraft', () => {
  it.each([
    [
      [3, 1],
      [75, 25],
    ],
    [[1], [100]],
    [
      [0, 0, 0],
      [34, 33, 33],
    ],
    [
      [60, 30, 20],
      [55, 27, 18],
    ],
    [
      [90, 10],
      [90, 10],
    ],
  ])('turns %j into %j', (given, wanted) => {
    expect(weights(beginDraft(given))).toEqual(wanted);
  });
});

describe('every change of a draft', () => {
  it('keeps the total at 100, integers from 0 to 100, and locked targets untouched', () => {
    const step = fc.record({ index: fc.nat(9), amount: fc.double({ min: -150, max: 150 }), kind: fc.nat(3) });
    fc.assert(
      fc.property(anyDraft, fc.array(step, { maxLength: 6 }), (start, steps) => {
        let draft: Draft = start;
        for (const { index, amount, kind } of steps) {
          if (kind === 0) draft = setWeight(draft, index, amount);
          else if (kind === 1) draft = moveDivider(draft, index, amount);
          else draft = kind === 2 ? even(draft) : swap(draft);
        }
        expect(draft).toHaveLength(start.length);
        expect(total(draft)).toBe(100);
        for (const [at, { weight, locked }] of draft.entries()) {
          expect(Number.isInteger(weight) && weight >= 0 && weight <= 100).toBe(true);
          if (locked) expect(weight).toBe(start[at]?.weight);
        }
      }),
    );
  });
});

describe('apportion', () => {
  it('stays within one point of the exact share', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 100 }), (given, whole) => {
        const sum = given.reduce((all, part) => all + part, 0);
        for (const [at, share] of apportion(given, whole).entries())
          expect(
            Math.abs(share - (sum === 0 ? whole / given.length : ((given[at] ?? 0) / sum) * whole)),
          ).toBeLessThan(1);
      }),
    );
  });
});

describe('setWeight', () => {
  it('lets the others keep their proportion', () => {
    expect(weights(setWeight(beginDraft([60, 30, 10]), 2, 40))).toEqual([40, 20, 40]);
  });
  it('goes no further than the locked targets leave', () => {
    expect(weights(setWeight(setLocked(beginDraft([60, 30, 10]), 0, true), 2, 90))).toEqual([60, 0, 40]);
  });
  it('changes nothing for a lone target', () => {
    expect(weights(setWeight(beginDraft([5]), 0, 10))).toEqual([100]);
  });
});

describe('swap and blastRadius', () => {
  it('turns blue into green and knows how far that reaches', () => {
    const before = beginDraft([100, 0]);
    expect(weights(swap(before))).toEqual([0, 100]);
    expect(swap(swap(before))).toEqual(before);
    expect(blastRadius([100, 0], [0, 100])).toEqual({ points: 100, extreme: true });
    expect(blastRadius([90, 10], [85, 15])).toEqual({ points: 5, extreme: false });
    expect(blastRadius([100, 0], [100, 0])).toEqual({ points: 0, extreme: false });
  });
});
