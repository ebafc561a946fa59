/** The one function that changes the members of a BackendGroup. Screen, undo and scripts all come through here. */
import 'server-only';
import type { GroupAnswer, GroupEdit } from '@/lib/api/backend-groups';
import {
  changeGroup,
  groupNames,
  groupPatch,
  kubectlGroupCommand,
  memberRecord,
  undoGroup,
  type ChangedList,
  type GroupRefusal,
  type RawObject,
} from '@/lib/providers/app-mesh';
import { checkOwner } from '../backends/guards';
import { fail, type Failure } from '../problem';
import { beforeAndAfter, kustomizeYaml } from '../writing/answer';
import { BACKEND_GROUP } from '../writing/objects';
import { isAsSeen, listConflict, listEntry, type SeenList } from '../writing/seen-list';
import { writeObject, type Guarded } from '../writing/write-object';
import {
  checkMembers,
  groupPlace,
  readLiveGroup,
  seenGroup,
  type GroupWriting,
  type GroupWritten,
  type LiveGroup,
} from './live';

type Editing = GroupWriting<GroupEdit>;

interface GuardedGroup extends Guarded {
  live: LiveGroup;
  changed: ChangedList;
  warnings: GroupAnswer['warnings'];
}

function refusal(made: GroupRefusal, group: string): Failure {
  switch (made.kind) {
    case 'changed':
      return fail('E404', { values: { reason: 'members' } });
    case 'malformed':
      return fail('E417', { values: { reason: 'malformed', group, member: '' } });
    case 'present':
    case 'absent':
      return fail('E417', { values: { reason: made.kind, group, member: made.member } });
  }
}

/** What the request makes of the members, or the exact opposite of a recorded change. */
function changeOf(live: LiveGroup, { body, address }: Editing): { ok: true; changed: ChangedList } | Failure {
  const group = groupPlace(address);
  if (body.undo === undefined) {
    const made = changeGroup(live.raw, body);
    return made.ok ? made : refusal(made, group);
  }
  const entry = live.group.history?.find(({ id }) => id === body.undo);
  if (entry === undefined) return fail('E404', { values: { reason: 'group' } });
  const made = undoGroup(live.raw, entry);
  return made.ok ? made : refusal(made, group);
}

const conflict = ({ address, body }: Editing, seen: SeenList, live: LiveGroup): Failure =>
  listConflict(BACKEND_GROUP, groupPlace(address), seen, live, (base) => [
    ...base.filter((name) => body.remove?.includes(name) !== true),
    ...(body.add ?? []),
  ]);

function guard(
  writing: Editing,
  live: LiveGroup,
  seen: SeenList,
): { ok: true; change: GuardedGroup } | Failure {
  const { address, body } = writing;
  if (!isAsSeen(seen, live)) return conflict(writing, seen, live);
  const made = changeOf(live, writing);
  if (!made.ok) return made;
  const { changed } = made;
  const record = memberRecord(live.raw, changed);
  const checked = checkMembers(live.model, address, {
    before: live.names,
    after: record.after ?? [],
    added: body.add ?? [],
  });
  if (!checked.ok) return checked;
  const owner = checkOwner(live.group, body);
  if (!owner.ok) return owner;
  const entry = listEntry(writing, record);
  const warnings = [...owner.warnings, ...checked.warnings];
  const patch = groupPatch(live.raw, changed, entry);
  return { ok: true, change: { live, changed, warnings, patch, historyId: entry.id } };
}

function describe(
  writing: Editing,
  { live, changed, warnings, historyId }: GuardedGroup,
  written: RawObject,
  outcome: GroupAnswer['outcome'],
): GroupAnswer {
  const { object, yaml, findings } = beforeAndAfter(writing, BACKEND_GROUP, live, written);
  return {
    outcome,
    group: object,
    before: live.names,
    after: groupNames(written) ?? [],
    yaml,
    kubectl: kubectlGroupCommand(live.raw, changed),
    kustomize: kustomizeYaml(live.raw, groupPatch(live.raw, changed)),
    findings,
    warnings,
    ...(outcome === 'applied' ? { historyId } : {}),
  };
}

/**
 * Reads the live group, checks what the caller saw against it, guards, rehearses as a dry run and writes. Failures: E202, E203, E204, E303,
 * E404, E409, E410, E417, E501…E505.
 */
export function editGroup(writing: Editing): Promise<GroupWritten> {
  const { cluster, address, body, signal, log } = writing;
  let first: SeenList | undefined;
  const seen = (live: LiveGroup): SeenList => (first ??= seenGroup(body.expected, live));
  return writeObject<LiveGroup, GuardedGroup, GroupAnswer>({
    ...{ cluster, kind: BACKEND_GROUP, address, signal, log, dryRun: body.dryRun === true },
    read: () => readLiveGroup(writing),
    guard: (live) => guard(writing, live, seen(live)),
    describe: (change, written, outcome) => describe(writing, change, written, outcome),
    conflict: (live) => conflict(writing, seen(live), live),
  });
}
