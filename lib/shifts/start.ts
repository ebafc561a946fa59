/** Before the first step: whether a shift may begin at all, and when. */
import { beginStep } from './steps';
import { nodeName, pairIn } from './plan';
import { specProblems } from './problems';
import type { Reason } from './status';
import type { Turn } from './turn';
import { isOpen, nextMinute } from './windows';

interface Refusal {
  reason: Reason;
  message: string;
}

/** What no waiting mends. */
function refusal(turn: Turn): Refusal | undefined {
  const { spec, world } = turn;
  const { namespace } = world.self;
  const [problem] = specProblems(spec);
  if (problem) return { reason: 'Invalid', message: `spec.${problem.path}: ${problem.message}` };
  for (const route of spec.routes) {
    const router = turn.router(route.router);
    if (router === undefined)
      return { reason: 'NotFound', message: `there is no VirtualRouter ${namespace}/${route.router}` };
    const targets = turn.targetsOf(route);
    if (targets === undefined)
      return {
        reason: 'NotFound',
        message: `${route.router} has no route ${route.route} that can be edited`,
      };
    if (pairIn(targets, route, namespace) === undefined)
      return {
        reason: 'NotFound',
        message: `the route ${route.route} does not lead once each to ${route.from} and ${route.to}`,
      };
    const owned = ownerRefusal(turn, route.router);
    if (owned) return owned;
    if (world.nodes[nodeName(route.to, namespace)] === 'missing')
      return { reason: 'NotFound', message: `there is no VirtualNode ${route.to}` };
  }
  return globalRefusal(turn);
}

/** Who else writes weights there. */
function ownerRefusal(turn: Turn, name: string): Refusal | undefined {
  const router = turn.router(name);
  if (router === undefined) return undefined;
  if (router.lock !== undefined && router.lock !== turn.lock)
    return {
      reason: 'Locked',
      message: `${name} is held by the shift ${router.lock.split('/').slice(0, 2).join('/')}`,
    };
  const { manager, name: owner = '' } = router.ownership;
  if (manager === 'flagger' || manager === 'rollouts')
    return { reason: 'Owned', message: `the weights of ${name} are written by ${manager} (${owner})` };
  if ((manager === 'argocd' || manager === 'flux') && turn.spec.acknowledgeOwner !== true)
    return {
      reason: 'Unacknowledged',
      message: `${name} is restored by ${manager} (${owner}); spec.acknowledgeOwner says that this is known`,
    };
  return undefined;
}

function globalRefusal(turn: Turn): Refusal | undefined {
  const { spec, world, policy } = turn;
  if (world.controlPlane === 'frozen')
    return { reason: 'Frozen', message: 'the mesh is frozen: no control plane would take the weights' };
  const idle = spec.routes.every((route) => {
    const targets = turn.targetsOf(route) ?? [];
    const pair = pairIn(targets, route, world.self.namespace);
    return pair === undefined || (targets[pair.from]?.weight ?? 0) === 0;
  });
  if (idle) return { reason: 'NothingToShift', message: 'none of the nodes that would lose traffic has any' };
  if (!world.measurable && (policy.analysis !== undefined || policy.verify.mode === 'require'))
    return { reason: 'NoTelemetry', message: 'it asks for measurements, and nobody measures here' };
  return undefined;
}

/** What may still come. */
function hindrance(turn: Turn): Refusal | undefined {
  const { spec, world } = turn;
  for (const { router, to } of spec.routes) {
    if (world.nodes[nodeName(to, world.self.namespace)] === 'notReady')
      return { reason: 'TargetNotReady', message: `${to} has no ready pod` };
    const facts = turn.router(router);
    if (facts && (facts.acceptedGeneration ?? -1) < facts.generation)
      return { reason: 'RouterPending', message: `the control plane has not accepted ${router} as it is` };
  }
  return undefined;
}

function wait(turn: Turn, { reason, message }: Refusal): void {
  if (turn.status.reason !== reason) turn.status.phaseSinceAt = turn.now;
  turn.say(reason, message);
}

function refuse(turn: Turn, { reason, message }: Refusal): void {
  turn.finish('Refused', reason, message);
  turn.tell('Warning', 'ShiftRefused', message);
}

/** One turn of a shift that has not begun. */
export function start(turn: Turn): void {
  const { status, spec, world } = turn;
  const refused = refusal(turn);
  if (refused) return refuse(turn, refused);
  const open = hindrance(turn);
  if (open) {
    const waited =
      status.reason === open.reason && turn.passed(status.phaseSinceAt, turn.policy.deadlines.startSeconds);
    if (waited) return refuse(turn, open);
    wait(turn, open);
    turn.passed(status.phaseSinceAt, turn.policy.deadlines.startSeconds);
    return;
  }
  if (!isOpen(spec.windows ?? [], turn.nowMs)) {
    turn.wakeAt(nextMinute(turn.nowMs));
    return wait(turn, { reason: 'Window', message: 'it waits for a window in which weights may go up' });
  }
  if (!world.self.kept) {
    turn.effects.push({ kind: 'keep' });
    return;
  }
  status.startedAt = turn.now;
  status.snapshot = spec.routes.map(({ router, route }) => ({
    router,
    route,
    uid: turn.router(router)?.uid ?? '',
    targets: turn.targetsOf({ router, route }) ?? [],
  }));
  status.base = status.snapshot.map(({ router, route, targets }) => ({ router, route, targets }));
  beginStep(turn, 0);
}
