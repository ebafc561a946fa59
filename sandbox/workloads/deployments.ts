/** Deployments: a ReplicaSet for each template, and the way from the old ones to the new one. */
import { matchesSelector } from '../kube/selectors';
import type { KubeObject } from '../kube/types';
import type { Outcome } from '../loop/work-queue';
import type { Context } from './context';
import { templateHash } from './names';
import { controlledBy, orphansIn, ownerReference } from './owners';
import { planRollout } from './rollout';
import { reportDeployment } from './deployment-status';

const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

const revisionOf = ({ metadata }: KubeObject) => Number(metadata.annotations?.[REVISION] ?? 0);

export class Deployments {
  constructor(private readonly context: Context) {}

  run(key: string): Promise<Outcome> {
    const { informer, types } = this.context;
    const deployment = informer.get(types.deployment, key);
    if (deployment && !deployment.metadata.deletionTimestamp) this.sync(deployment);
    return Promise.resolve('done');
  }

  private sync(deployment: KubeObject): void {
    const { informer } = this.context;
    this.adopt(deployment);
    const sets = () => controlledBy(deployment, 'ReplicaSet', informer);
    const hash = templateHash(deployment['spec'].template);
    const isNew = (set: KubeObject) => set.metadata.labels?.[HASH] === hash;
    const before = sets();
    if (!before.some(isNew)) {
      if (deployment['spec'].paused === true && before.length > 0)
        return void reportDeployment(this.context, deployment, before, hash);
      const revision = Math.max(0, ...before.map(revisionOf)) + 1;
      // The first set has all pods at once; a later one grows as the old ones shrink.
      const first = before.every(({ spec }) => spec.replicas === 0);
      this.createSet(deployment, { hash, revision, replicas: first ? deployment['spec'].replicas : 0 });
    }
    const current = sets();
    const newSet = current.find(isNew);
    if (newSet) {
      this.raiseRevision(deployment, newSet, current);
      for (const { set, replicas } of planRollout(deployment, newSet, current)) this.scale(set, replicas);
    }
    this.forgetOld(deployment, sets(), hash);
    reportDeployment(this.context, deployment, sets(), hash);
  }

  /** Takes over ReplicaSets that match and belong to nobody. */
  private adopt(deployment: KubeObject): void {
    const { informer, types } = this.context;
    for (const set of orphansIn(deployment.metadata.namespace, types.replicaSet, informer))
      if (matchesSelector(deployment['spec'].selector, set.metadata.labels))
        this.context.mutate(types.replicaSet, set, (draft) => {
          draft.metadata.ownerReferences = [
            ...(draft.metadata.ownerReferences ?? []),
            ownerReference(deployment),
          ];
        });
  }

  private createSet(
    deployment: KubeObject,
    { hash, revision, replicas }: { hash: string; revision: number; replicas: number },
  ): void {
    const { spec, metadata } = structuredClone(deployment);
    const labels = { ...spec.template?.metadata?.labels, [HASH]: hash };
    const { selector } = spec;
    this.context.create(this.context.types.replicaSet, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${metadata.name}-${hash}`,
        ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
        labels,
        annotations: { [REVISION]: String(revision) },
        ownerReferences: [ownerReference(deployment)],
      },
      spec: {
        replicas,
        selector: { ...selector, matchLabels: { ...selector?.matchLabels, [HASH]: hash } },
        template: { ...spec.template, metadata: { ...spec.template?.metadata, labels } },
      },
    });
  }

  /** The set in force carries the highest revision, also when it is an old one that came back. */
  private raiseRevision(deployment: KubeObject, newSet: KubeObject, sets: KubeObject[]): void {
    const { types } = this.context;
    const others = Math.max(0, ...sets.filter((set) => set !== newSet).map(revisionOf));
    const revision = String(Math.max(revisionOf(newSet), others + 1));
    const annotate = (draft: KubeObject) => {
      draft.metadata.annotations = { ...draft.metadata.annotations, [REVISION]: revision };
    };
    if (newSet.metadata.annotations?.[REVISION] !== revision)
      this.context.mutate(types.replicaSet, newSet, annotate);
    if (deployment.metadata.annotations?.[REVISION] !== revision)
      this.context.mutate(types.deployment, deployment, annotate);
  }

  private scale(set: KubeObject, replicas: number): void {
    this.context.mutate(this.context.types.replicaSet, set, (draft) => {
      draft['spec'].replicas = replicas;
    });
  }

  /** Old empty ReplicaSets are kept for going back, up to the limit. */
  private forgetOld(deployment: KubeObject, sets: KubeObject[], hash: string): void {
    const empty = sets
      .filter((set) => set.metadata.labels?.[HASH] !== hash && set['spec'].replicas === 0)
      .filter((set) => (set['status']?.replicas ?? 0) === 0)
      .sort((a, b) => revisionOf(a) - revisionOf(b));
    const limit: number = deployment['spec'].revisionHistoryLimit ?? 10;
    for (const set of empty.slice(0, Math.max(0, empty.length - limit)))
      this.context.remove(this.context.types.replicaSet, set);
  }
}
