import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from './pace';

const never = new AbortController().signal;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Calls that were started, and a way to end one. */
function calls() {
  const ends: (() => void)[] = [];
  return {
    started: () => ends.length,
    end: (at: number) => ends[at]?.(),
    call: () => new Promise<void>((end) => ends.push(end)),
  };
}

describe('the pace of calls', () => {
  it('starts a burst at once and the rest at the rate', async () => {
    const pace = createPace({ concurrency: 1000, perSecond: 40, burst: 10 });
    const { call, started } = calls();
    for (let i = 0; i < 100; i += 1) void pace.run(call, never);
    await vi.advanceTimersByTimeAsync(0);
    expect(started()).toBe(10);
    await vi.advanceTimersByTimeAsync(1000);
    expect(started()).toBeGreaterThanOrEqual(48);
    expect(started()).toBeLessThanOrEqual(50);
    await vi.advanceTimersByTimeAsync(2000);
    expect(started()).toBe(100);
  });

  it('has no more under way than it may, in the order they came', async () => {
    const pace = createPace({ concurrency: 2, perSecond: 1000, burst: 1000 });
    const { call, started, end } = calls();
    const order: number[] = [];
    for (let i = 0; i < 4; i += 1)
      void pace.run(() => {
        order.push(i);
        return call();
      }, never);
    await vi.advanceTimersByTimeAsync(0);
    expect(started()).toBe(2);
    end(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual([0, 1, 2]);
  });

  it('halves when eased and comes back with calls that go well', async () => {
    const pace = createPace({ concurrency: 1000, perSecond: 100, burst: 1 });
    const { call, started } = calls();
    pace.ease();
    for (let i = 0; i < 400; i += 1) void pace.run(call, never);
    await vi.advanceTimersByTimeAsync(1000);
    expect(started()).toBeGreaterThan(45);
    expect(started()).toBeLessThan(55);
    for (let i = 0; i < 100; i += 1) pace.recover();
    const before = started();
    await vi.advanceTimersByTimeAsync(1000);
    expect(started() - before).toBeGreaterThan(90);
  });

  it('lets a call that waits be given up, and starts the others', async () => {
    const pace = createPace({ concurrency: 1, perSecond: 1000, burst: 1000 });
    const { call, started, end } = calls();
    const stop = new AbortController();
    void pace.run(call, never);
    const waiting = pace.run(call, stop.signal);
    void pace.run(call, never);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    end(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(started()).toBe(2);
    await expect(pace.run(call, stop.signal)).rejects.toThrow('enough');
  });

  it('goes on after a call that fails', async () => {
    const pace = createPace({ concurrency: 1, perSecond: 1000, burst: 1000 });
    await expect(pace.run(() => Promise.reject(new Error('no')), never)).rejects.toThrow('no');
    expect(await pace.run(() => Promise.resolve(7), never)).toBe(7);
  });
});
