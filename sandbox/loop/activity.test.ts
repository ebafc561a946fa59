import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Activity } from './activity';
import { pause, WorkQueue } from './work-queue';

let activity: Activity;
let paused: boolean;
let queues: WorkQueue[];
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms);
/** Whether `idle` has resolved, to be looked at later. */
function watch() {
  const seen = { idle: false };
  void activity.idle().then(() => (seen.idle = true));
  return seen;
}

beforeEach(() => {
  vi.useFakeTimers();
  paused = false;
  activity = new Activity();
  queues = [100, 200].map(
    (ms) =>
      new WorkQueue({
        concurrency: 1,
        paused: () => paused,
        changed: activity.changed,
        run: () => pause(ms).then(() => 'done'),
      }),
  );
  activity.add(...queues);
});
afterEach(() => void vi.useRealTimers());

it('is idle only when every queue is', async () => {
  for (const queue of queues) queue.add('a');
  const seen = watch();
  await after(150);
  expect(seen.idle).toBe(false);
  await after(50);
  expect(seen.idle).toBe(true);
});

it('is idle at once when nothing was asked for', async () => {
  const seen = watch();
  await after(0);
  expect(seen.idle).toBe(true);
});

it('waits no longer for what has been paused, or stopped', async () => {
  queues[0]?.add('a');
  queues[0]?.add('b');
  const seen = watch();
  await after(50);
  paused = true;
  await after(100);
  expect(seen.idle).toBe(true);
  paused = false;
  queues[0]?.wake();
  queues[0]?.add('c');
  const again = watch();
  activity.stop();
  await after(100);
  expect(again.idle).toBe(true);
});
