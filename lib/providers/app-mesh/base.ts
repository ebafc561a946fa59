/** What all entities share: reference, conditions, acceptance, the controller's own words. */
import { z } from 'zod';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Acceptance, Condition, Entity, EntityRef, Mesh, ReconcileProblem } from '@/lib/mesh/model';
import type { StatusCr } from './cr';
import { ownershipOf } from './ownership';
import type { RawObject, World } from './resources';
import { HEALTH_ANNOTATION, readThresholds } from './thresholds';
import { writersOf } from './writers';

/** Where an object lives. */
export function refOf(raw: RawObject, arn?: string): EntityRef {
  const { metadata } = raw;
  return {
    apiVersion: raw.apiVersion,
    kind: raw.kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    generation: metadata.generation ?? 0,
    ...(arn === undefined ? {} : { arn }),
  };
}

const eventCr = z.looseObject({
  type: z.string().nullish(),
  reason: z.string().nullish(),
  message: z.string().nullish(),
  count: z.number().nullish(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  involvedObject: z.looseObject({ uid: z.string().nullish() }),
});

type Report = { uid: string; problem: ReconcileProblem } | 'none';

/** Events come again unchanged with every other one; what was read once is not read twice. */
const read = new WeakMap<RawObject, Report>();

function reportOf(raw: RawObject): Report {
  const known = read.get(raw);
  if (known !== undefined) return known;
  const report = ((): Report => {
    const parsed = eventCr.safeParse(raw);
    if (!parsed.success || parsed.data.reason !== 'ReconcileError') return 'none';
    const { involvedObject, lastTimestamp, eventTime, message, count } = parsed.data;
    if (!involvedObject.uid) return 'none';
    const at = lastTimestamp ?? eventTime ?? raw.metadata.creationTimestamp ?? '';
    const problem = { reason: 'ReconcileError', message: message ?? '', at, count: count ?? 1 };
    return { uid: involvedObject.uid, problem };
  })();
  read.set(raw, report);
  return report;
}

/** The newest ReconcileError event of each object, by uid. The controller writes no other word about a failure. */
export function reconcileProblems(world: World): ReadonlyMap<string, ReconcileProblem> {
  const problems = new Map<string, ReconcileProblem>();
  for (const raw of world['events'] ?? []) {
    const report = reportOf(raw);
    if (report === 'none') continue;
    const known = problems.get(report.uid);
    if (!known || known.at < report.problem.at) problems.set(report.uid, report.problem);
  }
  return problems;
}

const ARN_FIELD = /ARN$/;

function arnOf(status: StatusCr | null | undefined): string | undefined {
  for (const [field, content] of Object.entries(status ?? {}))
    if (ARN_FIELD.test(field) && typeof content === 'string') return content;
  return undefined;
}

/**
 * The controller waits for an object's preconditions by failing and trying again, and reports each try as an
 * error. An event of these words is no refusal.
 */
const EXPECTED_WAIT = /\b(?:mesh|virtual(?:Node|Router|Gateway|Service)) is not active yet\b/;

/** Events tell whole seconds and may be seen before the object they are about. */
const EVENT_LEAD_MS = 2_000;

/** What entities are read against: the controller's words, what was known before, and the time. */
export interface Reports {
  problems: ReadonlyMap<string, ReconcileProblem>;
  earlier(key: EntityKey): Entity | Mesh | undefined;
  now: Date;
}

function generationSeenAt(raw: RawObject, earlier: Entity | Mesh | undefined, now: Date): string | undefined {
  if (earlier === undefined || earlier.ref.uid !== raw.metadata.uid) return undefined;
  return earlier.ref.generation === (raw.metadata.generation ?? 0)
    ? earlier.generationSeenAt
    : now.toISOString();
}

/** Nothing of an event says which generation it is about; one from before this generation was there is not about it. */
function isAbout(problem: ReconcileProblem, seenAt: string | undefined): boolean {
  return seenAt === undefined || !(Date.parse(problem.at) < Date.parse(seenAt) - EVENT_LEAD_MS);
}

/**
 * Whether the control plane holds this generation. The controller leaves an old `Active=True` in place when a later
 * generation fails, so a newer ReconcileError counts more than the condition.
 */
function acceptanceOf(
  raw: RawObject,
  conditions: Condition[],
  observedGeneration: number | undefined,
  problem: ReconcileProblem | undefined,
): Acceptance {
  if (raw.metadata.deletionTimestamp !== undefined) return 'deleting';
  const current = observedGeneration !== undefined && observedGeneration >= (raw.metadata.generation ?? 0);
  const active = conditions.find((condition) => condition.type.endsWith('Active'));
  if (current && active?.status === 'True') return 'accepted';
  if (problem !== undefined && !EXPECTED_WAIT.test(problem.message)) return 'rejected';
  if (observedGeneration === undefined && active === undefined && problem === undefined) return 'unknown';
  return 'pending';
}

/** The shared part of an entity. */
export function baseOf(
  raw: RawObject,
  key: EntityKey,
  parsed: { spec: { awsName?: string | null | undefined }; status?: StatusCr | null | undefined },
  defaultAwsName: string,
  { problems, earlier, now }: Reports,
) {
  const { status } = parsed;
  const conditions = (status?.conditions ?? []).map((each): Condition => ({
    type: each.type,
    status: each.status,
    reason: each.reason ?? undefined,
    message: each.message ?? undefined,
    lastTransitionTime: each.lastTransitionTime ?? undefined,
  }));
  const observedGeneration = status?.observedGeneration ?? undefined;
  const seenAt = generationSeenAt(raw, earlier(key), now);
  const newest = problems.get(raw.metadata.uid);
  const reported = newest !== undefined && isAbout(newest, seenAt) ? newest : undefined;
  const acceptance = acceptanceOf(raw, conditions, observedGeneration, reported);
  return {
    key,
    ref: refOf(raw, arnOf(status)),
    awsName: parsed.spec.awsName ?? defaultAwsName,
    labels: raw.metadata.labels ?? {},
    createdAt: raw.metadata.creationTimestamp ?? '',
    deletingSince: raw.metadata.deletionTimestamp,
    conditions,
    observedGeneration,
    generationSeenAt: seenAt,
    acceptance,
    // Once a generation is accepted, what was said before it is past.
    problem: acceptance === 'accepted' ? undefined : reported,
    ownership: ownershipOf(raw),
    writtenBy: writersOf(raw),
    ...readThresholds(raw.metadata.annotations?.[HEALTH_ANNOTATION]),
  };
}
