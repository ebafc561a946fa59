/** One change of weights on its way: intended, applied, accepted. Steps and rollbacks go the same way. */
import { pairIn, planWeights, restoreWeights, sameWeights } from './plan';
import type { Intent, WeightChange } from './status';
import type { Turn } from './turn';
import type { TargetWeight } from './world';

/** Events of the cluster tell whole seconds. */
const EVENT_LEAD_MS = 2_000;

/** Writes down a change that is to be made. Nothing is sent before this has been stored. `after`: weights for each of the spec's routes. */
export function intend(
  turn: Turn,
  direction: Intent['direction'],
  percent: number,
  after: readonly TargetWeight[][],
): void {
  const { status, spec, now } = turn;
  status.intents += 1;
  const id = `${status.step}.${status.intents}`;
  status.intent = {
    id,
    direction,
    percent,
    startedAt: now,
    routes: spec.routes.map(({ router, route }, i) => ({
      router,
      route,
      before: turn.targetsOf({ router, route }) ?? [],
      targets: after[i] ?? [],
    })),
  };
  delete status.hold;
  delete status.analysis;
  delete status.verification;
  status.changes.push({ intent: id, step: status.step, direction, percent, intendedAt: now });
}

/** The weights of every route with so much of each pair at `to`, reckoned from the base. */
export function plannedWeights(turn: Turn, percent: number): TargetWeight[][] {
  const { spec, status, world } = turn;
  return spec.routes.map((route, i) => {
    const base = status.base?.[i]?.targets ?? [];
    const pair = pairIn(base, route, world.self.namespace);
    return pair ? planWeights(base, pair, percent) : [...base];
  });
}

/** What of the pairs is at `to`, in per cent of both. */
export function percentOf(turn: Turn, routes: readonly { targets: readonly TargetWeight[] }[]): number {
  const { spec, world } = turn;
  let [to, both] = [0, 0];
  spec.routes.forEach((route, i) => {
    const targets = routes[i]?.targets ?? [];
    const pair = pairIn(targets, route, world.self.namespace);
    if (!pair) return;
    const [lost = 0, gained = 0] = [targets[pair.from]?.weight, targets[pair.to]?.weight];
    to += gained;
    both += gained + lost;
  });
  return both === 0 ? 0 : Math.round((to / both) * 100);
}

/** The entry of the change under way. */
export const changeOf = ({ status }: Turn): WeightChange | undefined =>
  status.changes.findLast(({ intent }) => intent === status.intent?.id);

/**
 * waiting: not applied or not accepted yet. drift: somebody else changed the weights. taken: another shift holds a router.
 * rejected: the control plane refuses what was applied.
 */
export type Progress = 'waiting' | 'drift' | 'taken' | 'rejected' | 'accepted';

function words(turn: Turn, intent: Intent): { by: string; reason: string } {
  const { world, status, steps } = turn;
  const by = `TrafficShift ${world.self.namespace}/${world.self.name}`;
  const { trigger, message } = status.rollback ?? {};
  if (intent.direction === 'rollback') return { by, reason: `rollback (${trigger ?? ''}): ${message ?? ''}` };
  return { by, reason: `step ${status.step + 1} of ${steps.length}: ${intent.percent} %` };
}

type RouteIntent = Intent['routes'][number];

/** Where one route stands: as asked for, still as before, or neither. A rollback makes up its mind anew. */
function routeProgress(turn: Turn, intent: Intent, route: RouteIntent): 'applied' | 'open' | 'drift' {
  const now = turn.targetsOf(route) ?? [];
  if (intent.direction === 'rollback') {
    const place = intent.routes.indexOf(route);
    const snapshot = turn.status.snapshot?.[place]?.targets ?? [];
    route.targets = restoreWeights(now, snapshot);
  }
  if (sameWeights(now, route.targets)) {
    route.generation ??= turn.router(route.router)?.generation ?? 0;
    return 'applied';
  }
  if (intent.direction === 'rollback' && intent.acceptedAt === undefined) {
    route.before = now;
    delete route.generation;
    return 'open';
  }
  return route.generation === undefined && sameWeights(now, route.before) ? 'open' : 'drift';
}

/** Takes the intent as far as it goes: asks for writes, notes what was applied and accepted. */
export function progress(turn: Turn, intent: Intent): Progress {
  const open = new Map<string, RouteIntent[]>();
  for (const route of intent.routes) {
    const state = routeProgress(turn, intent, route);
    if (state === 'drift') return 'drift';
    if (state === 'open') open.set(route.router, [...(open.get(route.router) ?? []), route]);
  }
  for (const name of turn.routerNames) {
    const lock = turn.router(name)?.lock;
    if (lock !== undefined && lock !== turn.lock) return 'taken';
    if (lock === undefined && !open.has(name)) open.set(name, []);
  }
  if (open.size > 0) {
    for (const [router, routes] of open)
      turn.effects.push({
        kind: 'write',
        router,
        intent: intent.id,
        routes: routes.map(({ route, before, targets }) => ({ route, before, after: targets })),
        ...words(turn, intent),
      });
    return 'waiting';
  }
  return acceptance(turn, intent);
}

function acceptance(turn: Turn, intent: Intent): Progress {
  const change = changeOf(turn);
  intent.appliedAt ??= turn.now;
  if (change) change.appliedAt ??= intent.appliedAt;
  turn.condition('LockHeld', 'True', 'Held');
  if (intent.acceptedAt !== undefined) return 'accepted';
  const accepted = intent.routes.every(
    ({ router, generation = 0 }) => (turn.router(router)?.acceptedGeneration ?? -1) >= generation,
  );
  if (accepted) {
    intent.acceptedAt = turn.now;
    if (change) change.acceptedAt = turn.now;
    turn.condition('MeshAccepted', 'True', 'Accepted');
    return 'accepted';
  }
  turn.condition('MeshAccepted', 'False', 'Pending');
  return refusalOf(turn, intent) === undefined ? 'waiting' : 'rejected';
}

/** The control plane's words against what was applied. */
export function refusalOf(turn: Turn, { appliedAt }: Intent): string | undefined {
  if (appliedAt === undefined) return undefined;
  const since = Date.parse(appliedAt) - EVENT_LEAD_MS;
  for (const name of turn.routerNames) {
    const rejection = turn.router(name)?.rejection;
    if (rejection !== undefined && rejection.atMs >= since) return rejection.message;
  }
  return undefined;
}
