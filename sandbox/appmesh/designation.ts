/** Which mesh an object belongs to and which gateway a gateway route hangs on: decided once, at creation. */
import { matchesSelector } from '../kube/selectors';
import type { Cluster, KubeObject } from '../kube/types';

export const GROUP = 'appmesh.k8s.aws';

const labelsOf = (cluster: Cluster, namespace: string) =>
  cluster.get(cluster.resourceType('', 'namespaces'), undefined, namespace)?.metadata.labels;

/** The one mesh whose selector takes the namespace. Throws an Error with the controller's sentence otherwise. */
export function designateMesh(cluster: Cluster, namespace: string): KubeObject {
  const labels = labelsOf(cluster, namespace);
  const meshes = cluster
    .list(cluster.resourceType(GROUP, 'meshes'))
    .filter((mesh) => matchesSelector(mesh['spec']?.namespaceSelector, labels));
  const [mesh] = meshes;
  if (!mesh)
    throw new Error(`failed to find matching mesh for namespace: ${namespace}, expecting 1 but found 0`);
  if (meshes.length > 1) {
    const names = meshes.map((one) => one.metadata.name).join(',');
    throw new Error(
      `found multiple matching meshes for namespace: ${namespace}, expecting 1 but found ${meshes.length}: ${names}`,
    );
  }
  if (mesh.metadata.deletionTimestamp)
    throw new Error(`mesh ${mesh.metadata.name} is being deleted and takes no new members`);
  return mesh;
}

/** The one gateway of the whole cluster whose two selectors take the route and its namespace. */
export function designateGateway(cluster: Cluster, route: KubeObject, namespace: string): KubeObject {
  const labels = labelsOf(cluster, namespace);
  const gateways = cluster.list(cluster.resourceType(GROUP, 'virtualgateways')).filter((gateway) => {
    const { namespaceSelector, gatewayRouteSelector } = gateway['spec'] ?? {};
    return (
      matchesSelector(namespaceSelector, labels) &&
      matchesSelector(gatewayRouteSelector ?? {}, route.metadata.labels)
    );
  });
  const [gateway] = gateways;
  if (!gateway || gateways.length > 1)
    throw new Error(
      `failed to find one matching virtualGateway for gatewayRoute: ${route.metadata.name}, expecting 1 but found ${gateways.length}`,
    );
  return gateway;
}
