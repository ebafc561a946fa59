/** The bounded history annotation: who changed which weights, when and why. Undo and the activity list read it. */
import { z } from 'zod';
import type { HistoryEntry } from '@/lib/mesh/model';

export const HISTORY_ANNOTATION = 'meshdeck.dev/history';
/** Entries kept in one object; older ones fall off. */
export const HISTORY_ENTRIES_MAX = 20;
/** Characters of the annotation; Kubernetes allows 256 KiB for all annotations together. */
const HISTORY_LENGTH_MAX = 16_384;

const weights = z.array(z.object({ node: z.string(), weight: z.number() }));
const historyEntry = z.object({
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  by: z.string(),
  reason: z.string().optional(),
  route: z.string(),
  before: weights,
  after: weights,
  undoOf: z.string().optional(),
});

/**
 * Entries of the annotation, newest first. Anybody may write it: entries that cannot be read are left out one by one, so
 * that a bad one neither hides the others nor has them overwritten; an annotation that is no list counts as empty.
 */
export function readHistory(annotation: string | undefined): HistoryEntry[] {
  if (annotation === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(annotation);
    if (!Array.isArray(parsed)) return [];
    return parsed.flatMap((each) => historyEntry.safeParse(each).data ?? []);
  } catch {
    return [];
  }
}

/** The annotation with `entry` on top, within the bounds. */
export function writeHistory(previous: readonly HistoryEntry[], entry: HistoryEntry): string {
  const entries = [entry, ...previous].slice(0, HISTORY_ENTRIES_MAX);
  while (entries.length > 1 && JSON.stringify(entries).length > HISTORY_LENGTH_MAX) entries.pop();
  return JSON.stringify(entries);
}
