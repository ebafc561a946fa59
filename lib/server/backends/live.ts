/** A node as the cluster holds it at this moment, placed in the picture of its mesh. */
import 'server-only';
import { nodeKey } from '@/lib/mesh/keys';
import type { MeshModel, MeshNode } from '@/lib/mesh/model';
import type { ClusterClient } from '@/lib/kubernetes';
import { backendNames, type RawObject } from '@/lib/providers/app-mesh';
import { notReady } from '../call';
import { clusterFailure } from '../cluster-failure';
import type { KubernetesSource } from '../kubernetes-source';
import { fail, type Failure } from '../problem';
import { asRawObject, attemptOf, modelWith, NODE, objectPath, type ObjectAddress } from '../writing/objects';

export interface LiveNode {
  ok: true;
  raw: RawObject;
  model: MeshModel;
  node: MeshNode;
  /** Names of its own entries, in their order; empty also where there is no list. */
  names: string[];
}

/** Reads a node from the cluster. Failures: those of the cluster, E303, E414, E503. */
export async function readLiveNode(
  source: KubernetesSource,
  cluster: ClusterClient,
  address: ObjectAddress,
  signal: AbortSignal,
): Promise<LiveNode | Failure> {
  const answer = await cluster.request('GET', objectPath(NODE, address), { signal });
  if (!answer.ok) return clusterFailure(answer, attemptOf(cluster, 'get', NODE, address));
  const raw = asRawObject(answer.body);
  const model = modelWith(source, NODE, raw);
  if (model === undefined) return notReady(source);
  const node = model.entities.get(nodeKey(address.namespace, address.name));
  if (node?.kind !== 'node')
    return fail('E414', {
      values: { reason: 'malformed', node: `${address.namespace}/${address.name}`, service: '' },
    });
  return { ok: true, raw, model, node, names: backendNames(raw) ?? [] };
}
