'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Picture } from '@/lib/client/picture';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EdgeKey } from '@/lib/mesh/topology';
import { findingsByCard, NO_FINDINGS } from './shown-graph';
import type { ShownCard, ShownEdge, ShownGraph } from './shown-graph';

/**
 * What the cards and edges on the canvas show, held outside React Flow. A change of content reaches the card it concerns;
 * the canvas is drawn anew only when something moves, comes or goes.
 */
export interface ShownStore {
  /** Takes in what is shown. */
  put(graph: Pick<ShownGraph, 'cards' | 'edges'>): void;
  /** Takes in what a picture says of the cards and edges that are shown already: faster than working out what is shown. */
  update(picture: Pick<Picture, 'nodes' | 'edges' | 'findings'>): void;
  card(id: string): ShownCard | undefined;
  edge(id: string): ShownEdge | undefined;
  /** Hears of changes of one card or edge. Returns how to stop. */
  subscribe(id: string, listener: () => void): () => void;
}

/** Whether two cards show the same. */
export const sameCard = (a: ShownCard, b: ShownCard): boolean =>
  a.node === b.node &&
  a.goneAt === b.goneAt &&
  a.findings.length === b.findings.length &&
  a.findings.every((finding, n) => finding === b.findings[n]);

const sameEdge = (a: ShownEdge, b: ShownEdge): boolean => a.edge === b.edge && a.count === b.count;

/** The entries by id, those that show the same as before by their old object; `changed` gets the ids of the others. */
function keep<T>(
  before: ReadonlyMap<string, T>,
  now: readonly T[],
  idOf: (entry: T) => string,
  same: (a: T, b: T) => boolean,
  changed: Set<string>,
): Map<string, T> {
  return new Map(
    now.map((entry) => {
      const id = idOf(entry);
      const known = before.get(id);
      if (known !== undefined && same(known, entry)) return [id, known];
      changed.add(id);
      return [id, entry];
    }),
  );
}

export function createShownStore(): ShownStore {
  const listeners = new Map<string, Set<() => void>>();
  let cards: ReadonlyMap<string, ShownCard> = new Map();
  let edges: ReadonlyMap<string, ShownEdge> = new Map();
  const tell = (changed: ReadonlySet<string>) => {
    for (const id of changed) for (const listener of [...(listeners.get(id) ?? [])]) listener();
  };
  return {
    put(graph) {
      const changed = new Set<string>();
      cards = keep(cards, graph.cards, ({ node }) => node.key, sameCard, changed);
      edges = keep(edges, graph.edges, ({ id }) => id, sameEdge, changed);
      tell(changed);
    },
    update(picture) {
      const changed = new Set<string>();
      const findings = findingsByCard(picture);
      const nextCards = [...cards].map(([id, card]) => {
        // A key of another kind of thing is in no picture.
        const node = picture.nodes.get(id as EntityKey);
        return node && card.goneAt === undefined ? { node, findings: findings.get(id) ?? NO_FINDINGS } : card;
      });
      const nextEdges = [...edges].map(([id, shown]) => {
        const edge = picture.edges.get(id as EdgeKey); // a bundle's id is no edge's key
        return edge ? { ...shown, edge } : shown;
      });
      cards = keep(cards, nextCards, ({ node }) => node.key, sameCard, changed);
      edges = keep(edges, nextEdges, ({ id }) => id, sameEdge, changed);
      tell(changed);
    },
    card: (id) => cards.get(id),
    edge: (id) => edges.get(id),
    subscribe(id, listener) {
      const known = listeners.get(id) ?? new Set();
      listeners.set(id, known.add(listener));
      return () => {
        known.delete(listener);
        if (known.size === 0) listeners.delete(id);
      };
    },
  };
}

const StoreContext = createContext<ShownStore | undefined>(undefined);
export const ShownStoreProvider = StoreContext.Provider;

function useStored<T>(id: string, read: (store: ShownStore) => T | undefined, first: T): T {
  const store = useContext(StoreContext);
  if (!store) throw new Error('A card was drawn outside the canvas.');
  const subscribe = useCallback((listener: () => void) => store.subscribe(id, listener), [store, id]);
  const get = () => read(store) ?? first;
  return useSyncExternalStore(subscribe, get, get);
}

/** What a card shows now; `first` until the store has it. */
export const useShownCard = (first: ShownCard): ShownCard =>
  useStored(first.node.key, (store) => store.card(first.node.key), first);

/** What an edge shows now; `first` until the store has it. */
export const useShownEdge = (first: ShownEdge): ShownEdge =>
  useStored(first.id, (store) => store.edge(first.id), first);
