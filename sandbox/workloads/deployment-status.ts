/** Status of a Deployment, from its ReplicaSets. */
import type { KubeObject } from '../kube/types';
import { setCondition, type Context } from './context';

const count = (sets: KubeObject[], field: string) =>
  sets.reduce((total, set) => total + Number(set['status']?.[field] ?? 0), 0);

function failureOf(sets: KubeObject[]): { status: string; reason: string; message: string } | undefined {
  for (const { status } of sets) {
    const conditions: { type: string; status: string; reason: string; message: string }[] =
      status?.conditions ?? [];
    const failure = conditions.find(({ type }) => type === 'ReplicaFailure');
    if (failure) return { status: failure.status, reason: failure.reason, message: failure.message };
  }
  return undefined;
}

/** Writes the status. `hash` is the pod-template-hash in force. */
export function reportDeployment(
  context: Context,
  deployment: KubeObject,
  sets: KubeObject[],
  hash: string,
): void {
  const current = sets.filter((set) => set.metadata.labels?.['pod-template-hash'] === hash);
  const wanted: number = deployment['spec'].replicas ?? 1;
  const replicas = count(sets, 'replicas');
  const updated = count(current, 'replicas');
  const available = count(sets, 'availableReplicas');
  const done = updated === wanted && replicas === wanted && available === wanted;
  const name = current[0]?.metadata.name ?? deployment.metadata.name;
  context.writeStatus(context.types.deployment, deployment, (status, at) => {
    Object.assign(status, {
      observedGeneration: deployment.metadata.generation,
      replicas,
      updatedReplicas: updated,
      readyReplicas: count(sets, 'readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, wanted - available),
    });
    const enough = available >= wanted - Math.floor(wanted / 4);
    setCondition(
      status,
      'Available',
      enough
        ? {
            status: 'True',
            reason: 'MinimumReplicasAvailable',
            message: 'Deployment has minimum availability.',
          }
        : {
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
            message: 'Deployment does not have minimum availability.',
          },
      at,
    );
    setCondition(
      status,
      'Progressing',
      done
        ? {
            status: 'True',
            reason: 'NewReplicaSetAvailable',
            message: `ReplicaSet "${name}" has successfully progressed.`,
          }
        : { status: 'True', reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.` },
      at,
    );
    setCondition(status, 'ReplicaFailure', failureOf(current), at);
  });
}
