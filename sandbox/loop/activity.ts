/** Whether anything is still being worked on, over all queues of the sandbox. */
import type { WorkQueue } from './work-queue';

export class Activity {
  private readonly queues: WorkQueue[] = [];
  private waiters: (() => void)[] = [];

  add(...queues: WorkQueue[]): void {
    this.queues.push(...queues);
  }

  get busy(): boolean {
    return this.queues.some((queue) => queue.busy);
  }

  /** Keys that wait for another attempt. */
  get failing(): number {
    return this.queues.reduce((sum, queue) => sum + queue.failing, 0);
  }

  /** To be called when a queue may have become idle. */
  readonly changed = (): void => {
    if (this.waiters.length === 0 || this.busy) return;
    const waiters = this.waiters;
    this.waiters = [];
    for (const resolve of waiters) resolve();
  };

  /** Resolves when nothing is being worked on; at once when that is so already. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => void this.waiters.push(resolve)) : Promise.resolve();
  }

  /** Tries everything that failed once more, now. */
  hurry(): void {
    for (const queue of this.queues) queue.hurry();
  }

  stop(): void {
    for (const queue of this.queues) queue.stop();
    this.changed();
  }
}
