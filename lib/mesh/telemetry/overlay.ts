/** Measurements laid on the picture of a mesh, by the keys of its entities and edges. */
import type { Finding } from '../finding';
import type { EntityKey } from '../keys';
import type { EdgeKey } from '../topology';
import type { EvidenceKind, Figures, Stranger } from './measured';

/** What one evidence source says of an entity or edge. */
export interface Observation {
  evidence: EvidenceKind;
  /** What said so; several where several were added up. */
  witnesses: string[];
  figures: Figures;
  /**
   * The same traffic, or a part of it, is put down to so many other edges as well (services, routers), because the evidence
   * does not tell them apart.
   */
  sharedWith?: number | undefined;
}

/** good, degraded, failing: by the thresholds in force. idle: measured, and nothing came. unknown: nobody measured. */
export type HealthLevel = 'good' | 'degraded' | 'failing' | 'idle' | 'unknown';

export interface EntityTelemetry {
  observations: Observation[];
  health: HealthLevel;
}

export interface EdgeTelemetry {
  observations: Observation[];
  /**
   * yes: here, or on one of those that `sharedWith` counts. no: who would have seen it saw nothing. unknown: nobody would
   * have seen it.
   */
  observed: 'yes' | 'no' | 'unknown';
  health: HealthLevel;
}

/** From a gateway or node to a node, whatever lies between. */
export interface CallTelemetry {
  source: EntityKey;
  target: EntityKey;
  /** The services it went through, where known. */
  services: readonly EntityKey[];
  /** The picture has the ways that were taken; false as soon as a part took another. */
  declared: boolean;
  observations: Observation[];
  health: HealthLevel;
}

/** The share that a weighted target got, with the band in which the true share lies with 95 % confidence. */
export interface MeasuredShare {
  target: EntityKey;
  weight: number;
  declaredShare: number;
  count: number;
  /** Absent where nothing was counted. */
  observedShare?: number | undefined;
  low?: number | undefined;
  high?: number | undefined;
}

export interface Split {
  router: EntityKey;
  route: string;
  evidence: EvidenceKind;
  /** Requests counted over all targets. */
  count: number;
  shares: MeasuredShare[];
  /** differs: a declared share lies outside of its band. tooFew: the bands are too wide to say. mixed: other routes send to the same targets, and the evidence does not tell them apart. */
  verdict: 'agrees' | 'differs' | 'tooFew' | 'mixed';
  /**
   * Epoch milliseconds: what is counted begins here, at the start of the window or after the last change of the weights.
   * Nothing is counted where no reading begins after it.
   */
  sinceMs: number;
}

/** Everything measured of one mesh in one window. */
export interface MeshTelemetry {
  entities: Record<EntityKey, EntityTelemetry>;
  edges: Record<EdgeKey, EdgeTelemetry>;
  calls: CallTelemetry[];
  splits: Split[];
  strangers: Stranger[];
  /** MD6xx. */
  findings: Finding[];
}

/** Above `degraded` and `failing` something counts as that. */
export interface Limits {
  degraded: number;
  failing: number;
}

/** Ratios are 0..1. */
export interface Thresholds {
  faultRatio: Limits;
  errorRatio: Limits;
  p99Ms: Limits;
}

/** What one entity sets for itself; the rest is as everywhere. */
export interface OwnThresholds {
  faultRatio?: OwnLimits | undefined;
  errorRatio?: OwnLimits | undefined;
  p99Ms?: OwnLimits | undefined;
}

interface OwnLimits {
  degraded?: number | undefined;
  failing?: number | undefined;
}
