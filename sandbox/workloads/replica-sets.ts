/** ReplicaSets: as many pods as asked for, and what stands in the way when there are fewer. */
import { matchesSelector } from '../kube/selectors';
import type { KubeObject } from '../kube/types';
import { StatusError } from '../kube/types';
import { setCondition, type Context } from './context';
import { keyOf } from '../loop/informer';
import type { Outcome } from '../loop/work-queue';
import { podSuffix } from './names';
import { controlledBy, orphansIn, ownerReference } from './owners';
import { isReady } from './pod-status';

export class ReplicaSets {
  /** Pods made so far by ReplicaSet, so that no name comes twice. */
  private readonly made = new Map<string, number>();

  constructor(private readonly context: Context) {}

  async run(key: string): Promise<Outcome> {
    const { informer, types } = this.context;
    const set = informer.get(types.replicaSet, key);
    if (!set) this.made.delete(key);
    if (!set || set.metadata.deletionTimestamp) return Promise.resolve('done');
    this.adopt(set);
    const pods = controlledBy(set, 'Pod', informer);
    const wanted: number = set['spec'].replicas ?? 1;
    for (const pod of surplus(pods, pods.length - wanted)) this.context.remove(types.pod, pod);
    const refusal = this.addPods(set, wanted - pods.length);
    this.report(set, refusal);
    return Promise.resolve(refusal === undefined ? 'done' : 'retry');
  }

  /** Takes over pods that match and belong to nobody. */
  private adopt(set: KubeObject): void {
    const { informer, types } = this.context;
    for (const pod of orphansIn(set.metadata.namespace, types.pod, informer))
      if (matchesSelector(set['spec'].selector, pod.metadata.labels))
        this.context.mutate(types.pod, pod, (draft) => {
          draft.metadata.ownerReferences = [...(draft.metadata.ownerReferences ?? []), ownerReference(set)];
        });
  }

  /** Creates pods; gives the reason of the first refusal, after which no other is tried. */
  private addPods(set: KubeObject, count: number): string | undefined {
    try {
      for (let i = 0; i < count; i++) this.createPod(set);
      return undefined;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const message = `Error creating: ${error.message}`;
      const component = 'replicaset-controller';
      this.context.events.record(set, { component, type: 'Warning', reason: 'FailedCreate', message });
      return error.message;
    }
  }

  private createPod(set: KubeObject): void {
    const { name, namespace } = set.metadata;
    const n = (this.made.get(keyOf(set)) ?? 0) + 1;
    this.made.set(keyOf(set), n);
    const { metadata, spec } = structuredClone(set['spec'].template ?? {});
    this.context.create(this.context.types.pod, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata,
        name: `${name}-${podSuffix(name, n)}`,
        generateName: `${name}-`,
        ...(namespace === undefined ? {} : { namespace }),
        ownerReferences: [ownerReference(set)],
      },
      spec,
    });
  }

  private report(set: KubeObject, refusal: string | undefined): void {
    const { informer, types } = this.context;
    const pods = controlledBy(set, 'Pod', informer);
    const ready = pods.filter(isReady).length;
    this.context.writeStatus(types.replicaSet, set, (status, at) => {
      Object.assign(status, {
        replicas: pods.length,
        fullyLabeledReplicas: pods.length,
        readyReplicas: ready,
        availableReplicas: ready,
        observedGeneration: set.metadata.generation,
      });
      setCondition(
        status,
        'ReplicaFailure',
        refusal && { status: 'True', reason: 'FailedCreate', message: refusal },
        at,
      );
    });
  }
}

/** Which pods go first: those not ready, then the youngest. */
function surplus(pods: KubeObject[], count: number): KubeObject[] {
  if (count <= 0) return [];
  const age = ({ metadata }: KubeObject) => metadata.creationTimestamp ?? '';
  return [...pods]
    .sort((a, b) => Number(isReady(a)) - Number(isReady(b)) || (age(a) < age(b) ? 1 : -1))
    .slice(0, count);
}
