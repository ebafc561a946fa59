'use client';
import { createContext, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { sessionStore } from '@/lib/client/browser-store';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import type { WeightsDraft } from '@/lib/mesh/weights';
import { slotOf } from './draft-storage';
import { changed, createDraftStore } from './draft-store';
import type { Change, DraftStore, Outcome, Review } from './draft-store';

interface Drafts {
  store: DraftStore;
  source: string;
  mesh: string;
}

const NO_HISTORY: readonly HistoryEntry[] = [];

const DraftsContext = createContext<Drafts | undefined>(undefined);

/** Keeps the drafts of one mesh for everything below. They survive a reload of the tab. */
export function DraftsProvider({
  source,
  mesh,
  children,
}: {
  source: string;
  mesh: string;
  children: ReactNode;
}) {
  const [store] = useState(() => createDraftStore(sessionStore()));
  const drafts = useMemo(() => ({ store, source, mesh }), [store, source, mesh]);
  return <DraftsContext value={drafts}>{children}</DraftsContext>;
}

function useContextOfDrafts(): Drafts {
  const drafts = useContext(DraftsContext);
  if (!drafts) throw new Error('Drafts were used outside a DraftsProvider.');
  return drafts;
}

export interface RouteDraft {
  /** Name of the mesh the route is shown in. */
  mesh: string;
  /** Changes made from this tab of a route whose object carries none. */
  history: readonly HistoryEntry[];
  record(change: HistoryEntry): void;
  draft: WeightsDraft | undefined;
  /** Begins a draft where there is none; drops one that comes to nothing. */
  change(change: Change): void;
  /** Puts a draft as it is; `undefined` discards it. */
  put(draft: WeightsDraft | undefined): void;
  review: Review | undefined;
  askReview(review: Review | undefined): void;
  outcome: Outcome | undefined;
  settle(outcome: Outcome | undefined): void;
}

/** The draft of one route. Draws anew only when that draft changes. */
export function useRouteDraft(router: Router, route: Route): RouteDraft {
  const { store, source, mesh } = useContextOfDrafts();
  const slot = slotOf({ source, mesh, router: router.key, route: route.name });
  const draft = useSyncExternalStore(
    store.subscribe,
    () => store.all().get(slot),
    () => undefined,
  );
  const outcome = useSyncExternalStore(
    store.subscribe,
    () => store.outcome(slot),
    () => undefined,
  );
  const review = useSyncExternalStore(
    store.subscribe,
    () => store.review(slot),
    () => undefined,
  );
  const history = useSyncExternalStore(
    store.subscribe,
    () => store.history(slot),
    () => NO_HISTORY,
  );
  return {
    mesh,
    history,
    record: (entry) => store.record(slot, entry),
    draft,
    change: (change) => store.put(slot, changed(store.all().get(slot), router, route, change)),
    put: (next) => store.put(slot, next),
    review,
    askReview: (next) => store.askReview(slot, next),
    outcome,
    settle: (next) => store.settle(slot, next),
  };
}
