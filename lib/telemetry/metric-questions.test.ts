import { describe, expect, it } from 'vitest';
import { lineOf } from './metric-questions';

const buckets = { fromMs: 120_000, stepMs: 300_000, count: 1 };
const asked = { at: [0], periodMs: 300_000 };

describe('a mean over a window', () => {
  it('is the point of a period that begins with the window', () => {
    const answers = [{ p99: [{ atMs: 120_000, amount: 80 }] }];
    expect(lineOf(answers, asked, 'p99', 'mean', buckets)).toEqual([80]);
  });

  it('weighs points of periods on the clock by how much of each is in the window', () => {
    const points = [{ atMs: 0, amount: 100 }, { atMs: 300_000, amount: 50 }]; // prettier-ignore
    expect(lineOf([{ p99: points }], asked, 'p99', 'mean', buckets)).toEqual([80]);
  });

  it('is unknown where a part of it could not be read', () => {
    const answers = [{ p99: [{ atMs: 120_000, amount: 80 }] }, {}];
    expect(lineOf(answers, { ...asked, at: [0, 1] }, 'p99', 'mean', buckets)).toBeUndefined();
  });
});
