import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pause, WorkQueue, type Outcome } from './work-queue';

let ran: string[];
const record =
  (outcome: Outcome = 'done') =>
  (key: string) => {
    ran.push(key);
    return Promise.resolve(outcome);
  };
const tick = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  ran = [];
});
afterEach(() => void vi.useRealTimers());

describe('a work queue', () => {
  it('does a burst about one key once', async () => {
    const queue = new WorkQueue({ concurrency: 3, run: record() });
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    await tick();
    expect(ran).toEqual(['a', 'b']);
    expect(queue.busy).toBe(false);
  });

  it('runs a key once more when it was added while it ran, and never twice at a time', async () => {
    let running = 0;
    let most = 0;
    const queue = new WorkQueue({
      concurrency: 3,
      run: async (key) => {
        most = Math.max(most, ++running);
        ran.push(key);
        await pause(100);
        running--;
        return 'done';
      },
    });
    queue.add('a');
    await vi.advanceTimersByTimeAsync(50);
    queue.add('a');
    queue.add('a');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ran).toEqual(['a', 'a']);
    expect(most).toBe(1);
  });

  it('keeps to its concurrency', async () => {
    const queue = new WorkQueue({
      concurrency: 2,
      run: async (key) => {
        ran.push(key);
        await pause(100);
        return 'done';
      },
    });
    for (const key of ['a', 'b', 'c']) queue.add(key);
    await vi.advanceTimersByTimeAsync(50);
    expect(ran).toEqual(['a', 'b']);
    await vi.advanceTimersByTimeAsync(100);
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('waits longer after each failure, up to a limit, and begins anew after a success', async () => {
    let outcome: Outcome = 'retry';
    const times: number[] = [];
    const run = () => {
      times.push(Date.now());
      return Promise.resolve(outcome);
    };
    const queue = new WorkQueue({ concurrency: 1, run, firstRetryMs: 100, longestRetryMs: 300 });
    queue.add('a');
    await vi.advanceTimersByTimeAsync(1_000);
    const waits = () => times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(waits()).toEqual([100, 200, 300, 300]);
    outcome = 'done';
    await vi.advanceTimersByTimeAsync(300);
    outcome = 'retry';
    times.length = 0;
    queue.add('a');
    await vi.advanceTimersByTimeAsync(100);
    expect(waits()).toEqual([100]);
  });

  it('is not busy while a key waits for its retry, which can be hurried', async () => {
    const queue = new WorkQueue({ concurrency: 1, run: record({ retryAfterMs: 60_000 }) });
    queue.add('a');
    await tick();
    expect(queue).toMatchObject({ busy: false, failing: 1 });
    queue.hurry();
    await tick();
    expect(ran).toEqual(['a', 'a']);
  });

  it('starts nothing while paused, and does not count that as busy', async () => {
    let paused = true;
    const queue = new WorkQueue({ concurrency: 1, run: record(), paused: () => paused });
    queue.add('a');
    await tick();
    expect(ran).toEqual([]);
    expect(queue.busy).toBe(false);
    paused = false;
    queue.wake();
    await tick();
    expect(ran).toEqual(['a']);
  });

  it('reports what run throws and tries again', async () => {
    const onBug = vi.fn();
    const error = new Error('broken');
    const queue = new WorkQueue({ concurrency: 1, run: () => Promise.reject(error), onBug });
    queue.add('a');
    await tick();
    expect(onBug).toHaveBeenCalledWith('a', error);
    expect(queue.failing).toBe(1);
  });

  it('does nothing once stopped', async () => {
    const queue = new WorkQueue({ concurrency: 1, run: record('retry') });
    queue.add('a');
    await tick();
    queue.stop();
    queue.add('b');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ran).toEqual(['a']);
  });
});
