/** Writing BackendGroups: patches of their members, and whole objects where one is made or made again. */
import { z } from 'zod';
import type { BackendsEntry } from '@/lib/mesh/model';
import { HISTORY_ANNOTATION, readBackendsHistory, writeHistory } from './history';
import { historyOps, listOps, sameNames, undoneList } from './list-patch';
import type { ChangedList } from './list-patch';
import type { JsonPatchOp } from './patch';
import { APP_MESH_GROUP, APP_MESH_VERSION } from './resources';
import type { RawObject } from './resources';
import { shellQuoted } from './shell';

/** malformed: the list cannot be read. present: a member already. absent: no such member. changed: the list is not what the undone change left. */
export type GroupRefusal =
  { ok: false; kind: 'malformed' | 'changed' } | { ok: false; kind: 'present' | 'absent'; member: string };

const PATH = '/spec/virtualservices';

const member = z.looseObject({ name: z.string(), namespace: z.string().nullish() });
const listed = z.looseObject({ spec: z.looseObject({ virtualservices: z.array(member).nullish() }) });

const nameOf = ({ name, namespace }: z.infer<typeof member>): string =>
  namespace ? `${namespace}/${name}` : name;

function readList(
  group: RawObject,
): { ok: true; names: string[] | undefined; raw: unknown[] | undefined } | { ok: false } {
  const parsed = listed.safeParse(group);
  if (!parsed.success) return { ok: false };
  const list = parsed.data.spec.virtualservices ?? undefined;
  return { ok: true, names: list?.map(nameOf), raw: list };
}

/**
 * Names of the members as they are written, in their order: namespace/name, or the name alone. `undefined` where there is no list, or
 * none that can be read.
 */
export function groupNames(group: RawObject): string[] | undefined {
  const read = readList(group);
  return read.ok ? read.names : undefined;
}

function newMember(text: string): unknown {
  const [first = '', second] = text.split('/');
  return second === undefined ? { name: first } : { namespace: first, name: second };
}

/** What a change would make of a group's members. Added ones come last; of a name that is removed every entry goes. */
export function changeGroup(
  group: RawObject,
  { add = [], remove = [] }: { add?: readonly string[] | undefined; remove?: readonly string[] | undefined },
): { ok: true; changed: ChangedList } | GroupRefusal {
  const read = readList(group);
  if (!read.ok) return { ok: false, kind: 'malformed' };
  const names = read.names ?? [];
  const missing = remove.find((name) => !names.includes(name));
  if (missing !== undefined) return { ok: false, kind: 'absent', member: missing };
  const twice = add.find(
    (name, at) => (names.includes(name) && !remove.includes(name)) || add.indexOf(name) !== at,
  );
  if (twice !== undefined) return { ok: false, kind: 'present', member: twice };
  const removed: BackendsEntry['removed'] = [];
  const after: unknown[] = [];
  (read.raw ?? []).forEach((backend: unknown, at) => {
    if (remove.includes(names[at] ?? '')) removed.push({ at, backend });
    else after.push(backend);
  });
  const added = add.map((_, i) => after.length + i);
  const list = [...after, ...add.map(newMember)];
  const untouched = read.raw === undefined && list.length === 0;
  return { ok: true, changed: { before: read.raw, after: untouched ? undefined : list, removed, added } };
}

/** The exact opposite of a recorded change. Refused (`changed`) unless the list is what that change left. */
export function undoGroup(
  group: RawObject,
  entry: BackendsEntry,
): { ok: true; changed: ChangedList } | GroupRefusal {
  const read = readList(group);
  if (!read.ok) return { ok: false, kind: 'malformed' };
  if (!sameNames(read.names, entry.after)) return { ok: false, kind: 'changed' };
  return { ok: true, changed: undoneList(read.raw, entry) };
}

export const groupPatch = (group: RawObject, changed: ChangedList, entry?: BackendsEntry): JsonPatchOp[] => [
  ...listOps(group, PATH, changed),
  ...historyOps(group, entry),
];

/** A change as the history keeps it: what undo needs, and the names before and after. */
export function memberRecord(
  group: RawObject,
  { after, removed, added }: ChangedList,
): Pick<BackendsEntry, 'before' | 'after' | 'removed' | 'added'> {
  const [was, is] = [groupNames(group), groupNames({ ...group, spec: { virtualservices: after } })];
  return {
    ...(was === undefined ? {} : { before: was }),
    ...(is === undefined ? {} : { after: is }),
    removed,
    added,
  };
}

/** What it takes to make a group again as it was: everything somebody wrote down, and nothing the cluster did. */
export interface RestoredGroup {
  labels?: Record<string, string> | undefined;
  annotations?: Record<string, string> | undefined;
  virtualservices?: { name: string; namespace?: string | null | undefined }[] | undefined;
}

export function restorable(group: RawObject): RestoredGroup {
  const { labels, annotations } = group.metadata;
  const parsed = listed.safeParse(group);
  const members = parsed.success ? (parsed.data.spec.virtualservices ?? undefined) : undefined;
  return {
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(members === undefined ? {} : { virtualservices: members }),
  };
}

export const restoredOf = (members: readonly string[]): RestoredGroup => ({
  virtualservices: members.map((each) => newMember(each) as { name: string; namespace?: string }), // just made so
});

/** The object as it is sent to be made; with `entry` on top of whatever history it brings along. The mesh is designated by the controller. */
export function groupManifest(
  { namespace, name }: { namespace: string; name: string },
  { labels, annotations = {}, virtualservices }: RestoredGroup,
  entry?: BackendsEntry,
): { apiVersion: string; kind: string; metadata: object; spec: object } {
  const { [HISTORY_ANNOTATION]: history, ...others } = annotations;
  const kept =
    entry === undefined
      ? others
      : { ...others, [HISTORY_ANNOTATION]: writeHistory(readBackendsHistory(history), entry) };
  return {
    apiVersion: `${APP_MESH_GROUP}/${APP_MESH_VERSION}`,
    kind: 'BackendGroup',
    metadata: {
      name,
      namespace,
      ...(labels === undefined ? {} : { labels }),
      ...(Object.keys(kept).length === 0 ? {} : { annotations: kept }),
    },
    spec: virtualservices === undefined ? {} : { virtualservices },
  };
}

/** What takes the object out of a kustomization: an entry of its `patches`. */
export const groupRemoval = ({ namespace, name }: { namespace: string; name: string }) => ({
  $patch: 'delete',
  apiVersion: `${APP_MESH_GROUP}/${APP_MESH_VERSION}`,
  kind: 'BackendGroup',
  metadata: { name, namespace },
});

/** The equal kubectl commands, ready to paste into a POSIX shell. They leave the history alone. */
export const kubectlGroupCommand = (group: RawObject, changed: ChangedList): string =>
  [
    `kubectl -n ${group.metadata.namespace ?? 'default'} patch backendgroups.appmesh.k8s.aws ${group.metadata.name}`,
    `--type=json -p ${shellQuoted(JSON.stringify(groupPatch(group, changed)))}`,
  ].join(' ');

export const kubectlGroupRemoval = ({ namespace, name }: { namespace: string; name: string }): string =>
  `kubectl -n ${namespace} delete backendgroups.appmesh.k8s.aws ${name}`;
