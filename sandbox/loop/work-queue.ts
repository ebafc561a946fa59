/** The queue in front of a controller: each key once, a few at a time, failures again after a growing wait. */

/** `retry`: again after the backoff. A number: again after so many milliseconds. */
export type Outcome = 'done' | 'retry' | { retryAfterMs: number };

export interface WorkQueueOptions {
  concurrency: number;
  run(key: string): Promise<Outcome>;
  /** While true nothing is started; call `wake` when it is over. */
  paused?: () => boolean;
  firstRetryMs?: number;
  longestRetryMs?: number;
  /** Called when the queue may have become idle. */
  changed?: () => void;
  /** Told of what `run` throws, which is a bug; the key is retried. */
  onBug?: (key: string, error: unknown) => void;
}

export class WorkQueue {
  private readonly queued = new Set<string>();
  private readonly active = new Set<string>();
  /** Added while active: to be run once more. */
  private readonly again = new Set<string>();
  private readonly failures = new Map<string, number>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private pumping = false;
  private stopped = false;

  constructor(private readonly options: WorkQueueOptions) {}

  /** Whether something runs or is about to. Keys that wait for a retry do not count, nor do any while paused. */
  get busy(): boolean {
    return this.active.size > 0 || (this.queued.size > 0 && !this.paused);
  }

  /** How many keys wait for their next attempt after a failure. */
  get failing(): number {
    return this.waiting.size;
  }

  add(key: string): void {
    if (this.stopped) return;
    this.forgetTimer(key);
    if (this.active.has(key)) this.again.add(key);
    else this.queued.add(key);
    this.schedule();
  }

  /** Tries every failing key at once instead of waiting on. */
  hurry(): void {
    for (const key of [...this.waiting.keys()]) this.add(key);
  }

  /** Goes on after a pause. */
  wake(): void {
    this.schedule();
  }

  /** Starts nothing any more. What runs is not interrupted. */
  stop(): void {
    this.stopped = true;
    this.queued.clear();
    for (const key of [...this.waiting.keys()]) this.forgetTimer(key);
  }

  private get paused(): boolean {
    return this.options.paused?.() ?? false;
  }

  /** Not at once: a burst of changes to one object is one piece of work. */
  private schedule(): void {
    if (this.pumping) return;
    this.pumping = true;
    queueMicrotask(() => {
      this.pumping = false;
      this.pump();
    });
  }

  private pump(): void {
    while (!this.stopped && !this.paused && this.active.size < this.options.concurrency) {
      const [key] = this.queued;
      if (key === undefined) break;
      this.queued.delete(key);
      this.active.add(key);
      void this.process(key);
    }
    if (!this.busy) this.options.changed?.();
  }

  private async process(key: string): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await this.options.run(key);
    } catch (error) {
      this.options.onBug?.(key, error);
      outcome = 'retry';
    }
    this.active.delete(key);
    if (outcome === 'done') this.failures.delete(key);
    if (this.again.delete(key)) this.queued.add(key);
    else if (outcome !== 'done' && !this.stopped) this.retry(key, outcome);
    this.schedule();
  }

  private retry(key: string, outcome: 'retry' | { retryAfterMs: number }): void {
    const { firstRetryMs = 50, longestRetryMs = 5_000 } = this.options;
    const failures = this.failures.get(key) ?? 0;
    this.failures.set(key, failures + 1);
    const backoffMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures, 20));
    const timer = setTimeout(
      () => this.add(key),
      typeof outcome === 'string' ? backoffMs : outcome.retryAfterMs,
    );
    timer.unref();
    this.waiting.set(key, timer);
  }

  private forgetTimer(key: string): void {
    clearTimeout(this.waiting.get(key));
    this.waiting.delete(key);
  }
}

/** Resolves after a time, and at once for none: then not even a timer is set. */
export function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
