'use client';
/** The draft of a mesh's whitelist: one per mesh and tab, the same on the matrix and on the graph, kept over page loads. */
import { useMemo, useSyncExternalStore } from 'react';
import { editsOf, NO_DRAFT } from '@/lib/mesh/backends/edits';
import type { Draft, EditKind } from '@/lib/mesh/backends/edits';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { draftSlots } from './draft-slots';

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

/** The store of one mesh; the same for everybody who asks in this tab. */
export const backendsDraft = draftSlots<Draft>({
  name: 'meshdeck.backends',
  read: readDraft,
  write: (draft) => (draft.size === 0 ? undefined : writeDraft(draft)),
});

/** The draft of a mesh and how to replace it. */
export function useBackendsDraft(source: string, mesh: string): readonly [Draft, (next: Draft) => void] {
  const store = useMemo(() => backendsDraft(source, mesh), [source, mesh]);
  const draft = useSyncExternalStore(store.subscribe, store.get, () => NO_DRAFT);
  return [draft, store.set];
}
