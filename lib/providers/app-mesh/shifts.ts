/** The wire form of a TrafficShift (`meshdeck.dev/v1alpha1`). Its fields are those of lib/shifts, checked here once. */
import { z } from 'zod';
import { EVIDENCE_KINDS } from '@/lib/mesh/telemetry/measured';
import {
  CONTROL_OBSTACLES,
  METRIC_FIGURES,
  NOTICE_EVENTS,
  SAID_CODES,
  type AnalysisState,
  type Condition,
  type Control,
  type HandledControl,
  type Intent,
  type MeasuredShare,
  type Measurement,
  type Metric,
  type Notice,
  type Phase,
  type RouteWeights,
  type Said,
  type ShiftSpec,
  type ShiftStatus,
  type TargetWeight,
  type WeightChange,
  type Window,
} from '@/lib/shifts';
import type { RawObject } from './resources';

const SHIFT_GROUP = 'meshdeck.dev';
const SHIFT_VERSION = 'v1alpha1';
export const SHIFT_API_VERSION = `${SHIFT_GROUP}/${SHIFT_VERSION}`;
export const SHIFT_KIND = 'TrafficShift';

/** Where TrafficShifts are in the Kubernetes API. */
export const SHIFT_RESOURCE = {
  group: SHIFT_GROUP,
  version: SHIFT_VERSION,
  plural: 'trafficshifts',
  kind: SHIFT_KIND,
  namespaced: true,
} as const;

/** On a shift under way: it must go back before it is deleted. */
export const SHIFT_FINALIZER = 'meshdeck.dev/shift';
/** On a router: which shift holds it, as `namespace/name/uid`. */
export const LOCK_ANNOTATION = 'meshdeck.dev/active-shift';

const seconds = z.number().int().min(0).optional();
const time = z.iso.datetime({ offset: true });

const action = z.enum(['pause', 'resume', 'promote', 'promoteFull', 'abort', 'retry', 'adopt', 'reassert']);

const metric: z.ZodType<Metric> = z.object({
  name: z.string(),
  figure: z.enum(METRIC_FIGURES),
  evidence: z.enum(['any', ...EVIDENCE_KINDS]).optional(),
  max: z.number().optional(),
  min: z.number().optional(),
  compare: z.object({ maxRatio: z.number().optional(), maxIncrease: z.number().optional() }).optional(),
  minSamples: z.number().optional(),
  failureLimit: z.number().optional(),
  errorLimit: z.number().optional(),
  noData: z.enum(['hold', 'pass', 'fail']).optional(),
});

const window: z.ZodType<Window> = z.object({
  kind: z.enum(['allow', 'deny']),
  days: z.array(z.enum(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])).optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  timeZone: z.string().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
});

const control: z.ZodType<Control> = z.object({
  action,
  requestId: z.string(),
  expectedStep: z.number().int().optional(),
  by: z.string(),
  reason: z.string().optional(),
});

/** A spec as somebody wrote it; `specProblems` says what is wrong beyond its form. */
export const shiftSpecCr: z.ZodType<ShiftSpec> = z.object({
  routes: z.array(z.object({ router: z.string(), route: z.string(), from: z.string(), to: z.string() })),
  strategy: z.object({
    canary: z
      .object({
        steps: z.array(
          z.object({ weight: z.number(), holdSeconds: seconds, approval: z.boolean().optional() }),
        ),
      })
      .optional(),
    blueGreen: z
      .object({
        preview: z.object({ holdSeconds: seconds, approval: z.boolean().optional() }).optional(),
        bakeSeconds: seconds,
      })
      .optional(),
  }),
  analysis: z
    .object({
      intervalSeconds: seconds,
      warmUpSeconds: seconds,
      windowSeconds: seconds,
      lagSeconds: seconds,
      metrics: z.array(metric),
    })
    .optional(),
  verify: z
    .object({
      mode: z.enum(['require', 'prefer', 'skip']).optional(),
      minSamples: z.number().optional(),
      tolerance: z.number().optional(),
      intervalSeconds: seconds,
      timeoutSeconds: seconds,
    })
    .optional(),
  deadlines: z
    .object({
      startSeconds: seconds,
      acceptSeconds: seconds,
      noDataSeconds: seconds,
      onNoData: z.enum(['pause', 'rollback']).optional(),
      stepSeconds: seconds,
      totalSeconds: seconds,
    })
    .optional(),
  onFailure: z.enum(['rollback', 'hold']).optional(),
  onDrift: z.enum(['pause', 'abort', 'reassert']).optional(),
  windows: z.array(window).optional(),
  notifications: z
    .array(z.object({ channel: z.string(), events: z.array(z.enum(NOTICE_EVENTS)).optional() }))
    .optional(),
  acknowledgeOwner: z.boolean().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
  control: control.optional(),
});

