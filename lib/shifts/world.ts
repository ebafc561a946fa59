/** What the machine knows of the cluster at one moment. Whoever reads it has read it live: nothing here may be older than the shift's own last write. */
import type { Ownership } from '@/lib/mesh/model';
import type { Sample } from './measure';

/** A target with its weight as written. `node` is `namespace/name`, or the ARN where the route names one. */
export interface TargetWeight {
  node: string;
  weight: number;
  port?: number | undefined;
}

export interface RouteFacts {
  name: string;
  targets: TargetWeight[];
}

export interface RouterFacts {
  uid: string;
  generation: number;
  /** The control plane holds this generation and newer ones; absent where it never spoke. */
  acceptedGeneration?: number | undefined;
  /** The control plane's newest refusal, epoch milliseconds by the cluster's clock. */
  rejection?: { message: string; atMs: number } | undefined;
  /** Which shift holds it: `namespace/name/uid`. */
  lock?: string | undefined;
  ownership: Ownership;
  /** Only those that can be edited: a known body, a name that is there once. */
  routes: RouteFacts[];
}

/** Who stands behind a node. unknown: no pods were ever to be seen, as for a node outside of the cluster. */
export type NodeState = 'ready' | 'notReady' | 'missing' | 'unknown';

/** A notice that a channel took, or never will. */
export interface Told {
  number: number;
  channel: string;
  /** Why it was given up. */
  problem?: string | undefined;
}

export interface ShiftWorld {
  self: {
    namespace: string;
    name: string;
    uid: string;
    generation: number;
    /** It has a deletionTimestamp. */
    deleting: boolean;
    /** The finalizer is on it. */
    kept: boolean;
  };
  /** By name, in the shift's namespace. A router that is missing here is gone. */
  routers: Readonly<Record<string, RouterFacts>>;
  /** By `namespace/name` or ARN, as the shift's routes name them. */
  nodes: Readonly<Record<string, NodeState>>;
  /** Of the routers' mesh. */
  controlPlane: 'live' | 'frozen' | 'unknown';
  /** Somebody can be asked to measure. */
  measurable: boolean;
  /** Answers that have come, whatever they were asked for. */
  samples: readonly Sample[];
  /** What became of notices. */
  told?: readonly Told[] | undefined;
  /** Epoch milliseconds: since when this engine leads. Before that, as far as is known, nobody could look or act. */
  ledSinceMs?: number | undefined;
  /** Why the last write of this shift did not get through, where it did not. */
  writeProblem?: string | undefined;
}

/** How a router names the shift that holds it. */
export const lockOf = ({ namespace, name, uid }: ShiftWorld['self']): string => `${namespace}/${name}/${uid}`;
