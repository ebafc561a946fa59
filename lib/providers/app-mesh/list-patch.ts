/**
 * JSON Patches for a list inside of an object: the backends of a node, the members of a group. The list is tested as a whole, as it was
 * seen; what stays is not written.
 */
import type { BackendsEntry } from '@/lib/mesh/model';
import { HISTORY_ANNOTATION, readBackendsHistory, writeHistory } from './history';
import { annotationOps } from './patch';
import type { JsonPatchOp } from './patch';
import type { RawObject } from './resources';

/** What a change makes of the list. Places of `removed` are in the list before, those of `added` in the list after. */
export interface ChangedList {
  before: unknown[] | undefined;
  after: unknown[] | undefined;
  removed: BackendsEntry['removed'];
  added: number[];
}

export const sameNames = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === undefined || b === undefined ? a === b : a.length === b.length && a.every((name, i) => name === b[i]);

/** The exact opposite of a recorded change, for a list that is what that change left. */
export function undoneList(raw: unknown[] | undefined, entry: BackendsEntry): ChangedList {
  const removed: BackendsEntry['removed'] = [];
  const after: unknown[] = [];
  (raw ?? []).forEach((backend: unknown, at) => {
    if (entry.added.includes(at)) removed.push({ at, backend });
    else after.push(backend);
  });
  const restored = [...entry.removed].sort((a, b) => a.at - b.at);
  for (const { at, backend } of restored) after.splice(at, 0, backend);
  return {
    before: raw,
    after: entry.before === undefined ? undefined : after,
    removed,
    added: restored.map(({ at }) => at),
  };
}

/** The operations for exactly this object: uid and the list at `path` are tested as seen; then some entries go, and others come. */
export function listOps(
  object: RawObject,
  path: string,
  { before, after, removed, added }: ChangedList,
): JsonPatchOp[] {
  const patch: JsonPatchOp[] = [{ op: 'test', path: '/metadata/uid', value: object.metadata.uid }];
  if (before !== undefined) patch.push({ op: 'test', path, value: before });
  if (before === undefined) {
    if (after !== undefined) patch.push({ op: 'add', path, value: after });
  } else if (after === undefined) patch.push({ op: 'remove', path });
  else {
    for (const { at } of [...removed].sort((a, b) => b.at - a.at))
      patch.push({ op: 'remove', path: `${path}/${at}` });
    for (const at of [...added].sort((a, b) => a - b))
      patch.push({ op: 'add', path: `${path}/${at}`, value: after[at] });
  }
  return patch;
}

/** The operations that put `entry` on top of the history; none where there is nothing to remember. */
export function historyOps(object: RawObject, entry: BackendsEntry | undefined): JsonPatchOp[] {
  if (entry === undefined) return [];
  const old = readBackendsHistory(object.metadata.annotations?.[HISTORY_ANNOTATION]);
  return annotationOps(object, { [HISTORY_ANNOTATION]: writeHistory(old, entry) });
}
