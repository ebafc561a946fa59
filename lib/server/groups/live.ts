/** A BackendGroup as the cluster holds it at this moment, and what a change of it meets. */
import 'server-only';
import type { GroupAnswer, GroupEdit } from '@/lib/api/backend-groups';
import { groupImpact } from '@/lib/mesh/backends/groups';
import { BACKENDS_MAX } from '@/lib/mesh/backends/impact';
import { NO_CALLS } from '@/lib/mesh/backends/observed';
import { whitelistOf } from '@/lib/mesh/backends/whitelist';
import { backendGroupKey, parseEntityKey, serviceKey } from '@/lib/mesh/keys';
import type { BackendGroup, MeshModel } from '@/lib/mesh/model';
import type { ClusterClient } from '@/lib/kubernetes';
import { groupNames, type RawObject } from '@/lib/providers/app-mesh';
import { notReady } from '../call';
import { clusterFailure } from '../cluster-failure';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import type { Judging } from '../writing/answer';
import {
  asRawObject,
  attemptOf,
  BACKEND_GROUP,
  modelWith,
  objectPath,
  type ObjectAddress,
} from '../writing/objects';
import { seenList, type SeenList } from '../writing/seen-list';

export interface GroupWriting<Body> extends Judging {
  cluster: ClusterClient;
  address: ObjectAddress;
  body: Body;
  /** Who changes, for the history. */
  by: string;
  signal: AbortSignal;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
}

export type GroupWritten = { ok: true; answer: GroupAnswer } | Failure;

export interface LiveGroup {
  raw: RawObject;
  model: MeshModel;
  group: BackendGroup;
  /** Members as they are written, in their order. */
  names: string[];
}

export const groupPlace = ({ namespace, name }: ObjectAddress): string => `${namespace}/${name}`;

/** Reads a group from the cluster. Failures: those of the cluster, E303, E417, E503. */
export async function readLiveGroup({
  source,
  cluster,
  address,
  signal,
}: Pick<GroupWriting<unknown>, 'source' | 'cluster' | 'address' | 'signal'>): Promise<
  (LiveGroup & { ok: true }) | Failure
> {
  const answer = await cluster.request('GET', objectPath(BACKEND_GROUP, address), { signal });
  if (!answer.ok) return clusterFailure(answer, attemptOf(cluster, 'get', BACKEND_GROUP, address));
  const raw = asRawObject(answer.body);
  const model = modelWith(source, BACKEND_GROUP, raw);
  if (model === undefined) return notReady(source);
  const group = model.entities.get(backendGroupKey(address.namespace, address.name));
  if (group?.kind !== 'backendGroup')
    return fail('E417', { values: { reason: 'malformed', group: groupPlace(address), member: '' } });
  return { ok: true, raw, model, group, names: groupNames(raw) ?? [] };
}

/** What the caller saw, or what stands where they did not say. */
export const seenGroup = (expected: GroupEdit['expected'], { raw, names }: LiveGroup): SeenList =>
  expected === undefined ? seenList(raw.metadata, names) : seenList(expected, expected.members);

/**
 * A service that is not there makes the controller hold back every node that uses the group, so it is never added (E417). Where services
 * were not read, nobody can tell, and the cluster decides. Nodes with too many backends are told of.
 */
export function checkMembers(
  model: MeshModel,
  address: ObjectAddress,
  { before, after, added }: { before: string[] | undefined; after: string[]; added: readonly string[] },
): { ok: true; warnings: GroupAnswer['warnings'] } | Failure {
  const group = groupPlace(address);
  const list = whitelistOf(model.mesh, model.entities.values());
  const key = backendGroupKey(address.namespace, address.name);
  const { held, quota } = groupImpact(list, { key, before, after }, NO_CALLS);
  if (model.unread?.includes('service') !== true) {
    const nowhere = added.find((member) => {
      const [namespace = '', name] = member.split('/');
      return name !== undefined && !list.services.has(serviceKey(namespace, name));
    });
    if (nowhere !== undefined)
      return fail('E417', { values: { reason: 'missing', group, member: nowhere, node: 'none' } });
    const [first] = held;
    if (first?.service !== undefined && added.length > 0) {
      const { namespace = '', name = '' } = parseEntityKey(first.service) ?? {};
      const node = parseEntityKey(first.node);
      return fail('E417', {
        values: {
          ...{ reason: 'missing', group, member: groupPlace({ namespace, name }) },
          node: node === undefined ? 'none' : groupPlace(node),
        },
      });
    }
  }
  const most = Math.max(0, ...quota.filter(({ over }) => over).map(({ count }) => count));
  return {
    ok: true,
    warnings: most === 0 ? [] : [{ code: 'backends-quota', details: { count: most, max: BACKENDS_MAX } }],
  };
}
