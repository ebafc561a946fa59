/** The connection of a page that asks again and again instead of listening to a stream. */
import type { SourceState } from '@/lib/api/topology';
import { BLIP_MS, connectionOf } from './connection';
import type { Connection, Link, Trouble } from './connection';

/** How one repeated question to the console fares. Times in milliseconds since 1970; 0 for never. */
export interface Asked {
  answeredAt: number;
  failedAt: number;
  /** Tries of the question that is open or failed last. */
  tries: number;
  /** Why the last one failed; undefined while it is answered. */
  problem: Trouble | undefined;
}

type Told = Omit<Connection, 'retryNow'>;

/**
 * The state of one source on a page that asks for the sources and for what a source holds. Without an answer to the
 * first nothing is known. An answer that fails for the second is the source's own trouble as long as the source admits
 * to any. `held` tells whether something is shown that can be stale; `at` is now, in milliseconds since 1970.
 */
export function polledConnection(
  sources: Asked,
  own: Asked | undefined,
  source: SourceState | undefined,
  held: boolean,
  at: number,
): Told {
  const broken = sources.problem ? sources : own?.problem && source?.phase === 'live' ? own : undefined;
  return connectionOf(broken ? lost(broken) : answered(sources, own), source, held, at);
}

/** Lost since the last answer: when exactly between two questions it happened, nobody knows. */
function lost({ answeredAt, failedAt, tries, problem }: Asked): Link {
  return {
    phase: 'lost',
    since: answeredAt > 0 ? answeredAt : failedAt - BLIP_MS,
    heardAt: answeredAt > 0 ? answeredAt : undefined,
    attempt: Math.max(1, tries),
    retryAt: undefined,
    problem,
  };
}

function answered(sources: Asked, own: Asked | undefined): Link {
  const times = [sources.answeredAt, own?.answeredAt ?? 0].filter((time) => time > 0);
  const heardAt = times.length > 0 ? Math.min(...times) : undefined;
  return {
    phase: heardAt === undefined ? 'connecting' : 'open',
    since: heardAt ?? 0,
    heardAt,
    attempt: 0,
    retryAt: undefined,
    problem: undefined,
  };
}

const WORST_FIRST: readonly Connection['phase'][] = ['failed', 'stale', 'reconnecting', 'connecting', 'live'];

/** The one to worry about most, the first of equals; undefined for none. */
export function worstOf(connections: readonly Told[]): Told | undefined {
  const worry = ({ phase }: Told) => WORST_FIRST.indexOf(phase);
  return [...connections].sort((a, b) => worry(a) - worry(b))[0];
}
