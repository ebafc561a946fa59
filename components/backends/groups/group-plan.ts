/** What is sent for a group as it is wanted, and what takes it back. */
import type { GroupAnswer } from '@/lib/api/backend-groups';
import type { GroupWrite } from '@/lib/client/backend-groups';
import { memberNames } from '@/lib/mesh/backends/groups';
import type { GroupChange } from '@/lib/mesh/backends/groups';
import { backendGroupKey } from '@/lib/mesh/keys';
import type { BackendGroup } from '@/lib/mesh/model';

/** A group as somebody wants it: without `group` it is to be made, without `members` it is to go. */
export interface WantedGroup {
  group: BackendGroup | undefined;
  namespace: string;
  name: string;
  members: readonly string[] | undefined;
}

export const changeOf = ({ group, namespace, name, members }: WantedGroup): GroupChange => ({
  key: backendGroupKey(namespace, name),
  before: group && memberNames(group),
  after: members,
});

/** What comes and what goes. A name that stands twice and is wanted once stays as it is. */
export function memberEdits({ before = [], after = [] }: GroupChange): { add: string[]; remove: string[] } {
  return {
    add: after.filter((name) => !before.includes(name)),
    remove: [...new Set(before.filter((name) => !after.includes(name)))],
  };
}

export const changesSomething = (change: GroupChange): boolean => {
  const { add, remove } = memberEdits(change);
  return change.before === undefined || change.after === undefined || add.length + remove.length > 0;
};

/** The write of what is wanted, measured against the group as it was seen. */
export function writeOf(wanted: WantedGroup): GroupWrite {
  const { group, namespace, name, members } = wanted;
  if (group === undefined)
    return { kind: 'create', body: { namespace, name, members: [...(members ?? [])] } };
  const { uid, resourceVersion } = group.ref;
  const expected = { uid, resourceVersion, members: memberNames(group) };
  if (members === undefined) return { kind: 'remove', namespace, name, body: { expected } };
  const { add, remove } = memberEdits(changeOf(wanted));
  return {
    kind: 'edit',
    namespace,
    name,
    body: { ...(add.length > 0 ? { add } : {}), ...(remove.length > 0 ? { remove } : {}), expected },
  };
}

/** The write that takes a write back; `undefined` where nothing tells how. */
export function undoOf(
  { group, namespace, name, members }: WantedGroup,
  { group: { uid, resourceVersion }, after, historyId, restore }: GroupAnswer,
): GroupWrite | undefined {
  const expected = { uid, resourceVersion, ...(after === undefined ? {} : { members: after }) };
  if (members === undefined) return restore && { kind: 'create', body: { namespace, name, restore } };
  if (group === undefined) return { kind: 'remove', namespace, name, body: { expected } };
  return historyId === undefined
    ? undefined
    : { kind: 'edit', namespace, name, body: { undo: historyId, expected } };
}

/** What was wanted of the members that were seen, put on top of those that stand there now. */
export function rebasedMembers(
  seen: readonly string[],
  wanted: readonly string[],
  now: readonly string[],
): { members: string[]; removed: ReadonlySet<string> } {
  const added = wanted.filter((name) => !seen.includes(name) && !now.includes(name));
  const gone = seen.filter((name) => !wanted.includes(name) && now.includes(name));
  return { members: [...now, ...added], removed: new Set(gone) };
}
