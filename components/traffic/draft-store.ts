/** The drafts of a page, outside React so that dragging one bar draws no other anew. */
import type { WeightsAnswer } from '@/lib/api/weights';
import { readHistory, recordChange } from '@/lib/client/session-history';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import type { WeightsDraft } from '@/lib/mesh/weights';
import { beginDraft, equalsLive, rebaseDraft, sameTargets, seenTargets } from '@/lib/mesh/weights';
import { readDrafts, writeDrafts } from './draft-storage';

/** A change that was written a moment ago. Times are milliseconds since 1970. */
export interface Outcome {
  answer: WeightsAnswer;
  at: number;
  /** When the control plane was first seen to hold it. */
  acceptedAt?: number | undefined;
}

/** What is looked at before it is sent: the draft of a route, or taking one recorded change back. */
export type Review = { of: 'draft' } | { of: 'undo'; entry: string };

export type Change = (draft: WeightsDraft) => WeightsDraft;

export interface DraftStore {
  subscribe(listener: () => void): () => void;
  /** All drafts by slot; another map whenever one changed. */
  all(): ReadonlyMap<string, WeightsDraft>;
  put(slot: string, draft: WeightsDraft | undefined): void;
  outcome(slot: string): Outcome | undefined;
  settle(slot: string, outcome: Outcome | undefined): void;
  /** The changes made from this tab of a route whose object carries none, newest first; the same list until there is one more. */
  history(slot: string): readonly HistoryEntry[];
  record(slot: string, change: HistoryEntry): void;
  /** The review somebody asked to open. */
  review(slot: string): Review | undefined;
  askReview(slot: string, review: Review | undefined): void;
}

type Store = Pick<Storage, 'getItem' | 'setItem'>;
const STORED_AS = 'meshdeck.drafts';
const NO_HISTORY: readonly HistoryEntry[] = [];

/** `storage` is undefined where there is none (on the server, or with storage switched off). */
export function createDraftStore(storage: Store | undefined): DraftStore {
  const listeners = new Set<() => void>();
  const outcomes = new Map<string, Outcome>();
  let drafts: ReadonlyMap<string, WeightsDraft> = readDrafts(storage?.getItem(STORED_AS) ?? null);
  let history = readHistory(storage);
  let asked: { slot: string; review: Review } | undefined;

  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    all: () => drafts,
    put(slot, draft) {
      if (drafts.get(slot) === draft) return;
      const next = new Map(drafts);
      if (draft) next.set(slot, draft);
      else next.delete(slot);
      drafts = next;
      try {
        storage?.setItem(STORED_AS, writeDrafts(drafts));
      } catch {
        // A full store: the draft lasts as long as the page.
      }
      tell();
    },
    outcome: (slot) => outcomes.get(slot),
    settle(slot, outcome) {
      if (outcome) outcomes.set(slot, outcome);
      else outcomes.delete(slot);
      tell();
    },
    history: (slot) => history[slot] ?? NO_HISTORY,
    record(slot, change) {
      history = recordChange(storage, history, slot, change);
      tell();
    },
    review: (slot) => (asked?.slot === slot ? asked.review : undefined),
    askReview(slot, review) {
      if (!review && asked?.slot !== slot) return;
      asked = review && { slot, review };
      tell();
    },
  };
}

/**
 * The draft after a change, begun from what is live where there is none yet. `undefined` where nothing is left to keep:
 * no share differs from live and nothing is locked. A draft whose targets are not the route's any more is put on top of
 * the new ones first.
 */
export function changed(
  draft: WeightsDraft | undefined,
  router: Pick<Router, 'ref'>,
  route: Route,
  change: Change,
): WeightsDraft | undefined {
  const live = seenTargets(route);
  const begun = draft ?? beginDraft(router, route);
  const current = sameTargets(begun.base.targets, live) ? begun : rebaseDraft(begun, router, route);
  const next = change(current);
  return equalsLive(next, live) && !next.locked.includes(true) ? undefined : next;
}
