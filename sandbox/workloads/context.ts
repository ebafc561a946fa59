/** What the workload controllers share: the cluster, the types they know, and how they write a status. */
import { isDeepStrictEqual } from 'node:util';
import type { EventRecorder } from '../loop/events';
import { keyOf, type Informer } from '../loop/informer';
import type { Cluster, KubeObject, ResourceType } from '../kube/types';
import { StatusError } from '../kube/types';

type Status = Record<string, unknown>;

/** Under this name managedFields have what these controllers write. */
const WRITER = { fieldManager: 'kube-controller-manager' };

export interface Context {
  informer: Informer;
  events: EventRecorder;
  types: { deployment: ResourceType; replicaSet: ResourceType; pod: ResourceType };
  create(type: ResourceType, object: KubeObject): void;
  /** Changes an object, if it is still there. */
  mutate(type: ResourceType, object: KubeObject, change: (draft: KubeObject) => void): void;
  /** Deletes an object that may be gone already. */
  remove(type: ResourceType, object: KubeObject): void;
  /** Changes the status of this very object; not of another that has its name by now. */
  writeStatus(type: ResourceType, object: KubeObject, change: (status: Status, at: string) => void): void;
}

export interface ContextOptions {
  cluster: Cluster;
  informer: Informer;
  events: EventRecorder;
  now: () => Date;
}

export function workloadContext({ cluster, informer, events, now }: ContextOptions): Context {
  return {
    informer,
    events,
    types: {
      deployment: cluster.resourceType('apps', 'deployments'),
      replicaSet: cluster.resourceType('apps', 'replicasets'),
      pod: cluster.resourceType('', 'pods'),
    },
    create: (type, object) => void cluster.create(type, object, WRITER),
    mutate: (type, { metadata }, change) =>
      void cluster.mutate(type, metadata.namespace, metadata.name, change, WRITER),
    remove(type, { metadata }) {
      try {
        cluster.delete(type, metadata.namespace, metadata.name);
      } catch (error) {
        if (!(error instanceof StatusError && error.code === 404)) throw error;
      }
    },
    writeStatus(type, object, change) {
      const at = now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z');
      const current = informer.get(type, keyOf(object));
      if (!current || current.metadata.uid !== object.metadata.uid) return;
      const status: Status = structuredClone(current['status'] ?? {});
      change(status, at);
      if (isDeepStrictEqual(status, current['status'] ?? {})) return;
      const { namespace, name } = object.metadata;
      cluster.mutate(type, namespace, name, (draft) => void (draft['status'] = status), {
        ...WRITER,
        subresource: 'status',
      });
    },
  };
}

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
  lastUpdateTime?: string;
  lastTransitionTime?: string;
}

/** Sets, keeps or (without `next`) takes away a condition. Its times move only when it changes. */
export function setCondition(
  status: Status,
  type: string,
  next: Pick<Condition, 'status' | 'reason' | 'message'> | undefined | '',
  at: string,
): void {
  const conditions = Array.isArray(status['conditions']) ? (status['conditions'] as Condition[]) : []; // our own writing
  const old = conditions.find((each) => each.type === type);
  const others = conditions.filter((each) => each.type !== type);
  if (!next) {
    if (others.length > 0) status['conditions'] = others;
    else delete status['conditions'];
    return;
  }
  if (old?.status === next.status && old.reason === next.reason && old.message === next.message) return;
  const lastTransitionTime = old?.status === next.status ? (old.lastTransitionTime ?? at) : at;
  status['conditions'] = [...others, { type, ...next, lastUpdateTime: at, lastTransitionTime }];
}
