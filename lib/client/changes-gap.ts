/** The time in which nobody was listening: what is heard of afterwards happened at some moment of it, nobody knows which. */
import type { SourcePart, SourceState } from '@/lib/api/topology';

type Standing = Pick<SourceState, 'phase' | 'since' | 'currentAsOf'>;

/** What is heard within this time after everything is back may still be from before: lists are read anew one by one. */
export const SETTLE_MS = 2_000;

export interface Gap {
  /** Nothing was heard after this moment, in milliseconds since 1970; undefined where nothing was heard at all. An open gap keeps its beginning. */
  open(since: number | undefined): void;
  /** What was missed is of no interest. */
  forget(): void;
  /**
   * The beginning of the gap that what is heard at `at` may fall into; undefined where it has just happened. The console
   * may have lost the cluster while the browser hears the console well: then the gap begins when it last knew.
   */
  at(source: Standing | undefined, at: number): number | undefined;
}

export function createGap(): Gap {
  let since: number | undefined;
  /** Since when the console and its source are both back. */
  let backAt: number | undefined;
  return {
    open(from) {
      since ??= from;
      backAt = undefined;
    },
    forget: () => void (since = backAt = undefined),
    at(source, at) {
      if (source !== undefined && source.phase !== 'live') {
        // The clocks of browser and server need not agree.
        since ??= Math.min(at, Date.parse(source.currentAsOf ?? source.since));
        backAt = undefined;
        return since;
      }
      if (since === undefined) return undefined;
      backAt ??= at;
      if (at - backAt <= SETTLE_MS) return since;
      since = backAt = undefined;
      return undefined;
    },
  };
}

/**
 * How the App Mesh APIs of a picture fare, as one: `reconnecting` while one of them is away that had been read. What was
 * never read is no gap, for nothing of it is in the picture.
 */
export function standingOfApis(parts: readonly SourcePart[]): Standing {
  const [since] = parts
    .flatMap(({ kind, phase, currentAsOf }) =>
      kind === 'appmesh' && phase !== 'live' && currentAsOf !== undefined ? [currentAsOf] : [],
    )
    .sort();
  return since === undefined
    ? { phase: 'live', since: '' }
    : { phase: 'reconnecting', since, currentAsOf: since };
}
