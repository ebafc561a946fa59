/** What of the feed is shown, and how much is not. */
import { KEPT_CHANGES } from '@/lib/client/changes';
import type { Change, ChangeFeed } from '@/lib/client/changes';
import type { ChangeKind } from '@/lib/mesh/changes/words';

export interface VisibleChanges {
  changes: readonly Change[];
  /** Left out by the filter. */
  hidden: number;
  /** Fell off, as the feed is bounded. */
  dropped: number;
}

/** Changes with a field of these kinds, and all objects that came or went; up to the change with the number `upTo`. */
export function visibleChanges(
  { changes, heard }: Pick<ChangeFeed, 'changes' | 'heard'>,
  kinds: ReadonlySet<ChangeKind>,
  upTo = Infinity,
): VisibleChanges {
  const told = changes.filter(({ id }) => id <= upTo);
  const shown = told.filter(
    ({ what, fields }) => what !== 'changed' || fields.some(({ kind }) => kinds.has(kind)),
  );
  return {
    changes: shown,
    hidden: told.length - shown.length,
    dropped: Math.max(0, heard - KEPT_CHANGES),
  };
}
