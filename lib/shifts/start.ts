/** Before the first step: whether a shift may begin at all, and when. */
import { said, sentenceOf } from './said';
import type { Said } from './said';
import { beginStep } from './steps';
import { nodeName, pairIn } from './plan';
import { specProblems } from './problems';
import type { Reason } from './status';
import type { Turn } from './turn';
import { isOpen, nextMinute } from './windows';

interface Refusal {
  reason: Reason;
  what: Said;
}

/** What no waiting mends. */
function refusal(turn: Turn): Refusal | undefined {
  const { spec, world } = turn;
  const { namespace } = world.self;
  const [problem] = specProblems(spec);
  if (problem)
    return { reason: 'Invalid', what: said('invalid', { path: problem.path, detail: problem.message }) };
  for (const route of spec.routes) {
    const router = turn.router(route.router);
    if (router === undefined)
      return { reason: 'NotFound', what: said('noRouter', { router: `${namespace}/${route.router}` }) };
    const targets = turn.targetsOf(route);
    if (targets === undefined)
      return {
        reason: 'NotFound',
        what: said('noRoute', { router: route.router, route: route.route }),
      };
    if (pairIn(targets, route, namespace) === undefined)
      return {
        reason: 'NotFound',
        what: said('noPair', { route: route.route, from: route.from, to: route.to }),
      };
    const owned = ownerRefusal(turn, route.router);
    if (owned) return owned;
    if (world.nodes[nodeName(route.to, namespace)] === 'missing')
      return { reason: 'NotFound', what: said('noNode', { node: route.to }) };
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
      what: said('locked', { router: name, shift: router.lock.split('/').slice(0, 2).join('/') }),
    };
  const { manager, name: owner = '' } = router.ownership;
  if (manager === 'flagger' || manager === 'rollouts')
    return { reason: 'Owned', what: said('owned', { router: name, manager, owner }) };
  if ((manager === 'argocd' || manager === 'flux') && turn.spec.acknowledgeOwner !== true)
    return {
      reason: 'Unacknowledged',
      what: said('restored', { router: name, manager, owner }),
    };
  return undefined;
}

function globalRefusal(turn: Turn): Refusal | undefined {
  const { spec, world, policy } = turn;
  if (world.controlPlane === 'frozen') return { reason: 'Frozen', what: said('frozen') };
  const idle = spec.routes.every((route) => {
    const targets = turn.targetsOf(route) ?? [];
    const pair = pairIn(targets, route, world.self.namespace);
    return pair === undefined || (targets[pair.from]?.weight ?? 0) === 0;
  });
  if (idle) return { reason: 'NothingToShift', what: said('nothingToShift') };
  if (!world.measurable && (policy.analysis !== undefined || policy.verify.mode === 'require'))
    return { reason: 'NoTelemetry', what: said('noTelemetry') };
  return undefined;
}

/** What may still come. */
function hindrance(turn: Turn): Refusal | undefined {
  const { spec, world } = turn;
  for (const { router, to } of spec.routes) {
    if (world.nodes[nodeName(to, world.self.namespace)] === 'notReady')
      return { reason: 'TargetNotReady', what: said('targetNotReady', { node: to }) };
    const facts = turn.router(router);
    if (facts && (facts.acceptedGeneration ?? -1) < facts.generation)
      return { reason: 'RouterPending', what: said('routerPending', { router }) };
  }
  return undefined;
}

function wait(turn: Turn, { reason, what }: Refusal): void {
  if (turn.status.reason !== reason) turn.status.phaseSinceAt = turn.now;
  turn.say(reason, what);
}

function refuse(turn: Turn, { reason, what }: Refusal): void {
  turn.finish('Refused', reason, what);
  turn.tell('Warning', 'ShiftRefused', sentenceOf(what));
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
    return wait(turn, { reason: 'Window', what: said('waitsForWindow') });
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
