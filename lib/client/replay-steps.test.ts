import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replaySteps, shownFor } from './replay-steps';

describe('the steps of a replay', () => {
  it('are the steps of the window, oldest first, and end where it ends', () => {
    const steps = replaySteps({ fromMs: 0, toMs: 300_000, stepSeconds: 60 });
    expect(steps).toHaveLength(5);
    expect(steps[0]).toEqual({ fromMs: 0, toMs: 60_000 });
    expect(steps.at(-1)?.toMs).toBe(300_000);
  });

  it('join without a gap, lie in the window, are whole minutes, and are never too many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 86_400_000 }),
        fc.integer({ min: 1, max: 3600 }),
        fc.integer({ min: 0, max: 60_000 }),
        (length, stepSeconds, offset) => {
          const fromMs = 1_780_000_000_000 + offset;
          const steps = replaySteps({ fromMs, toMs: fromMs + length, stepSeconds });
          expect(steps.length).toBeLessThanOrEqual(60);
          steps.slice(1).forEach((step, n) => expect(step.fromMs).toBe(steps[n]?.toMs));
          for (const step of steps) {
            expect(step.fromMs).toBeGreaterThanOrEqual(fromMs);
            expect(step.toMs).toBeLessThanOrEqual(fromMs + length);
            expect((step.fromMs % 60_000) + (step.toMs % 60_000)).toBe(0);
          }
        },
      ),
    );
  });

  it('are none of a window that holds no minute', () => {
    expect(replaySteps({ fromMs: 5, toMs: 5, stepSeconds: 60 })).toEqual([]);
  });

  it('pass faster at a higher speed', () => {
    expect([shownFor(1), shownFor(4), shownFor(16)]).toEqual([4000, 1000, 250]);
  });
});
