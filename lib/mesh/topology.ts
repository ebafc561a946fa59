/** The picture of a mesh: what is drawn, derived from the model by a pure function. */
import type { EntityKey } from './keys';
import type { BackendGroup, Gateway, GatewayRoute, Malformed, MeshNode, Router, Service } from './model';

/** Something a reference names and this mesh does not hold. Drawn as what it is. */
export interface Unresolved {
  key: EntityKey;
  kind: 'unresolved';
  /** What the reference asked for. */
  expected: 'gateway' | 'service' | 'router' | 'node';
  cause: 'missing' | 'otherMesh' | 'foreign' | 'unread';
  namespace: string;
  name: string;
  arn?: string | undefined;
  /** For a gateway: the gateway routes that name it. */
  rows?: GatewayRoute[] | undefined;
}

/** An object that cannot be read; where it is a gateway, with the gateway routes that name it. */
export interface Unreadable extends Malformed {
  rows?: GatewayRoute[] | undefined;
}

/** A gateway carries its gateway routes as rows, a router its routes. */
export interface GatewayCard extends Gateway {
  rows: GatewayRoute[];
}

/** A DNS name that a node stands for and no Service of the cluster is behind. */
export interface OutsideHost {
  key: EntityKey;
  kind: 'host';
  /** Always ''. */
  namespace: string;
  /** The DNS name. */
  name: string;
  /** outside: elsewhere. noService: the name of a Service that is not there. */
  cause: 'outside' | 'noService';
}

/** The Kubernetes Service behind a node's DNS name. */
export interface KubeService {
  key: EntityKey;
  kind: 'kubeService';
  namespace: string;
  name: string;
}

/** A Deployment, or whatever else owns the pods of a node or gateway. */
export interface RunningWorkload {
  key: EntityKey;
  kind: 'workload';
  namespace: string;
  name: string;
  /** Deployment, StatefulSet … */
  ownerKind: string;
  total: number;
  ready: number;
}

/** What a mesh stands on. Nobody sends it: `view/surroundings.ts` works it out from what nodes and gateways say. */
export type Surrounding = OutsideHost | KubeService | RunningWorkload;

/** A backend group is drawn where no node uses it; elsewhere it is its members that are. */
export type TopologyNode =
  GatewayCard | Service | Router | MeshNode | BackendGroup | Unresolved | Unreadable | Surrounding;

/**
 * member: from a group that no node uses. dns: from a node to the host or Service behind its name. runs: from a node or
 * gateway to what runs its pods.
 */
export type EdgeKind = 'gateway-route' | 'provider' | 'route-target' | 'backend' | 'member' | 'dns' | 'runs';
export type EdgeKey = string & { readonly brand: 'EdgeKey' };

export interface TopologyEdge {
  key: EdgeKey;
  kind: EdgeKind;
  source: EntityKey;
  /** Row inside the source: the gateway route's key, or the route's name. */
  row?: string | undefined;
  target: EntityKey;
  /** route-target only: as written, and weight / sum. */
  weight?: number | undefined;
  share?: number | undefined;
  port?: number | undefined;
  viaGroup?: EntityKey | undefined;
  /** Always true for what a cluster object asks for. */
  declared: boolean;
  /** `unknown`: no evidence source is connected. */
  observed: 'yes' | 'no' | 'unknown';
}

export interface Topology {
  nodes: TopologyNode[];
  edges: TopologyEdge[];
}

/** `kind|source|row|target|n`: n tells apart several edges between the same row and target. */
export function edgeKey(
  kind: EdgeKind,
  source: EntityKey,
  row: string | undefined,
  target: EntityKey,
  n = 0,
): EdgeKey {
  // The one place where a plain string becomes an edge key.
  return `${kind}|${source}|${row ?? ''}|${target}|${n}` as EdgeKey;
}
