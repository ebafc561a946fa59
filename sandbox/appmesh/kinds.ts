/** The six kinds the controller reconciles, and the names each has in status, events and messages. */
import type { KubeObject } from '../kube/types';

export type MeshKind =
  'Mesh' | 'VirtualNode' | 'VirtualGateway' | 'VirtualRouter' | 'VirtualService' | 'GatewayRoute';

export interface KindNames {
  plural: string;
  condition: string;
  arnField: string;
}

export const KINDS: Record<MeshKind, KindNames> = {
  Mesh: { plural: 'meshes', condition: 'MeshActive', arnField: 'meshARN' },
  VirtualNode: { plural: 'virtualnodes', condition: 'VirtualNodeActive', arnField: 'virtualNodeARN' },
  VirtualGateway: {
    plural: 'virtualgateways',
    condition: 'VirtualGatewayActive',
    arnField: 'virtualGatewayARN',
  },
  VirtualRouter: { plural: 'virtualrouters', condition: 'VirtualRouterActive', arnField: 'virtualRouterARN' },
  VirtualService: {
    plural: 'virtualservices',
    condition: 'VirtualServiceActive',
    arnField: 'virtualServiceARN',
  },
  GatewayRoute: { plural: 'gatewayroutes', condition: 'GatewayRouteActive', arnField: 'gatewayRouteARN' },
};

/** In the order in which they become active on top of each other. */
export const MESH_KINDS: readonly MeshKind[] = [
  'Mesh',
  'VirtualNode',
  'VirtualGateway',
  'VirtualRouter',
  'VirtualService',
  'GatewayRoute',
];

export const isMeshKind = (kind: string): kind is MeshKind => kind in KINDS;

/** `virtualNode`, as the controller writes a kind in its messages and the API in its ARNs. */
export const camel = <T extends string>(kind: T) =>
  (kind.charAt(0).toLowerCase() + kind.slice(1)) as Uncapitalize<T>; // what the two calls do

export interface Condition {
  type: string;
  status: string;
  lastTransitionTime?: string;
}

/** Whether the object's own condition says that the App Mesh API has it. */
export function isActive(object: KubeObject): boolean {
  const conditions: Condition[] = object['status']?.conditions ?? [];
  return conditions.some(({ type, status }) => type === `${object.kind}Active` && status === 'True');
}
