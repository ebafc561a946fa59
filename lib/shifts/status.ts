/** How far a shift is. Everything that must survive a restart is here; times are ISO 8601 by the cluster's clock. */
import type { ControlObstacle } from './controls';
import type { Said } from './said';
import type { ControlAction, NoticeEvent } from './spec';
import type { TargetWeight } from './world';

/**
 * Pending: not begun. Applying: a weight is asked for. Verifying: accepted, the share is measured. Holding: at the step's weight.
 * RollbackBlocked: it keeps trying, or waits for somebody. The last four are final.
 */
export type Phase =
  | 'Pending'
  | 'Applying'
  | 'Verifying'
  | 'Holding'
  | 'AwaitingApproval'
  | 'Paused'
  | 'RollingBack'
  | 'RollbackBlocked'
  | 'Succeeded'
  | 'RolledBack'
  | 'Superseded'
  | 'Refused';

/** Why it waits, paused, goes back, or ended. */
export type Reason =
  | 'Invalid'
  | 'NotFound'
  | 'Owned'
  | 'Locked'
  | 'Frozen'
  | 'Unacknowledged'
  | 'NothingToShift'
  | 'NoTelemetry'
  | 'TargetNotReady'
  | 'RouterPending'
  | 'Window'
  | 'Manual'
  | 'AnalysisFailed'
  | 'Inconclusive'
  | 'NoData'
  | 'Drift'
  | 'MeshRejected'
  | 'NotAccepted'
  | 'NotVerified'
  | 'ShareDiffers'
  | 'StepDeadline'
  | 'TotalDeadline'
  | 'Aborted'
  | 'Deleted'
  | 'BaselineUnhealthy'
  | 'RouterGone'
  | 'RouteGone'
  | 'TargetGone';

/** The targets of one of the spec's routes, in the object's order. */
export interface RouteWeights {
  router: string;
  route: string;
  targets: TargetWeight[];
}

/** A change that was decided on, written down before anything is sent. */
export interface Intent {
  /** `step.number`; the number counts every intent of the shift. */
  id: string;
  direction: 'forward' | 'rollback';
  /** Per cent of the pair that is to go to `to`. */
  percent: number;
  startedAt: string;
  /** In the order of the spec's routes. */
  routes: (RouteWeights & {
    before: TargetWeight[];
    /** The router's generation at which the weights were first seen as asked for. */
    generation?: number | undefined;
  })[];
  /** All routes were seen with the weights. */
  appliedAt?: string | undefined;
  acceptedAt?: string | undefined;
}

export interface Hold {
  startedAt: string;
  endsAt: string;
}

export type Verdict = 'pass' | 'fail' | 'noData' | 'error';

/** One judged figure, with what it was judged by. */
export interface Measurement {
  at: string;
  step: number;
  metric: string;
  node: string;
  verdict: Verdict;
  figure?: number | undefined;
  baseline?: number | undefined;
  /** What the figure had to stay below (or above, for a `min`). */
  limit?: number | undefined;
  samples?: number | undefined;
  evidence?: string | undefined;
  message?: string | undefined;
}

export interface MetricState {
  /** Failed samples in this step. */
  failures: number;
  /** Samples in a row that ended in an error. */
  errors: number;
  /** Since when there is no data. */
  noDataSinceAt?: string | undefined;
  last: Verdict | 'none';
}

export interface AnalysisState {
  /** Of the next sample in this intent, from 0. */
  number: number;
  /** When the next sample is due, its lag included. */
  nextAt: string;
  /** What was before is not judged. */
  notBeforeAt: string;
  metrics: Record<string, MetricState>;
}

/** The share that arrived at `to`, over the routes that tell it. */
export interface MeasuredShare {
  at: string;
  /** 0..1, absent where nothing was counted. */
  share?: number | undefined;
  declared: number;
  samples: number;
  evidence?: string | undefined;
  verdict: 'agrees' | 'differs' | 'tooFew' | 'unknown';
}

