/** Whether traffic sent to a node would find anybody there. */
import type { MeshNode } from './model';

/**
 * Whether a node should answer and has no ready pod. One without any pod may stand for something outside the cluster; one
 * that a DNS Service of the cluster backs may not.
 */
export function cannotAnswer({
  workload,
  kubernetesService,
}: Pick<MeshNode, 'workload' | 'kubernetesService'>): boolean {
  return workload.ready === 0 && (workload.total > 0 || kubernetesService !== undefined);
}
