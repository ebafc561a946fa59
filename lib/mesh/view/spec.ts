/** What a reader asks to see of a mesh, and what they get. Plain data: the same request of the same mesh is the same answer. */
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { EdgeKey, EdgeKind, TopologyEdge, TopologyNode } from '../topology';

/**
 * full: everything, edge by edge. services: routers are folded into edges from a service to its nodes. calls: services and
 * routers are folded into edges from who calls to who answers.
 */
export type Layer = 'full' | 'services' | 'calls';

/** What stands together in one box. `label` is the key of a label the objects carry. */
export type Grouping = { by: 'namespace' } | { by: 'label'; label: string } | { by: 'none' };

/**
 * idle: nothing could be sent along any edge of it. external: not part of this mesh, and no fault of it. healthy: nothing is
 * wrong with it. `hide.ts` says each precisely.
 */
export type Hidable = 'idle' | 'external' | 'healthy';

export interface ViewSpec {
  layer: Layer;
  grouping: Grouping;
  /** Only what is at most `up` edges before or `down` edges after one of these. */
  focus?: { around: readonly EntityKey[]; up: number; down: number } | undefined;
  /** Only what stands on a shortest way from one to the other, or back where there is none. */
  path?: { from: EntityKey; to: EntityKey } | undefined;
  hide: readonly Hidable[];
  /** Whether the Services of Kubernetes and the Deployments behind nodes and gateways are drawn. Outside hosts always are. */
  workloads: boolean;
}

/** Why an entity is not shown. An entity is counted once, under the first that applies. */
export type HiddenBy = 'workloads' | 'layer' | 'focus' | 'path' | Hidable;

export interface ViewInput {
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  edges: ReadonlyMap<EdgeKey, TopologyEdge>;
  findings: readonly Finding[];
}

export interface ViewEdge {
  /** The edge's own key, or `routed|source|row|target` and `call|source|row|target` where others are folded into it. */
  key: string;
  /** routed: from a service through its router. call: from a caller through services. */
  kind: EdgeKind | 'routed' | 'call';
  source: EntityKey;
  target: EntityKey;
  /** Row of the source it leaves from. */
  row?: string | undefined;
  /** Where it stands for exactly one edge. */
  edge?: TopologyEdge | undefined;
  /** The edges it stands for. */
  parts: readonly EdgeKey[];
  /** Those of them that arrive at its target: what passed these passed it. */
  last: readonly EdgeKey[];
  /** The route that gives its target the share, where one alone does. */
  route?: { router: EntityKey; row: string } | undefined;
  /** What is folded into it, in the order it is passed. */
  through: readonly EntityKey[];
  /**
   * 0..1, the largest share that one of the folded routes gives the target. Shares of several routes say nothing together:
   * which requests each route takes is not known. Missing where the target is (also) reached without a route.
   */
  share?: number | undefined;
  /** How many routes are folded into it; 0 where a node answers for a service itself. */
  routes: number;
}

export interface Viewed {
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  /** Every edge of the layer whose two ends are shown. */
  edges: readonly ViewEdge[];
  /** The box an entity stands in; '' for none. */
  groupOf(key: EntityKey): string;
  /** Shown entities that no edge of the mesh touches. */
  orphans: ReadonlySet<EntityKey>;
  /** How many entities each reason hides: with the shown ones they make the whole mesh and what it stands on. */
  hidden: Readonly<Record<HiddenBy, number>>;
  /** The hidden ones, each with its reason. */
  why: ReadonlyMap<EntityKey, HiddenBy>;
  /** Folded entities by the shown one that tells of their findings. */
  carried: ReadonlyMap<EntityKey, readonly EntityKey[]>;
  /** focusGone: what was asked for is not in this mesh (that part is then not applied). noPath: neither end leads to the other. */
  problem?: 'noPath' | 'focusGone' | undefined;
}

/** The mesh as it is. */
export const WHOLE_MESH: ViewSpec = {
  layer: 'full',
  grouping: { by: 'namespace' },
  hide: [],
  workloads: false,
};
