/** Moments of a session that somebody marked, to be compared later. Pictures share what did not change between them. */
import type { Picture } from './picture';

export interface MarkedMoment {
  /** Counts up from 1. */
  id: number;
  /** Milliseconds since 1970. */
  at: number;
  picture: Picture;
}

/** How many are kept; the oldest falls off. */
export const KEPT_MOMENTS = 12;

/** The moments with one more, oldest first. Marking a picture twice in a row gives one moment. */
export function markMoment(
  moments: readonly MarkedMoment[],
  picture: Picture,
  at: number,
): readonly MarkedMoment[] {
  const last = moments.at(-1);
  if (last?.picture === picture) return moments;
  return [...moments, { id: (last?.id ?? 0) + 1, at, picture }].slice(-KEPT_MOMENTS);
}