const phase: z.ZodType<Phase> = z.enum([
  'Pending',
  'Applying',
  'Verifying',
  'Holding',
  'AwaitingApproval',
  'Paused',
  'RollingBack',
  'RollbackBlocked',
  'Succeeded',
  'RolledBack',
  'Superseded',
  'Refused',
]);
const reason = z.enum([
  'Invalid',
  'NotFound',
  'Owned',
  'Locked',
  'Frozen',
  'Unacknowledged',
  'NothingToShift',
  'NoTelemetry',
  'TargetNotReady',
  'RouterPending',
  'Window',
  'Manual',
  'AnalysisFailed',
  'Inconclusive',
  'NoData',
  'Drift',
  'MeshRejected',
  'NotAccepted',
  'NotVerified',
  'ShareDiffers',
  'StepDeadline',
  'TotalDeadline',
  'Aborted',
  'Deleted',
  'BaselineUnhealthy',
  'RouterGone',
  'RouteGone',
  'TargetGone',
]);
const verdict = z.enum(['pass', 'fail', 'noData', 'error']);
const direction = z.enum(['forward', 'rollback']);

const targets: z.ZodType<TargetWeight[]> = z.array(
  z.object({ node: z.string(), weight: z.number(), port: z.number().optional() }),
);
const routeWeights = z.object({ router: z.string(), route: z.string(), targets });
const intent: z.ZodType<Intent> = z.object({
  id: z.string(),
  direction,
  percent: z.number(),
  startedAt: time,
  routes: z.array(routeWeights.extend({ before: targets, generation: z.number().optional() })),
  appliedAt: time.optional(),
  acceptedAt: time.optional(),
});
const analysis: z.ZodType<AnalysisState> = z.object({
  number: z.number(),
  nextAt: time,
  notBeforeAt: time,
  metrics: z.record(
    z.string(),
    z.object({
      failures: z.number(),
      errors: z.number(),
      noDataSinceAt: time.optional(),
      last: z.enum([...verdict.options, 'none']),
    }),
  ),
});
const share: z.ZodType<MeasuredShare> = z.object({
  at: time,
  share: z.number().optional(),
  declared: z.number(),
  samples: z.number(),
  evidence: z.string().optional(),
  verdict: z.enum(['agrees', 'differs', 'tooFew', 'unknown']),
});
const change: z.ZodType<WeightChange> = z.object({
  intent: z.string(),
  step: z.number(),
  direction,
  percent: z.number(),
  intendedAt: time,
  appliedAt: time.optional(),
  acceptedAt: time.optional(),
  verifiedAt: time.optional(),
  measured: share.optional(),
});
const measurement: z.ZodType<Measurement> = z.object({
  at: time,
  step: z.number(),
  metric: z.string(),
  node: z.string(),
  verdict,
  figure: z.number().optional(),
  baseline: z.number().optional(),
  limit: z.number().optional(),
  samples: z.number().optional(),
  evidence: z.string().optional(),
  message: z.string().optional(),
});
// A code of a later engine is not known here; its sentence is.
const said: z.ZodType<Said | undefined> = z
  .object({ code: z.enum(SAID_CODES), values: z.record(z.string(), z.string()) })
  .optional()
  .catch(undefined);

