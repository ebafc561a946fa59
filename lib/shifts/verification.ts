/** Whether the share that arrives is the share that was asked for. */
import { CONFIDENCE_999, isWithin, wilson } from '@/lib/mesh/telemetry/wilson';
import { changeOf } from './intent';
import type { Question, Sample } from './measure';
import { nodeName, pairIn, sameWeights } from './plan';
import type { Intent, MeasuredShare } from './status';
import type { Turn } from './turn';

interface RouteShare {
  declared: number;
  hits: number;
  count: number;
  verdict: MeasuredShare['verdict'];
}

/** Worse ones first: what is true of one route is true of the change. */
const WORST: readonly MeasuredShare['verdict'][] = ['differs', 'tooFew', 'unknown', 'agrees'];

function verdictOf(
  turn: Turn,
  { declared, hits, count }: Omit<RouteShare, 'verdict'>,
): MeasuredShare['verdict'] {
  const { minSamples, tolerance } = turn.policy.verify;
  if (count < minSamples) return 'tooFew';
  const share = hits / count;
  const close = Math.abs(share - declared) <= tolerance;
  if (!close && !isWithin(declared, wilson(hits, count, CONFIDENCE_999))) return 'differs';
  // Nobody at all on a side that is promised some says only that it was not looked at for long enough.
  const seen = (declared === 0 || hits > 0) && (declared === 1 || hits < count);
  return seen ? 'agrees' : 'tooFew';
}

function routeShare(
  turn: Turn,
  route: Intent['routes'][number],
  i: number,
  sample: Sample,
): RouteShare | undefined {
  const { spec, world } = turn;
  const asked = spec.routes[i];
  const pair = asked && pairIn(route.targets, asked, world.self.namespace);
  const counts = sample.shares.find(
    (each) => each.router === route.router && each.route === route.route,
  )?.counts;
  if (asked === undefined || pair === undefined || counts === undefined) return undefined;
  const total = route.targets.reduce((sum, { weight }) => sum + weight, 0);
  const declared = total === 0 ? 0 : (route.targets[pair.to]?.weight ?? 0) / total;
  const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
  const hits = counts[nodeName(asked.to, world.self.namespace)] ?? 0;
  const seen = { declared, hits, count };
  return { ...seen, verdict: verdictOf(turn, seen) };
}

/** What a sample says of the intent under way. */
export function measuredShare(turn: Turn, intent: Intent, sample: Sample): MeasuredShare {
  const shares = intent.routes.map((route, i) => routeShare(turn, route, i, sample));
  const known = shares.flatMap((share) => share ?? []);
  const verdicts = shares.map((share) => share?.verdict ?? 'unknown');
  const samples = known.reduce((sum, { count }) => sum + count, 0);
  const weighted = (of: (share: RouteShare) => number) =>
    known.reduce((sum, share) => sum + of(share), 0) / Math.max(1, samples);
  const evidence = sample.shares[0]?.evidence;
  return {
    at: turn.now,
    ...(samples === 0 ? {} : { share: weighted(({ hits }) => hits) }),
    declared:
      samples === 0
        ? (known[0]?.declared ?? intent.percent / 100)
        : weighted(({ declared, count }) => declared * count),
    samples,
    ...(evidence === undefined ? {} : { evidence }),
    verdict: WORST.find((verdict) => verdicts.includes(verdict)) ?? 'unknown',
  };
}

/** The pairs that are measured, as a question names them. */
export const measuredRoutes = ({ spec, world }: Turn): Question['routes'] =>
  spec.routes.map(({ router, route, from, to }) => ({
    router,
    route,
    from: nodeName(from, world.self.namespace),
    to: nodeName(to, world.self.namespace),
  }));

/** A change holds from the whole second after the one in which it was accepted. */
export const wholeSecondAfter = (at: string): number => (Math.floor(Date.parse(at) / 1000) + 1) * 1000;

/** Begins to look at the share; false where nobody is to, or can, or nothing was changed. */
export function beginVerification(turn: Turn): boolean {
  const { status, policy, world, nowMs } = turn;
  const { intent } = status;
  const changed = intent?.routes.some(({ before, targets }) => !sameWeights(before, targets)) ?? false;
  if (policy.verify.mode === 'skip' || !world.measurable || !changed) {
    turn.condition('TrafficVerified', 'Unknown', world.measurable ? 'NotAsked' : 'NoTelemetry');
    return false;
  }
  const { intervalSeconds, timeoutSeconds } = policy.verify;
  status.verification = {
    number: 0,
    nextAt: new Date(nowMs + intervalSeconds * 1000).toISOString(),
    untilAt: new Date(nowMs + timeoutSeconds * 1000).toISOString(),
  };
  turn.condition('TrafficVerified', 'Unknown', 'Measuring');
  return true;
}

/** waiting: no word yet. differs, unmeasured: and time is up. */
export type Verified = 'waiting' | 'agrees' | 'differs' | 'unmeasured';

/** One turn of looking at the share. */
export function verify(turn: Turn): Verified {
  const { status, nowMs } = turn;
  const { verification, intent } = status;
  if (verification === undefined || intent?.acceptedAt === undefined) return 'unmeasured';
  const isOver = turn.passed(verification.untilAt, 0);
  if (!isOver && !turn.passed(verification.nextAt, 0)) return 'waiting';
  const id = `${intent.id}.s${verification.number}`;
  const sample = turn.world.samples.find((each) => each.id === id);
  if (sample === undefined) {
    // One that fell due in time is waited for: nobody may have been there to ask.
    if (isOver && verification.nextAt > verification.untilAt) return outOfTime(turn);
    const [fromMs, toMs] = [wholeSecondAfter(intent.acceptedAt), Date.parse(verification.nextAt)];
    turn.effects.push({
      kind: 'measure',
      question: { id, fromMs, toMs, metrics: [], routes: measuredRoutes(turn) },
    });
    return 'waiting';
  }
  const measured = measuredShare(turn, intent, sample);
  const change = changeOf(turn);
  if (change) change.measured = measured;
  if (measured.verdict === 'agrees') {
    if (change) change.verifiedAt = turn.now;
    turn.condition('TrafficVerified', 'True', 'Agrees');
    return 'agrees';
  }
  verification.number += 1;
  verification.nextAt = new Date(nowMs + turn.policy.verify.intervalSeconds * 1000).toISOString();
  return isOver ? outOfTime(turn) : 'waiting';
}

function outOfTime(turn: Turn): 'differs' | 'unmeasured' {
  const differs = changeOf(turn)?.measured?.verdict === 'differs';
  turn.condition('TrafficVerified', differs ? 'False' : 'Unknown', differs ? 'Differs' : 'TooFewSamples');
  return differs ? 'differs' : 'unmeasured';
}
