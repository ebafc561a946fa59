/**
 * What a TrafficShift asks for: which routes, from whom to whom, in which steps, judged by what. As it stands in the object;
 * `policyOf` fills in what is left out. Durations are whole seconds.
 */

import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';

/** One route to shift. Routers are of the shift's own namespace: who may create a shift there may change weights there. */
export interface ShiftRoute {
  router: string;
  route: string;
  /** A node as `name`, `namespace/name`, or the ARN where the route names an ARN. It loses traffic. */
  from: string;
  /** Gains it. */
  to: string;
}

export interface CanaryStep {
  /** Per cent of what `from` and `to` have together that goes to `to`, 0..100. Other targets keep their share. */
  weight: number;
  /** How long it stays there at least, once accepted and verified. 0 where left out. */
  holdSeconds?: number | undefined;
  /** Somebody has to promote it before the next step. */
  approval?: boolean | undefined;
}

/** The last step has weight 100. */
export interface Canary {
  steps: CanaryStep[];
}

/** All at once: `to` is looked at without traffic, then gets all of it, and is watched for a while. */
export interface BlueGreen {
  preview?: { holdSeconds?: number | undefined; approval?: boolean | undefined } | undefined;
  bakeSeconds?: number | undefined;
}

export interface Strategy {
  canary?: Canary | undefined;
  blueGreen?: BlueGreen | undefined;
}

/** Ratios are 0..1, times milliseconds, `perSecond` requests per second. */
export const METRIC_FIGURES = [
  ...(['faultRatio', 'errorRatio', 'throttleRatio'] as const),
  ...(['meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'perSecond'] as const),
] as const;
export type MetricFigure = (typeof METRIC_FIGURES)[number];

/** At least one of `max`, `min` and `compare` is set; all that are set must hold. */
export interface Metric {
  name: string;
  figure: MetricFigure;
  /** Whose word counts; `any`: the first that tells the figure, CloudWatch before X-Ray. */
  evidence?: 'any' | EvidenceKind | undefined;
  max?: number | undefined;
  min?: number | undefined;
  /** Against `from` in the same window: passes up to baseline × maxRatio + maxIncrease. */
  compare?: { maxRatio?: number | undefined; maxIncrease?: number | undefined } | undefined;
  /** Requests below which nothing is judged. Of X-Ray these are the sampled ones. */
  minSamples?: number | undefined;
  /** Failed samples that one step bears; one more fails it. */
  failureLimit?: number | undefined;
  /** Samples in a row that may end in an error of the metrics API; one more pauses the shift. */
  errorLimit?: number | undefined;
  /** What too few samples, or none, mean. hold: neither passed nor failed, the shift does not advance. */
  noData?: 'hold' | 'pass' | 'fail' | undefined;
}

export interface Analysis {
  intervalSeconds?: number | undefined;
  /** After a weight was verified: what is measured until then is not judged. */
  warmUpSeconds?: number | undefined;
  /** Length of what a sample looks at; the interval where left out. */
  windowSeconds?: number | undefined;
  /** How long measurements take to arrive: a sample looks so far back. */
  lagSeconds?: number | undefined;
  metrics: Metric[];
}

/** Whether the share that arrives is the share that was asked for. */
export interface Verify {
  /** require: unmeasured for `timeoutSeconds` pauses. prefer: it goes on. skip: nobody looks. A share that differs pauses in both. */
  mode?: 'require' | 'prefer' | 'skip' | undefined;
  minSamples?: number | undefined;
  /** Share (0..1) by which the measured may differ, however sure it is. */
  tolerance?: number | undefined;
  intervalSeconds?: number | undefined;
  timeoutSeconds?: number | undefined;
}

export interface Deadlines {
  /** Until the target is ready and the router settled, before the first step; then the shift is refused. */
  startSeconds?: number | undefined;
  /** From asking for a weight until the control plane has accepted it; then it pauses. */
  acceptSeconds?: number | undefined;
  /** Without data for a metric; then `onNoData`. */
  noDataSeconds?: number | undefined;
  onNoData?: 'pause' | 'rollback' | undefined;
  /** One step, without pauses and waiting for approval; then `onFailure`. None where left out. */
  stepSeconds?: number | undefined;
  /** The whole shift, whatever it waits for; then `onFailure`. None where left out. */
  totalSeconds?: number | undefined;
}

export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';

/** When weights may go up. Weekly (`days`, `from`, `to` as HH:MM, `timeZone`), or once (`start`, `end` as ISO 8601). Rolling back asks no window. */
export interface Window {
  kind: 'allow' | 'deny';
  days?: Weekday[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** IANA name; UTC where left out. */
  timeZone?: string | undefined;
  start?: string | undefined;
  end?: string | undefined;
}

export type ControlAction =
  'pause' | 'resume' | 'promote' | 'promoteFull' | 'abort' | 'retry' | 'adopt' | 'reassert';

/** The one part of a spec that changes: what somebody wants of a shift under way. Done once per `requestId`. */
export interface Control {
  action: ControlAction;
  requestId: string;
  /** The step its sender saw, from 0. Refused where it is another by now; `promote` needs it. */
  expectedStep?: number | undefined;
  by: string;
  reason?: string | undefined;
}

/**
 * What a channel can be told of. started: the first step was begun. aborted: somebody aborted it, and it goes back; for every other
 * reason to go back it is rollbackStarted.
 */
export const NOTICE_EVENTS = [
  'refused', 'started', 'step', 'approvalNeeded', 'paused', 'resumed', 'aborted', 'rollbackStarted', 'rollbackBlocked',
  'rolledBack', 'succeeded', 'superseded',
] as const; // prettier-ignore
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** Somebody to be told. Where a channel leads, and its secret, is the engine's configuration and never in the object. */
export interface Notification {
  /** A channel of the engine's configuration. */
  channel: string;
  /** All where left out. */
  events?: NoticeEvent[] | undefined;
}

export interface ShiftSpec {
  routes: ShiftRoute[];
  strategy: Strategy;
  analysis?: Analysis | undefined;
  verify?: Verify | undefined;
  deadlines?: Deadlines | undefined;
  /** What a failed analysis or a missed deadline means. */
  onFailure?: 'rollback' | 'hold' | undefined;
  /** What it means that somebody else changes the weights. */
  onDrift?: 'pause' | 'abort' | 'reassert' | undefined;
  windows?: Window[] | undefined;
  notifications?: Notification[] | undefined;
  /** The router is restored by Argo CD or Flux, and whoever asks for the shift knows it. */
  acknowledgeOwner?: boolean | undefined;
  /** Who asks for it, for the history. */
  by?: string | undefined;
  reason?: string | undefined;
  control?: Control | undefined;
}
