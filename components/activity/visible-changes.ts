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

/** Objects with a field of these kinds that changed, and all that came or went. */
export const ofKinds = <T extends Pick<Change, 'what' | 'fields'>>(
  changes: readonly T[],
  kinds: ReadonlySet<ChangeKind>,
): T[] =>
  changes.filter(({ what, fields }) => what !== 'changed' || fields.some(({ kind }) => kinds.has(kind)));

/** Changes with a field of these kinds, and all objects that came or went; up to the change with the number `upTo`. */
export function visibleChanges(
  { changes, heard }: Pick<ChangeFeed, 'changes' | 'heard'>,
  kinds: ReadonlySet<ChangeKind>,
  upTo = Infinity,
): VisibleChanges {
  const told = changes.filter(({ id }) => id <= upTo);
  const shown = ofKinds(told, kinds);
  return {
    changes: shown,
    hidden: told.length - shown.length,
    dropped: Math.max(0, heard - KEPT_CHANGES),
  };
}
