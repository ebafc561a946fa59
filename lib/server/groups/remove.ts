/** The one function that deletes a BackendGroup. What it takes to make it again is in the answer. */
import 'server-only';
import type { GroupAnswer, GroupRemovalRequest } from '@/lib/api/backend-groups';
import { groupRemoval, HISTORY_ANNOTATION, kubectlGroupRemoval, restorable } from '@/lib/providers/app-mesh';
import { checkOwner } from '../backends/guards';
import { objectYaml } from '../object-yaml';
import type { Failure } from '../problem';
import { findingsBetween, yamlOf } from '../writing/answer';
import { attemptOf, BACKEND_GROUP, modelWithout, objectPath } from '../writing/objects';
import { isAsSeen, listConflict, type SeenList } from '../writing/seen-list';
import { ATTEMPTS, writeFailure } from '../writing/send-patch';
import {
  groupPlace,
  readLiveGroup,
  seenGroup,
  type GroupWriting,
  type GroupWritten,
  type LiveGroup,
} from './live';

type Removing = GroupWriting<GroupRemovalRequest>;

/** Deletes exactly the object that was read; `again` where it is another one by now. */
async function send(
  { cluster, address, signal }: Removing,
  { raw: { metadata } }: LiveGroup,
  dryRun: boolean,
): Promise<{ ok: true } | Failure | 'again'> {
  const { uid, resourceVersion } = metadata;
  const answer = await cluster.request('DELETE', objectPath(BACKEND_GROUP, address), {
    body: {
      ...{ kind: 'DeleteOptions', apiVersion: 'v1' },
      preconditions: { uid, resourceVersion },
      ...(dryRun ? { dryRun: ['All'] } : {}),
    },
    writes: !dryRun,
    ...(dryRun ? { signal } : {}),
  });
  if (answer.ok) return { ok: true };
  if (answer.kind === 'conflict') return 'again';
  return writeFailure(answer, dryRun, attemptOf(cluster, 'delete', BACKEND_GROUP, address));
}

function describe(
  writing: Removing,
  { raw, model, names }: LiveGroup,
  rest: Pick<GroupAnswer, 'outcome' | 'warnings'>,
): GroupAnswer {
  const { source, address } = writing;
  const { uid, resourceVersion, generation } = raw.metadata;
  const without = modelWithout(source, BACKEND_GROUP, raw, model.mesh.key) ?? model;
  return {
    group: { uid, resourceVersion, generation: generation ?? 0 },
    before: names,
    yaml: { before: objectYaml(raw, [HISTORY_ANNOTATION]), after: '' },
    kubectl: kubectlGroupRemoval(address),
    kustomize: yamlOf([{ patch: yamlOf(groupRemoval(address)) }]),
    findings: findingsBetween(writing, model, without),
    restore: restorable(raw),
    ...rest,
  };
}

/**
 * Reads the group, checks what the caller saw against it, guards, rehearses and deletes. Failures: E202, E203, E204, E303, E409, E410,
 * E501…E505.
 */
export async function removeGroup(writing: Removing): Promise<GroupWritten> {
  const { address, body } = writing;
  let seen: SeenList | undefined;
  for (let tries = 1; ; tries += 1) {
    const live = await readLiveGroup(writing);
    if (!live.ok) return live;
    seen ??= seenGroup(body.expected, live);
    const conflict = listConflict(BACKEND_GROUP, groupPlace(address), seen, live, () => []);
    if (!isAsSeen(seen, live)) return conflict;
    const owner = checkOwner(live.group, body);
    if (!owner.ok) return owner;
    const rehearsed = await send(writing, live, true);
    const outcome = body.dryRun === true ? 'dryRun' : 'applied';
    const sent =
      rehearsed === 'again' || !rehearsed.ok || outcome === 'dryRun'
        ? rehearsed
        : await send(writing, live, false);
    if (sent !== 'again')
      return sent.ok
        ? { ok: true, answer: describe(writing, live, { outcome, warnings: owner.warnings }) }
        : sent;
    if (tries >= ATTEMPTS) return conflict;
  }
}
