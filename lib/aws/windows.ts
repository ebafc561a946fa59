/** Stretches of time, epoch milliseconds, `toMs` not included. */

export interface Stretch {
  fromMs: number;
  toMs: number;
}

/**
 * Cuts a stretch into pieces of at most `longestMs`, oldest first; together they cover it exactly once. All but the newest are
 * of full length. None where the stretch is empty.
 */
export function splitStretch({ fromMs, toMs }: Stretch, longestMs: number): Stretch[] {
  const pieces: Stretch[] = [];
  for (let at = fromMs; at < toMs; at += longestMs)
    pieces.push({ fromMs: at, toMs: Math.min(at + longestMs, toMs) });
  return pieces;
}
