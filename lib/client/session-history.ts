/**
 * Changes of weights whose objects carry no history (those of an App Mesh API), kept for as long as the tab. The server's
 * audit log holds them beyond that.
 */
import { z } from 'zod';
import type { HistoryEntry } from '@/lib/mesh/model';

const STORED_AS = 'meshdeck.history';
/** As many as the history annotation of a cluster's object keeps. */
const KEPT = 20;

const targets = z.array(z.object({ node: z.string(), weight: z.number() }));
const entry = z.object({
  id: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string().optional(),
  route: z.string(),
  before: targets,
  after: targets,
  undoOf: z.string().optional(),
});
/** What cannot be used is left out. */
const stored = z.record(z.string(), z.array(entry).catch([])).catch({});

/** The changes of each route by its slot, newest first. */
export type SessionHistory = Readonly<Record<string, readonly HistoryEntry[]>>;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** What the tab remembers; nothing without storage, or where the text was written by something else. */
export function readHistory(storage: Store | undefined): SessionHistory {
  try {
    return stored.parse(JSON.parse(storage?.getItem(STORED_AS) ?? '{}'));
  } catch {
    return {};
  }
}

/** The history with one more change of a slot, kept in the tab where that is possible. */
export function recordChange(
  storage: Store | undefined,
  history: SessionHistory,
  slot: string,
  change: HistoryEntry,
): SessionHistory {
  const next = { ...history, [slot]: [change, ...(history[slot] ?? [])].slice(0, KEPT) };
  try {
    storage?.setItem(STORED_AS, JSON.stringify(next));
  } catch {
    // A full store: the history lasts as long as the page.
  }
  return next;
}
