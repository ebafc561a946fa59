import { BACKEND_GROUPS_FLAG, CONTROLLER_NAME, CONTROLLER_NAMESPACE } from '../../appmesh/own-deployment';
import type { KubeObject } from '../../kube/types';
import { deployment, namespace } from '../workload-objects';

/** The App Mesh controller as its chart installs it, with backend groups on. */
export function controller(): KubeObject[] {
  const labels = { 'app.kubernetes.io/name': CONTROLLER_NAME, 'app.kubernetes.io/instance': CONTROLLER_NAME };
  return [
    namespace(CONTROLLER_NAMESPACE),
    deployment(CONTROLLER_NAMESPACE, CONTROLLER_NAME, {
      selector: labels,
      replicas: 1,
      image: 'public.ecr.aws/eks/appmesh-controller:v1.13.2',
      container: 'controller',
      args: [`${BACKEND_GROUPS_FLAG}=true`],
    }),
  ];
}