/** One weight in the life of a shift, newest last: what a chart of intended, accepted and measured weight is drawn from. */
export interface WeightChange {
  intent: string;
  step: number;
  direction: Intent['direction'];
  percent: number;
  intendedAt: string;
  appliedAt?: string | undefined;
  acceptedAt?: string | undefined;
  verifiedAt?: string | undefined;
  measured?: MeasuredShare | undefined;
}

export interface HandledControl {
  requestId: string;
  action: ControlAction;
  by: string;
  reason?: string | undefined;
  at: string;
  step: number;
  outcome: 'done' | 'refused';
  message?: string | undefined;
  /** Why it was refused. */
  obstacle?: ControlObstacle | undefined;
}

export interface Condition {
  type: 'MeshAccepted' | 'TrafficVerified' | 'MetricsAvailable' | 'LockHeld';
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastTransitionTime: string;
}

export interface Rollback {
  trigger: Reason;
  message: string;
  /** The same as a code with values. */
  said?: Said | undefined;
  by?: string | undefined;
  at: string;
  /** It waits because the baseline has no ready pod, or fails its own metrics: then for a person. */
  waitsFor?: 'pods' | 'person' | undefined;
}

/** Something to tell, as it was when it happened. */
export interface Notice {
  /** From 1; with the shift's uid it is the same however often it is sent. */
  number: number;
  event: NoticeEvent;
  at: string;
  phase: Phase;
  reason?: Reason | undefined;
  message: string;
  step: number;
  /** Per cent of the pair that the step, or the rollback, asks for. */
  percent?: number | undefined;
  weights: string;
  /** Those that have not been told. */
  channels: string[];
}

/** A notice that was given up. */
export interface NoticeFailure {
  number: number;
  event: NoticeEvent;
  channel: string;
  at: string;
  message: string;
}

export interface ShiftStatus {
  observedGeneration: number;
  phase: Phase;
  phaseSinceAt: string;
  reason?: Reason | undefined;
  /** One sentence in English: what it waits for or why it ended. */
  message?: string | undefined;
  /** The same as a code with values. */
  said?: Said | undefined;
  /** From 0; -1 before the first. */
  step: number;
  /** For people: `2/4`. */
  progress: string;
  /** For people, the weights in force: `75/25`, one group for each route. */
  weights: string;
  startedAt?: string | undefined;
  finishedAt?: string | undefined;
  /** When the step under way began, moved on by pauses. */
  stepStartedAt?: string | undefined;
  /** The routers as objects, and the weights they had before; what a rollback restores. */
  snapshot?: (RouteWeights & { uid: string })[] | undefined;
  /** What the steps are reckoned from: the snapshot, or what was adopted since. */
  base?: RouteWeights[] | undefined;
  /** Intents so far. */
  intents: number;
  intent?: Intent | undefined;
  hold?: Hold | undefined;
  analysis?: AnalysisState | undefined;
  /** Share samples of this intent so far, and when the next is due. */
  verification?: { number: number; nextAt: string; untilAt: string } | undefined;
  /** The step somebody approved. */
  approvedStep?: number | undefined;
  /** Promoted fully: the last step ends the shift as soon as it is verified. */
  full?: boolean | undefined;
  /** Times the weights were put back in this step after somebody else changed them. */
  reasserted?: number | undefined;
  pause?: { reason: Reason; sinceAt: string; from: Phase } | undefined;
  rollback?: Rollback | undefined;
  /** The deadline of the whole shift has been acted upon. */
  deadlinePassed?: boolean | undefined;
  changes: WeightChange[];
  measurements: Measurement[];
  controls: HandledControl[];
  conditions: Condition[];
  /** What channels are still to be told, and what they could not be told. Absent where there never was anything. */
  notifications?: { count: number; pending: Notice[]; failures: NoticeFailure[] } | undefined;
  /** Who wrote this. An engine of an earlier term writes no more. */
  leader?: { holder: string; term: number } | undefined;
}

const FINAL: ReadonlySet<Phase> = new Set(['Succeeded', 'RolledBack', 'Superseded', 'Refused']);

/** Whether a shift has ended; it then holds no router. */
export const isFinal = ({ phase }: Pick<ShiftStatus, 'phase'>): boolean => FINAL.has(phase);
