/** Taking back what a change of several objects has applied: what of it still stands, by the attempts made so far. */
import type { Problem } from '@/lib/api/problem';

interface Write {
  state: 'rehearsed' | 'applied' | 'refused' | 'unknown' | 'notSent';
  problem?: Problem | undefined;
}

interface Answer<W> {
  writes: readonly W[];
}

/** A server that could not be reached may be asked again; one that said no says it again. */
const isFinal = (attempt: Write | undefined): boolean =>
  attempt?.state === 'refused' && (attempt.problem?.status ?? 500) < 500;

/** `placeOf` tells what a write is about: an attempt is about the same. */
export function undoing<W extends Write>(placeOf: (write: W) => string) {
  /** What the last attempt that reached a write says of it; `undefined` where none did. */
  const undoOf = (write: W, attempts: readonly Answer<W>[]): W | undefined =>
    attempts
      .flatMap(({ writes }) => writes)
      .findLast((attempt) => attempt.state !== 'notSent' && placeOf(attempt) === placeOf(write));

  /**
   * Writes that stand and may be taken back, the last first. Those that cannot are left out: since all are rehearsed before any is
   * sent, one of them would hold up the rest.
   */
  const standing = (done: Answer<W>, attempts: readonly Answer<W>[]): W[] =>
    done.writes
      .filter((write) => {
        const attempt = undoOf(write, attempts);
        return write.state === 'applied' && attempt?.state !== 'applied' && !isFinal(attempt);
      })
      .reverse();

  /** Of the writes that were applied, so many are taken back. */
  const undoAccount = (done: Answer<W>, attempts: readonly Answer<W>[]) => {
    const applied = done.writes.filter(({ state }) => state === 'applied');
    const undone = applied.filter((write) => undoOf(write, attempts)?.state === 'applied');
    return { applied: applied.length, undone: undone.length };
  };

  return { undoOf, standing, undoAccount };
}
