/** Which shift takes its next turn when: one turn of each at a time, and none for nothing. */
import type { TurnOutcome } from './turn';
import type { ShiftName } from './live';

/** After a turn that failed, doubling; the cluster may be away for minutes and is asked again soon after. */
const FIRST_MS = 100;
const LONGEST_MS = 5_000;
/** Turns that follow each other at once are far apart enough not to be a loop of nothing but requests. */
const BREATH_MS = 5;
/** The world changes all the time; a shift looks at it so often. */
const WORLD_MS = 100;
/** Timers overflow beyond; whoever waits longer looks once in between. */
const LONGEST_WAIT_MS = 60 * 60_000;

interface Entry {
  name: ShiftName;
  running: boolean;
  /** Something changed during a turn. */
  dirty: boolean;
  failures: number;
  timer: NodeJS.Timeout | undefined;
  dueMs: number;
}

export interface Runner {
  /** Looks at a shift soon. */
  wake(name: ShiftName): void;
  /** Looks at every shift soon. */
  wakeAll(): void;
  /** Resolves when no turn is under way any more; none begins. */
  stop(): Promise<void>;
}

export interface RunnerOptions {
  turn(name: ShiftName): Promise<TurnOutcome>;
  /** Epoch milliseconds by the cluster's clock, which `wakeAtMs` is told in. */
  now(): number;
  onFailure(name: ShiftName, message: string): void;
}

export function createRunner({ turn, now, onFailure }: RunnerOptions): Runner {
  const entries = new Map<string, Entry>();
  let stopped = false;
  const turns = new Set<Promise<void>>();

  function schedule(entry: Entry, inMs: number): void {
    if (stopped) return;
    const dueMs = performance.now() + inMs;
    if (entry.timer !== undefined && entry.dueMs <= dueMs) return;
    clearTimeout(entry.timer);
    entry.dueMs = dueMs;
    entry.timer = setTimeout(
      () => {
        entry.timer = undefined;
        const run: Promise<void> = take(entry).finally(() => turns.delete(run));
        turns.add(run);
      },
      Math.min(inMs, LONGEST_WAIT_MS),
    );
  }

  async function take(entry: Entry): Promise<void> {
    if (entry.running || stopped) {
      entry.dirty = true;
      return;
    }
    entry.running = true;
    entry.dirty = false;
    let outcome: TurnOutcome;
    try {
      outcome = await turn(entry.name);
    } catch (error) {
      outcome = {
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
    entry.running = false;
    if (outcome.kind === 'gone' && !entry.dirty) {
      clearTimeout(entry.timer);
      entries.delete(keyOf(entry.name));
      return;
    }
    if (outcome.kind === 'failed') {
      entry.failures += 1;
      onFailure(entry.name, outcome.message);
      return schedule(entry, Math.min(LONGEST_MS, FIRST_MS * 2 ** (entry.failures - 1)));
    }
    entry.failures = 0;
    if (outcome.kind === 'again') schedule(entry, BREATH_MS);
    else if (entry.dirty) schedule(entry, WORLD_MS);
    if (outcome.kind === 'idle' && outcome.wakeAtMs !== undefined)
      schedule(entry, Math.max(BREATH_MS, outcome.wakeAtMs - now()));
  }

  const keyOf = ({ namespace, name }: ShiftName) => `${namespace}/${name}`;

  return {
    wake(name) {
      const known = entries.get(keyOf(name));
      const entry = known ?? { name, running: false, dirty: false, failures: 0, timer: undefined, dueMs: 0 };
      entries.set(keyOf(name), entry);
      if (entry.running) entry.dirty = true;
      // A failure waits for its time, whatever changes.
      else if (entry.failures === 0) schedule(entry, BREATH_MS);
    },
    wakeAll() {
      for (const entry of entries.values())
        if (entry.running) entry.dirty = true;
        else if (entry.failures === 0) schedule(entry, WORLD_MS);
    },
    async stop() {
      stopped = true;
      for (const { timer } of entries.values()) clearTimeout(timer);
      await Promise.all(turns);
    },
  };
}
