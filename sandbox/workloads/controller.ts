/** The workload controllers: a queue for each, fed by what changes in the cluster. */
import type { Activity } from '../loop/activity';
import { keyOf, type Change } from '../loop/informer';
import { WorkQueue, type Outcome } from '../loop/work-queue';
import type { KubeObject } from '../kube/types';
import { workloadContext, type Context, type ContextOptions } from './context';
import { Deployments } from './deployments';
import { Garbage } from './garbage';
import { addOwnerIndexes, controllerOf } from './owners';
import { Pods } from './pods';
import { ReplicaSets } from './replica-sets';

const CONCURRENCY = 5;

export interface WorkloadOptions extends ContextOptions {
  activity: Activity;
  /** Time from a pod's creation until it is ready; nothing while the sandbox starts. */
  podStartMs: () => number;
  onBug: (key: string, error: unknown) => void;
}

export class WorkloadController {
  private readonly context: Context;
  private readonly queues: Record<'deployment' | 'replicaSet' | 'pod' | 'garbage', WorkQueue>;
  private readonly garbage: Garbage;

  constructor(options: WorkloadOptions) {
    const { cluster, informer, activity, podStartMs, onBug } = options;
    this.context = workloadContext(options);
    const { types } = this.context;
    addOwnerIndexes(informer);
    informer.addIndex('workloads-in-namespace', [types.replicaSet, types.pod], ({ kind, metadata }) => [
      `${kind} ${metadata.namespace}`,
    ]);
    this.garbage = new Garbage(cluster, informer);
    const queue = (name: string, run: (key: string) => Promise<Outcome>, concurrency = CONCURRENCY) =>
      new WorkQueue({
        run,
        concurrency,
        changed: activity.changed,
        onBug: (key, error) => onBug(`${name} ${key}`, error),
      });
    const deployments = new Deployments(this.context);
    const replicaSets = new ReplicaSets(this.context);
    const pods = new Pods(this.context, podStartMs);
    this.queues = {
      deployment: queue('Deployment', (key) => deployments.run(key)),
      replicaSet: queue('ReplicaSet', (key) => replicaSets.run(key)),
      // Pods start side by side.
      pod: queue('Pod', (key) => pods.run(key), Infinity),
      garbage: queue('owner', (uid) => this.garbage.run(uid)),
    };
    activity.add(...Object.values(this.queues));
    informer.onChange((change) => this.take(change));
  }

  /** Brings up what the cluster starts with. */
  seed(): void {
    const { informer, types } = this.context;
    for (const deployment of informer.all(types.deployment)) this.queues.deployment.add(keyOf(deployment));
    for (const set of informer.all(types.replicaSet)) this.queues.replicaSet.add(keyOf(set));
    for (const pod of informer.all(types.pod)) this.queues.pod.add(keyOf(pod));
  }

  private take(change: Change): void {
    for (const uid of this.garbage.concerned(change)) this.queues.garbage.add(uid);
    const { object, type } = change;
    if (type.group === 'apps' && type.kind === 'Deployment') this.queues.deployment.add(keyOf(object));
    else if (type.group === 'apps' && type.kind === 'ReplicaSet') {
      this.queues.replicaSet.add(keyOf(object));
      this.wakeOwner(object, 'Deployment');
    } else if (type.group === '' && type.kind === 'Pod') {
      this.queues.pod.add(keyOf(object));
      this.wakeOwner(object, 'ReplicaSet');
    }
  }

  private wakeOwner(object: KubeObject, kind: 'Deployment' | 'ReplicaSet'): void {
    const owner = controllerOf(object);
    if (owner?.kind !== kind) return;
    const key = `${object.metadata.namespace ?? ''}/${owner.name}`;
    this.queues[kind === 'Deployment' ? 'deployment' : 'replicaSet'].add(key);
  }
}
