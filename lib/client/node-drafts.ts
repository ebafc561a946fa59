'use client';
/** The draft of what a node says of backends: its text, as it was typed, and what it was begun from. Kept over page loads. */
import { useMemo, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { draftSlots } from './draft-slots';

const nodeDraft = z.object({
  text: z.string(),
  /** The last text that could be read: what the form shows while `text` cannot. */
  good: z.string(),
  /** What stood when it was begun: a change is measured against it, however long the draft lies. */
  base: z.object({ uid: z.string(), resourceVersion: z.string(), spec: z.record(z.string(), z.unknown()) }),
});
export type NodeDraft = z.infer<typeof nodeDraft>;

/** The draft in a stored text; `undefined` where there is none that can be used. */
export function readNodeDraft(text: string | null | undefined): NodeDraft | undefined {
  try {
    return nodeDraft.safeParse(JSON.parse(text ?? 'null')).data;
  } catch {
    return undefined;
  }
}

const slotOf = draftSlots<NodeDraft | undefined>({
  name: 'meshdeck.nodeBackends',
  read: readNodeDraft,
  write: (draft) => draft && JSON.stringify(draft),
});

const NONE = () => undefined;

/** The draft of a node and how to replace it; `undefined` for none. */
export function useNodeDraft(
  source: string,
  mesh: string,
  node: string,
): readonly [NodeDraft | undefined, (next: NodeDraft | undefined) => void] {
  const slot = useMemo(() => slotOf(source, mesh, node), [source, mesh, node]);
  return [useSyncExternalStore(slot.subscribe, slot.get, NONE), slot.set];
}
