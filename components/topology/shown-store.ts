'use client';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import type { Picture } from '@/lib/client/picture';
import type { Finding } from '@/lib/mesh/finding';
import type { EdgeKey } from '@/lib/mesh/topology';
import type { Viewed } from '@/lib/mesh/view/spec';
import { findingsByCard, NO_FINDINGS } from './shown-graph';
import type { ShownCard, ShownEdge, ShownGraph } from './shown-graph';

/**
 * What the cards and edges on the canvas show, held outside React Flow. A change of content reaches the card it concerns;
 * the canvas is drawn anew only when something moves, comes or goes.
 */
export interface ShownStore {
  /** Takes in what is shown; `carried`: what is folded, by the card that tells of its findings. */
  put(graph: Pick<ShownGraph, 'cards' | 'edges'>, carried?: Viewed['carried']): void;
  /** Takes in what a picture says of the cards and edges that are shown already: faster than working out what is shown. */
  update(picture: Pick<Picture, 'nodes' | 'edges' | 'findings'>): void;
  /** The objects of the last picture that was heard of. */
  nodes(): Picture['nodes'] | undefined;
  card(id: string): ShownCard | undefined;
  edge(id: string): ShownEdge | undefined;
  /** Hears of changes of one card or edge. Returns how to stop. */
  subscribe(id: string, listener: () => void): () => void;
}

/** Whether two cards show the same. */
export const sameCard = (a: ShownCard, b: ShownCard): boolean =>
  a.node === b.node &&
  a.goneAt === b.goneAt &&
  (a.dimmed ?? false) === (b.dimmed ?? false) &&
  a.findings.length === b.findings.length &&
  a.findings.every((finding, n) => finding === b.findings[n]);

const sameEdge = (a: ShownEdge, b: ShownEdge): boolean =>
  a.edge === b.edge && a.count === b.count && (a.dimmed ?? false) === (b.dimmed ?? false);

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

/** The last picture that was heard of. */
interface News extends Pick<Picture, 'nodes' | 'edges'> {
  findings: ReadonlyMap<string, readonly Finding[]>;
}

export function createShownStore(): ShownStore {
  const listeners = new Map<string, Set<() => void>>();
  let cards: ReadonlyMap<string, ShownCard> = new Map();
  let edges: ReadonlyMap<string, ShownEdge> = new Map();
  let news: News | undefined;
  let folded: Viewed['carried'] | undefined;
  /** A graph may be drawn from an older picture than the last one heard of: what is shown is decided by it, content by the news. */
  const fresh = (graph: Pick<ShownGraph, 'cards' | 'edges'>) => {
    if (!news) return graph;
    const { nodes, edges: known, findings } = news;
    return {
      cards: graph.cards.map((card) => {
        const node = nodes.get(card.node.key);
        return node && card.goneAt === undefined
          ? { ...card, node, findings: findings.get(node.key) ?? NO_FINDINGS }
          : card;
      }),
      edges: graph.edges.map((shown) => {
        const edge = known.get(shown.id as EdgeKey); // a bundle's id is no edge's key
        return edge ? { ...shown, edge, share: edge.share } : shown;
      }),
    };
  };
  const tell = (changed: ReadonlySet<string>) => {
    for (const id of changed) for (const listener of [...(listeners.get(id) ?? [])]) listener();
  };
  const show = (graph: Pick<ShownGraph, 'cards' | 'edges'>): void => {
    const changed = new Set<string>();
    const now = fresh(graph);
    cards = keep(cards, now.cards, ({ node }) => node.key, sameCard, changed);
    edges = keep(edges, now.edges, ({ id }) => id, sameEdge, changed);
    tell(changed);
  };
  return {
    put(graph, carried) {
      folded = carried;
      show(graph);
    },
    update(picture) {
      news = {
        nodes: picture.nodes,
        edges: picture.edges,
        findings: findingsByCard({ ...picture, ...(folded ? { carried: folded } : {}) }),
      };
      show({ cards: [...cards.values()], edges: [...edges.values()] });
    },
    nodes: () => news?.nodes,
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
