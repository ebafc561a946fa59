'use client';
/** The draft of a mesh's whitelist: one per mesh and tab, the same on the matrix and on the graph, kept over page loads. */
import { useMemo, useSyncExternalStore } from 'react';
import { editsOf, NO_DRAFT } from '@/lib/mesh/backends/edits';
import type { Draft, EditKind } from '@/lib/mesh/backends/edits';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { sessionStore } from './browser-store';

const SLOT = 'meshdeck.backends';

/** The text `readDraft` reads: a list of node, service and what is wanted. */
export const writeDraft = (draft: Draft): string =>
  JSON.stringify([...editsOf(draft)].map(({ node, service, kind }) => [node, service, kind]));

const isKey = (found: unknown): found is EntityKey =>
  typeof found === 'string' && parseEntityKey(found) !== undefined;

/** The draft in a stored text; what cannot be used is left out. */
export function readDraft(text: string | null | undefined): Draft {
  let found: unknown;
  try {
    found = JSON.parse(text ?? '[]');
  } catch {
    return NO_DRAFT;
  }
  if (!Array.isArray(found)) return NO_DRAFT;
  const draft = new Map<EntityKey, Map<EntityKey, EditKind>>();
  for (const each of found) {
    if (!Array.isArray(each)) continue;
    const [node, service, kind]: unknown[] = each;
    if (!isKey(node) || !isKey(service) || (kind !== 'allow' && kind !== 'revoke')) continue;
    const row = draft.get(node) ?? new Map<EntityKey, EditKind>();
    draft.set(node, row.set(service, kind));
  }
  return draft;
}

export interface BackendsDraft {
  get(): Draft;
  set(next: Draft): void;
  subscribe(listener: () => void): () => void;
}

const stores = new Map<string, BackendsDraft>();

/** The store of one mesh; the same for everybody who asks in this tab. */
export function backendsDraft(source: string, mesh: string): BackendsDraft {
  const slot = `${SLOT} ${JSON.stringify([source, mesh])}`;
  const known = stores.get(slot);
  if (known !== undefined) return known;
  const listeners = new Set<() => void>();
  let draft: Draft | undefined;
  const store: BackendsDraft = {
    get: () => (draft ??= readDraft(sessionStore()?.getItem(slot))),
    set(next) {
      if (next === draft) return;
      draft = next;
      try {
        if (next.size === 0) sessionStore()?.removeItem(slot);
        else sessionStore()?.setItem(slot, writeDraft(next));
      } catch {
        // With a full store the draft lasts as long as the page.
      }
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  stores.set(slot, store);
  return store;
}

/** The draft of a mesh and how to replace it. */
export function useBackendsDraft(source: string, mesh: string): readonly [Draft, (next: Draft) => void] {
  const store = useMemo(() => backendsDraft(source, mesh), [source, mesh]);
  const draft = useSyncExternalStore(store.subscribe, store.get, () => NO_DRAFT);
  return [draft, store.set];
}
