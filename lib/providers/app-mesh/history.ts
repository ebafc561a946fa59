/** The bounded history annotation: who changed which weights, when and why. Undo and the activity list read it. */
import { z } from 'zod';
import type { BackendsEntry, EgressEntry, HistoryEntry } from '@/lib/mesh/model';

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
  canary: z
    .object({
      base: z.string(),
      header: z.object({ name: z.string(), content: z.string() }),
      node: z.string(),
      port: z.number().optional(),
    })
    .optional(),
});

const backendsEntry = z.object({
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  by: z.string(),
  reason: z.string().optional(),
  before: z.array(z.string()).optional(),
  after: z.array(z.string()).optional(),
  removed: z.array(z.object({ at: z.number().int().min(0), backend: z.unknown() })),
  added: z.array(z.number().int().min(0)),
  fields: z
    .array(
      z.object({
        field: z.enum(['backendGroups', 'backendDefaults']),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
      }),
    )
    .optional(),
  left: z.string().optional(),
  undoOf: z.string().optional(),
});

const egress = z.enum(['ALLOW_ALL', 'DROP_ALL']);
const egressEntry = z.object({
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  by: z.string(),
  reason: z.string().optional(),
  before: egress.optional(),
  after: egress.optional(),
  undoOf: z.string().optional(),
});

/**
 * Entries of the annotation, newest first. Anybody may write it: entries that cannot be read are left out one by one, so
 * that a bad one neither hides the others nor has them overwritten; an annotation that is no list counts as empty.
 */
export const readHistory = (annotation: string | undefined): HistoryEntry[] => read(historyEntry, annotation);

/** The same of a VirtualNode, whose entries tell of backends. */
export const readBackendsHistory = (annotation: string | undefined): BackendsEntry[] =>
  read(backendsEntry, annotation);

/** The same of a Mesh, whose entries tell of its egress filter. */
export const readEgressHistory = (annotation: string | undefined): EgressEntry[] =>
  read(egressEntry, annotation);

function read<Entry>(schema: z.ZodType<Entry>, annotation: string | undefined): Entry[] {
  if (annotation === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(annotation);
    if (!Array.isArray(parsed)) return [];
    return parsed.flatMap((each) => schema.safeParse(each).data ?? []);
  } catch {
    return [];
  }
}

/** The annotation with `entry` on top, within the bounds. */
export function writeHistory<Entry extends HistoryEntry | BackendsEntry | EgressEntry>(
  previous: readonly Entry[],
  entry: Entry,
): string {
  const entries = [entry, ...previous].slice(0, HISTORY_ENTRIES_MAX);
  while (entries.length > 1 && JSON.stringify(entries).length > HISTORY_LENGTH_MAX) entries.pop();
  return JSON.stringify(entries);
}
