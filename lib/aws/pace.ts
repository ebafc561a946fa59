/** How many calls run at once, and how many start in a second. */
import { setMaxListeners } from 'node:events';

export interface PaceLimits {
  /** Calls under way at once. */
  concurrency: number;
  /** Calls started per second over time. */
  perSecond: number;
  /** Calls that may start at once after a rest. */
  burst: number;
}

export interface Pace {
  /** Runs a call when it is its turn. Rejects with the signal's reason when that comes first. */
  run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** The other side asked for fewer calls: half as many from now on. Each call that goes well takes a little of that back. */
  ease(): void;
  recover(): void;
}

const SLOWEST_PER_SECOND = 1;
/** Share of the full rate that one good call gives back. */
const RECOVERY = 0.01;

/** A token bucket in front of a bounded number of calls. */
export function createPace({ concurrency, perSecond, burst }: PaceLimits): Pace {
  const waiting = new Set<() => void>();
  let active = 0;
  let rate = perSecond;
  let tokens = burst;
  let filledAt = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function refill(): void {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * rate);
    filledAt = now;
  }

  function pump(): void {
    refill();
    for (const start of waiting) {
      if (active >= concurrency) return;
      if (tokens < 1) {
        timer ??= setTimeout(
          () => {
            timer = undefined;
            pump();
          },
          Math.ceil(((1 - tokens) / rate) * 1000),
        );
        return;
      }
      tokens -= 1;
      active += 1;
      waiting.delete(start);
      start();
    }
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = () => {
        waiting.delete(start);
        reject(signal.reason as Error); // an AbortSignal's reason is what abort() was told; it is passed on, not read
      };
      const start = () => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      if (signal.aborted) {
        abort();
        return;
      }
      // Every call of a reading waits on the same signal; that is no leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abort, { once: true });
      waiting.add(start);
      pump();
    });
  }

  return {
    async run(call, signal) {
      await turn(signal);
      try {
        return await call();
      } finally {
        active -= 1;
        pump();
      }
    },
    ease() {
      refill();
      rate = Math.max(Math.min(SLOWEST_PER_SECOND, perSecond), rate / 2);
    },
    recover() {
      refill();
      rate = Math.min(perSecond, rate + perSecond * RECOVERY);
    },
  };
}
