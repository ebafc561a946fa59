/** The state of the connection as a person wants to know it: from the browser to the cluster, as one thing. */
import type { Problem } from '@/lib/api/problem';
import type { SourceState } from '@/lib/api/topology';

/** Why a connection fails. `values` are there to say it in the reader's language, where the console told of it. */
export interface Trouble {
  code: string;
  detail: string;
  values?: Problem['values'];
}

export interface Connection {
  /** stale: nothing is known to be current any more. reconnecting: lost a moment ago, trying. failed: refused for a reason that does not pass by itself. */
  phase: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'failed';
  /** ISO 8601: since when the phase holds. */
  since: string;
  /** ISO 8601: when the picture was last known to be current. */
  currentAsOf?: string;
  attempt?: number;
  /** ISO 8601. */
  retryAt?: string;
  problem?: Trouble;
  retryNow(): void;
}

/** What the browser's own link to the console is doing. */
export interface Link {
  phase: 'connecting' | 'open' | 'lost';
  /** Milliseconds since 1970. */
  since: number;
  /** When something last arrived. */
  heardAt: number | undefined;
  attempt: number;
  retryAt: number | undefined;
  problem: Trouble | undefined;
}

/** Trouble shorter than this is not shown. */
export const BLIP_MS = 2_000;
/** Without any word, ping included, for this long the picture counts as stale. */
export const SILENCE_MS = 35_000;
/** Trouble longer than this is called stale rather than reconnecting. */
const STALE_AFTER_MS = 10_000;

const iso = (at: number) => new Date(at).toISOString();

/**
 * Folds the link to the console and the console's link to the cluster into one state. `held` tells whether there is a
 * picture to be stale; `at` is now, in milliseconds since 1970.
 */
export function connectionOf(
  link: Link,
  source: SourceState | undefined,
  held: boolean,
  at: number,
): Omit<Connection, 'retryNow'> {
  if (link.phase === 'lost' || (link.heardAt !== undefined && at - link.heardAt > SILENCE_MS)) {
    const since = link.phase === 'lost' ? link.since : (link.heardAt ?? link.since);
    const shared = {
      since: iso(since),
      ...(link.heardAt === undefined ? {} : { currentAsOf: iso(link.heardAt) }),
      attempt: link.attempt,
      ...(link.retryAt === undefined ? {} : { retryAt: iso(link.retryAt) }),
      ...(link.problem === undefined ? {} : { problem: link.problem }),
    };
    // The console knows no such source: that does not pass by itself.
    if (link.problem?.code === 'E301') return { phase: 'failed', ...shared };
    if (!held) return { phase: at - since < BLIP_MS ? 'connecting' : 'reconnecting', ...shared };
    if (at - since < BLIP_MS) return { ...shared, phase: 'live' };
    return { ...shared, phase: at - since < STALE_AFTER_MS ? 'reconnecting' : 'stale' };
  }
  if (source === undefined) return { phase: 'connecting', since: iso(link.since) };
  const { phase, since, currentAsOf, attempt, retryAt, problem } = source;
  const shared = {
    since,
    ...(currentAsOf === undefined ? {} : { currentAsOf }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(problem === undefined ? {} : { problem }),
  };
  if (phase !== 'reconnecting') return { ...shared, phase };
  const lostFor = at - Date.parse(since);
  if (lostFor < BLIP_MS) return { ...shared, phase: 'live' };
  return { ...shared, phase: lostFor < STALE_AFTER_MS ? 'reconnecting' : 'stale' };
}
