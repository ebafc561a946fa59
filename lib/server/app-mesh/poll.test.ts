import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FAST_MS, restMs, retryMs, SLOW_MS, startPoller, type Poller, type Reading } from './poll';

describe('the rest between two readings', () => {
  it('is short while somebody looks and something changes, and grows to a minute otherwise', () => {
    expect(restMs(SLOW_MS, true, true)).toBe(FAST_MS);
    expect(restMs(FAST_MS, false, true)).toBe(15_000);
    expect(restMs(50_000, false, true)).toBe(SLOW_MS);
    expect(restMs(FAST_MS, true, false)).toBe(SLOW_MS);
  });

  it('after a failure doubles, never beyond half a minute; a minute where it does not pass by itself', () => {
    expect([1, 2, 3].map((attempt) => retryMs(attempt, false, 0))).toEqual([500, 1000, 2000]);
    expect(retryMs(1, true, 0.5)).toBe(SLOW_MS);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, random) => {
          const ms = retryMs(n, false, random);
          expect(ms).toBeGreaterThanOrEqual(250);
          expect(ms).toBeLessThanOrEqual(30_000);
        },
      ),
    );
  });
});

describe('a poller', () => {
  let poller: Poller;
  let outcome: Reading = { ok: true, changed: false };
  let looked = true;
  const readings: number[] = [];
  const start = (read = () => Promise.resolve(outcome)) => {
    const begun = Date.now();
    poller = startPoller({
      read: () => {
        readings.push(Date.now() - begun);
        return read();
      },
      looked: () => looked,
      onRest: () => undefined,
      random: () => 0,
    });
  };
  const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  beforeEach(() => {
    vi.useFakeTimers();
    readings.length = 0;
    outcome = { ok: true, changed: false };
    looked = true;
  });
  afterEach(() => {
    poller.stop();
    vi.useRealTimers();
  });

  it('reads less and less often while nothing changes', async () => {
    start();
    await after(120_000);
    expect(readings).toEqual([0, 15_000, 37_500, 71_250]);
  });

  it('reads at once when asked, and not again for a rest that was cut short', async () => {
    start();
    await after(3_000);
    poller.soon();
    await after(0);
    expect(readings).toEqual([0, 3_000]);
    await after(20_000);
    expect(readings).toHaveLength(2);
  });

  it('reads again after a reading that began before it was asked', async () => {
    let finish = (): void => undefined;
    start(() => new Promise((resolve) => (finish = () => resolve(outcome))));
    await after(100);
    poller.soon();
    finish();
    await after(0);
    expect(readings).toEqual([0, 100]);
    finish();
    await after(5_000);
    expect(readings).toHaveLength(2);
  });

  it('waits out the distance that was asked for', async () => {
    looked = false;
    start();
    await after(1_000);
    poller.soon(FAST_MS);
    await after(20_000);
    expect(readings).toEqual([0, FAST_MS]);
  });

  it('tries soon after a failure and tells the attempt', async () => {
    outcome = { ok: false, hopeless: false };
    start();
    await after(1_600);
    expect(readings).toEqual([0, 500, 1_500]);
    expect(poller.attempts()).toBe(3);
    outcome = { ok: true, changed: true };
    await after(2_000);
    expect(poller.attempts()).toBe(0);
  });

  it('ends with its signal aborted, and reads no more', async () => {
    start();
    poller.stop();
    poller.soon();
    await after(200_000);
    expect(readings).toEqual([0]);
  });
});
