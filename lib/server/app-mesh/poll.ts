/** When to read again a source that tells of nothing by itself. */
import 'server-only';

/** Between two readings while somebody looks and something changes. */
export const FAST_MS = 10_000;
/** Between two readings while nothing changes or nobody looks; also the wait where trying soon makes no sense. */
export const SLOW_MS = 60_000;
const GROWTH = 1.5;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

export type Reading =
  { ok: true; changed: boolean } | { ok: false; /** It does not pass by itself. */ hopeless: boolean };

/** How long to rest after a reading that succeeded. `previousMs` is the rest before it. */
export function restMs(previousMs: number, changed: boolean, looked: boolean): number {
  if (!looked) return SLOW_MS;
  return changed ? FAST_MS : Math.min(SLOW_MS, Math.max(FAST_MS, previousMs) * GROWTH);
}

/** How long to rest after the `attempt`th failure in a row, counted from 1. `random` is 0..1 and shortens by up to half. */
export function retryMs(attempt: number, hopeless: boolean, random: number): number {
  if (hopeless) return SLOW_MS;
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1)) * (1 - random / 2);
}

export interface Poller {
  /** Failures in a row. */
  attempts(): number;
  /** Milliseconds since 1970 of the next reading, while resting. */
  nextAt(): number | undefined;
  /**
   * Reads again `withinMs` after the last reading began, at once where that is past. A reading under way began too early to
   * show what happened just now, so that another follows it.
   */
  soon(withinMs?: number): void;
  stop(): void;
}

export interface PollerOptions {
  read(signal: AbortSignal): Promise<Reading>;
  /** Whether somebody looks at what is read. */
  looked(): boolean;
  /** Told after each reading, when the rest that follows is known. */
  onRest(): void;
  random?(): number;
}

/** Reads at once and then again and again until `stop`. `read` must not throw. */
export function startPoller({ read, looked, onRest, random = Math.random }: PollerOptions): Poller {
  const abort = new AbortController();
  let failures = 0;
  let rest = FAST_MS;
  let begunAt = 0;
  let dueAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** What was asked for during a reading: when, counted from the beginning of that reading. */
  let askedFor: number | undefined;
  let reading = false;

  function schedule(at: number): void {
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void run(), Math.max(0, at - Date.now())).unref();
  }

  async function run(): Promise<void> {
    reading = true;
    dueAt = undefined;
    askedFor = undefined;
    begunAt = Date.now();
    const outcome = await read(abort.signal);
    reading = false;
    if (abort.signal.aborted) return;
    failures = outcome.ok ? 0 : failures + 1;
    rest = outcome.ok
      ? restMs(rest, outcome.changed, looked())
      : retryMs(failures, outcome.hopeless, random());
    const asked = askedFor === undefined ? Infinity : begunAt + askedFor;
    schedule(Math.max(Date.now(), Math.min(Date.now() + rest, asked)));
    onRest();
  }

  void run();
  return {
    attempts: () => failures,
    nextAt: () => dueAt,
    soon(withinMs = 0) {
      if (reading) {
        askedFor = Math.min(askedFor ?? Infinity, withinMs);
        return;
      }
      const at = begunAt + withinMs;
      if (dueAt !== undefined && at < dueAt && !abort.signal.aborted) schedule(at);
    },
    stop: () => {
      abort.abort();
      clearTimeout(timer);
    },
  };
}
