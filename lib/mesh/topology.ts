/** The picture of a mesh: what is drawn, derived from the model by a pure function. */
import type { EntityKey } from './keys';
import type { Gateway, GatewayRoute, Malformed, MeshNode, Router, Service } from './model';

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
}

/** A gateway carries its gateway routes as rows, a router its routes. */
export interface GatewayCard extends Gateway {
  rows: GatewayRoute[];
}

export type TopologyNode = GatewayCard | Service | Router | MeshNode | Unresolved | Malformed;

export type EdgeKind = 'gateway-route' | 'provider' | 'route-target' | 'backend';
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
