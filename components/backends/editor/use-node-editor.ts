'use client';
/** What a node says of backends, as it is edited: the text, what the form makes of it, and what it was begun from. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNodeDraft } from '@/lib/client/node-drafts';
import { objectOptions } from '@/lib/client/queries';
import type { MeshNode } from '@/lib/mesh/model';
import { same } from '@/lib/mesh/plain';
import { readSpec, seenSpec, specIn, textWith, writeSpec } from './spec-text';
import type { ReadSpec, Spec } from './spec-text';

export interface SeenSpec {
  uid: string;
  resourceVersion: string;
  spec: Spec;
}

export interface NodeEditing {
  text: string;
  read: ReadSpec;
  /** What the form shows: the text, or the last that could be read. */
  spec: Spec;
  base: SeenSpec;
  /** What stands now. */
  live: SeenSpec;
  /** There is a draft to discard, if only of comments. */
  drafted: boolean;
  /** Something is typed that is not what the draft was begun from. */
  dirty: boolean;
  /** What stands now is another than what the draft was begun from. */
  moved: boolean;
  setText(text: string): void;
  setSpec(spec: Spec): void;
  /** The text is what the form shows. */
  repair(): void;
  discard(): void;
  /** The draft, begun anew from what stands now. */
  rebase(spec: Spec, onto: SeenSpec): void;
}

/** `undefined` until the object was read. */
export function useNodeEditor(source: string, mesh: string, node: MeshNode): NodeEditing | undefined {
  const { namespace } = node.ref;
  const object = useQuery({
    ...objectOptions(source, mesh, 'node', node.ref),
    placeholderData: keepPreviousData,
  });
  const yaml = object.data?.yaml;
  const live = useMemo(() => (yaml === undefined ? undefined : seenSpec(yaml)), [yaml]);
  const [draft, setDraft] = useNodeDraft(source, mesh, node.key);
  const text = draft?.text ?? (live && writeSpec(live.spec));
  const good = draft?.good ?? text;
  const read = useMemo(() => (text === undefined ? undefined : readSpec(text, namespace)), [text, namespace]);
  const spec = useMemo((): Spec | undefined => {
    if (read === undefined || good === undefined) return undefined;
    if (read.ok) return read.spec;
    const last = readSpec(good, namespace);
    return last.ok ? last.spec : {};
  }, [read, good, namespace]);
  return useMemo(() => {
    if (live === undefined || text === undefined || good === undefined || !read || !spec) return undefined;
    const base: SeenSpec = draft ? { ...draft.base, spec: specIn(draft.base.spec) } : live;
    const write = (next: string, onto: SeenSpec) => {
      const made = readSpec(next, namespace);
      const untouched = made.ok && next === writeSpec(onto.spec);
      setDraft(
        untouched
          ? undefined
          : { text: next, good: made.ok ? next : good, base: { ...onto, spec: { ...onto.spec } } },
      );
    };
    const writeWith = (next: Spec, onto: SeenSpec) =>
      // What stands again is written as it was, so that nothing is left of the draft.
      write(
        same(next, onto.spec) && !text.includes('#')
          ? writeSpec(onto.spec)
          : textWith(read.ok ? text : good, next),
        onto,
      );
    return {
      text,
      read,
      spec,
      base,
      live,
      drafted: draft !== undefined,
      dirty: !read.ok || !same(read.spec, base.spec),
      moved: draft !== undefined && (live.uid !== base.uid || !same(live.spec, base.spec)),
      setText: (next) => write(next, base),
      setSpec: (next) => writeWith(next, base),
      repair: () => write(good, base),
      discard: () => setDraft(undefined),
      rebase: writeWith,
    };
  }, [draft, setDraft, live, text, good, read, spec, namespace]);
}
