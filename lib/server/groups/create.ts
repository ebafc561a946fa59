/** The one function that makes a BackendGroup, anew or again. */
import 'server-only';
import type { GroupAnswer, GroupCreation } from '@/lib/api/backend-groups';
import {
  groupManifest,
  groupNames,
  HISTORY_ANNOTATION,
  restoredOf,
  type RawObject,
} from '@/lib/providers/app-mesh';
import { objectYaml } from '../object-yaml';
import { fail, type Failure } from '../problem';
import { findingsBetween, yamlOf } from '../writing/answer';
import {
  asRawObject,
  asRehearsedObject,
  attemptOf,
  BACKEND_GROUP,
  collectionPath,
  modelWith,
} from '../writing/objects';
import { listEntry } from '../writing/seen-list';
import { writeFailure } from '../writing/send-patch';
import { checkMembers, groupPlace, type GroupWriting, type GroupWritten } from './live';

type Creating = GroupWriting<GroupCreation>;

/** Sends the object. `dryRun`: the API server checks it by schema and webhooks, and forgets it. */
async function send(
  { cluster, address, signal }: Creating,
  manifest: object,
  dryRun: boolean,
): Promise<{ ok: true; body: unknown } | Failure> {
  const answer = await cluster.request('POST', collectionPath(BACKEND_GROUP, address.namespace), {
    query: { fieldManager: 'meshdeck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: manifest,
    writes: !dryRun,
    // A write under way is not abandoned because the browser went away.
    ...(dryRun ? { signal } : {}),
  });
  if (answer.ok) return answer;
  if (answer.kind === 'conflict')
    return fail('E417', { values: { reason: 'taken', group: groupPlace(address), member: '' } });
  return writeFailure(answer, dryRun, attemptOf(cluster, 'create', BACKEND_GROUP, address));
}

/** No line of YAML made here begins with a word and nothing else, so that none ends the here-document before its end. */
const kubectlOf = (yaml: string): string => `kubectl create -f - <<'EOF'\n${yaml}EOF`;

/** What the creation looks like, in the mesh that the controller put the group into. */
function describe(
  writing: Creating,
  made: RawObject,
  rest: Pick<GroupAnswer, 'outcome' | 'warnings' | 'historyId'>,
): GroupAnswer {
  const { source, address, body } = writing;
  const model = modelWith(source, BACKEND_GROUP, made);
  const before = source.declared().find(({ mesh }) => mesh.key === model?.mesh.key);
  const { uid, resourceVersion, generation } = made.metadata;
  const manifest = yamlOf(groupManifest(address, body.restore ?? restoredOf(body.members ?? [])));
  return {
    group: { uid, resourceVersion, generation: generation ?? 0 },
    after: groupNames(made) ?? [],
    yaml: { before: '', after: objectYaml(made, [HISTORY_ANNOTATION]) },
    kubectl: kubectlOf(manifest),
    kustomize: manifest,
    findings:
      model === undefined || before === undefined
        ? { created: [], cleared: [] }
        : findingsBetween(writing, before, model),
    ...rest,
  };
}

/** Rehearses, checks the members in the mesh that the controller designates, and makes the group. Failures: E202, E410, E417, E501…E505. */
export async function createGroup(writing: Creating): Promise<GroupWritten> {
  const { source, address, body, log } = writing;
  const { restore, members = [], dryRun } = body;
  const after = restore?.virtualservices?.map(({ namespace, name }) =>
    namespace ? `${namespace}/${name}` : name,
  );
  const names = after ?? members;
  const entry = listEntry(writing, { after: names, removed: [], added: names.map((_, at) => at) });
  const manifest = groupManifest(address, restore ?? restoredOf(members), entry);
  const twice = members.find((member, at) => members.indexOf(member) !== at);
  if (twice !== undefined)
    return fail('E417', { values: { reason: 'present', group: groupPlace(address), member: twice } });
  const rehearsed = await send(writing, manifest, true);
  if (!rehearsed.ok) return rehearsed;
  const tried = asRehearsedObject(rehearsed.body);
  const mesh = modelWith(source, BACKEND_GROUP, tried)?.mesh.key;
  const model = source.declared().find((each) => each.mesh.key === mesh);
  // What is made again is made as it was, whatever became of its members.
  const checked =
    model === undefined || restore !== undefined
      ? { ok: true as const, warnings: [] }
      : checkMembers(model, address, { before: undefined, after: members, added: members });
  if (!checked.ok) return checked;
  const { warnings } = checked;
  if (dryRun === true) return { ok: true, answer: describe(writing, tried, { outcome: 'dryRun', warnings }) };
  const written = await send(writing, manifest, false);
  if (!written.ok) return written;
  const historyId = entry.id;
  try {
    const made = asRawObject(written.body);
    return { ok: true, answer: describe(writing, made, { outcome: 'applied', warnings, historyId }) };
  } catch (error) {
    log.error({ err: error, historyId }, 'a group that was made could not be described');
    return fail('E505', { values: { message: error instanceof Error ? error.message : String(error) } });
  }
}
