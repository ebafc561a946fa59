/** The controller's own Deployment: what it was started with. Without one it runs all the same, with everything on. */
import type { Informer } from '../loop/informer';
import type { Cluster, KubeObject, ResourceType } from '../kube/types';

export const CONTROLLER_NAMESPACE = 'appmesh-system';
export const CONTROLLER_NAME = 'appmesh-controller';
export const BACKEND_GROUPS_FLAG = '--enable-backend-groups';

export const isOwnDeployment = ({ kind, metadata }: KubeObject): boolean =>
  kind === 'Deployment' && metadata.namespace === CONTROLLER_NAMESPACE && metadata.name === CONTROLLER_NAME;

export const deploymentType = (cluster: Cluster): ResourceType => cluster.resourceType('apps', 'deployments');

/** Whether the controller takes notice of backend groups. */
export function backendGroupsOn(informer: Informer, deployments: ResourceType): boolean {
  const own = informer.get(deployments, `${CONTROLLER_NAMESPACE}/${CONTROLLER_NAME}`);
  if (own === undefined) return true;
  const args: string[] = own['spec']?.template?.spec?.containers?.[0]?.args ?? [];
  const said = args.findLast((each) => each.split('=')[0] === BACKEND_GROUPS_FLAG);
  return said !== undefined && said !== `${BACKEND_GROUPS_FLAG}=false`;
}
