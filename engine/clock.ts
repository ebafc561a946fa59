/** The cluster's time: timers of a shift are written by one engine and read by another, on another machine. */
import type { ClusterClient } from '@/lib/kubernetes';

/** The server tells whole seconds; a clock is not held to be wrong for less than this. */
const TOLERANCE_MS = 2_000;

export interface ServerClock {
  /** Epoch milliseconds. */
  now(): number;
}

/** Wraps a client so that each answer tells the time. */
export function clocked(cluster: ClusterClient): { cluster: ClusterClient; clock: ServerClock } {
  let offsetMs = 0;
  return {
    clock: { now: () => Date.now() + offsetMs },
    cluster: {
      ...cluster,
      async request(...sent) {
        const answer = await cluster.request(...sent);
        if (answer.ok && answer.dateMs !== undefined) {
          // Somewhere within the second that is told.
          const apartMs = answer.dateMs + 500 - Date.now();
          if (Math.abs(apartMs) < TOLERANCE_MS) offsetMs = 0;
          else if (Math.abs(apartMs - offsetMs) > TOLERANCE_MS) offsetMs = apartMs;
        }
        return answer;
      },
    },
  };
}