const handled: z.ZodType<HandledControl> = z.object({
  requestId: z.string(),
  action,
  by: z.string(),
  reason: z.string().optional(),
  at: time,
  step: z.number(),
  outcome: z.enum(['done', 'refused']),
  message: z.string().optional(),
  obstacle: z.enum(CONTROL_OBSTACLES).optional(),
});
const condition: z.ZodType<Condition> = z.object({
  type: z.enum(['MeshAccepted', 'TrafficVerified', 'MetricsAvailable', 'LockHeld']),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  lastTransitionTime: time,
});

const noticeEvent = z.enum(NOTICE_EVENTS);
const notice: z.ZodType<Notice> = z.object({
  number: z.number(),
  event: noticeEvent,
  at: time,
  phase,
  reason: reason.optional(),
  message: z.string(),
  step: z.number(),
  percent: z.number().optional(),
  weights: z.string(),
  channels: z.array(z.string()),
});
const noticeFailure = z.object({
  number: z.number(),
  event: noticeEvent,
  channel: z.string(),
  at: time,
  message: z.string(),
});

/** How far a shift is, as an engine wrote it. */
export const shiftStatusCr: z.ZodType<ShiftStatus> = z.object({
  observedGeneration: z.number(),
  phase,
  phaseSinceAt: time,
  reason: reason.optional(),
  message: z.string().optional(),
  said: said.optional(),
  step: z.number(),
  progress: z.string(),
  weights: z.string(),
  startedAt: time.optional(),
  finishedAt: time.optional(),
  stepStartedAt: time.optional(),
  snapshot: z.array(routeWeights.extend({ uid: z.string() })).optional(),
  base: z.array(routeWeights satisfies z.ZodType<RouteWeights>).optional(),
  intents: z.number(),
  intent: intent.optional(),
  hold: z.object({ startedAt: time, endsAt: time }).optional(),
  analysis: analysis.optional(),
  verification: z.object({ number: z.number(), nextAt: time, untilAt: time }).optional(),
  approvedStep: z.number().optional(),
  full: z.boolean().optional(),
  reasserted: z.number().optional(),
  pause: z.object({ reason, sinceAt: time, from: phase }).optional(),
  rollback: z
    .object({
      trigger: reason,
      message: z.string(),
      said: said.optional(),
      by: z.string().optional(),
      at: time,
      waitsFor: z.enum(['pods', 'person']).optional(),
    })
    .optional(),
  deadlinePassed: z.boolean().optional(),
  changes: z.array(change),
  measurements: z.array(measurement),
  controls: z.array(handled),
  conditions: z.array(condition),
  notifications: z
    .object({ count: z.number(), pending: z.array(notice), failures: z.array(noticeFailure) })
    .optional(),
  leader: z.object({ holder: z.string(), term: z.number() }).optional(),
});

/** A TrafficShift as it stands in the cluster. `raw` is what writes go back to. */
export interface TrafficShift {
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  createdAt: string;
  deleting: boolean;
  kept: boolean;
  spec: ShiftSpec;
  /** Absent before an engine has seen it. */
  status: ShiftStatus | undefined;
  raw: RawObject;
}

const shape = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    resourceVersion: z.string(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
  }),
  spec: shiftSpecCr,
  status: shiftStatusCr.optional(),
});

/** Reads a TrafficShift. One that cannot be read is told by its first flaw, with the path of the field. */
export function readShift(
  raw: RawObject,
): { ok: true; shift: TrafficShift } | { ok: false; message: string } {
  const parsed = shape.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, message: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}` };
  }
  const { metadata, spec, status } = parsed.data;
  const { name, namespace, uid, resourceVersion, generation = 0, creationTimestamp = '' } = metadata;
  return {
    ok: true,
    shift: {
      namespace,
      name,
      uid,
      resourceVersion,
      generation,
      createdAt: creationTimestamp,
      deleting: metadata.deletionTimestamp !== undefined,
      kept: metadata.finalizers?.includes(SHIFT_FINALIZER) ?? false,
      spec,
      status,
      raw,
    },
  };
}
