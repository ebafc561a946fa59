/** What the mutating webhooks fill in when an object is created. */
import type { AdmissionRequest, Cluster, KubeObject } from '../kube/types';
import { designateGateway, designateMesh } from './designation';

/** awsName where none is given; a service's default is no host name of the cluster. */
function defaultAwsName({ kind, metadata }: KubeObject): string | undefined {
  if (kind === 'Mesh') return metadata.name;
  if (kind === 'VirtualService') return `${metadata.name}.${metadata.namespace}`;
  return kind === 'BackendGroup' ? undefined : `${metadata.name}_${metadata.namespace}`;
}

function refuseGiven(object: KubeObject, field: 'meshRef' | 'virtualGatewayRef'): void {
  if (object['spec'][field] !== undefined)
    throw new Error(`${object.kind} create may not specify read-only field: spec.${field}`);
}

/** Fills in awsName, meshRef and virtualGatewayRef in place. Throws an Error with the reason of a refusal. */
export function mutate(cluster: Cluster, { operation, object }: AdmissionRequest): void {
  if (operation !== 'CREATE') return;
  object['spec'] ??= {};
  const { spec } = object;
  const { namespace } = object.metadata;
  if (namespace !== undefined) {
    refuseGiven(object, 'meshRef');
    if (object.kind === 'GatewayRoute') refuseGiven(object, 'virtualGatewayRef');
    const mesh = designateMesh(cluster, namespace);
    spec.meshRef = { name: mesh.metadata.name, uid: mesh.metadata.uid };
    if (object.kind === 'GatewayRoute') attachToGateway(cluster, object, namespace);
  }
  const awsName = defaultAwsName(object);
  if (awsName !== undefined && !spec.awsName) spec.awsName = awsName;
}

function attachToGateway(cluster: Cluster, route: KubeObject, namespace: string): void {
  const { metadata, spec } = designateGateway(cluster, route, namespace);
  if (spec.meshRef?.uid !== route['spec'].meshRef.uid)
    throw new Error(
      `virtualGateway ${metadata.namespace}/${metadata.name} belongs to another mesh than the route`,
    );
  route['spec'].virtualGatewayRef = { name: metadata.name, namespace: metadata.namespace, uid: metadata.uid };
}
