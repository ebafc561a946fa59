/**
 * The heart: from what a shift asks for, how far it is and what is known of the world, to how far it is then and what is to be
 * done. Pure; the same input gives the same output. One turn changes the phase once at most, so that each phase is stored
 * before anything is done in it.
 */
import { said, sentenceOf } from './said';
import type { Said } from './said';
import { analyse } from './analysis';
import { pendingControl, takeControl } from './controls';
import type { Transition } from './effects';
import { pause, unpause } from './pause';
import { nodeName, pairIn } from './plan';
import { continueRollback, rollBack } from './rollback';
import type { ShiftSpec } from './spec';
import { start } from './start';
import { isFinal } from './status';
import type { Phase, Reason, ShiftStatus } from './status';
import { advance, applying, awaitingApproval, holding, verifying } from './steps';
import { Turn } from './turn';
import type { ShiftWorld } from './world';
import { isOpen, nextMinute } from './windows';

/** What a shift was made for is not there any more. */
function lost(turn: Turn): { reason: Reason; what: Said } | undefined {
  const { spec, status, world } = turn;
  for (const [i, route] of spec.routes.entries()) {
    const known = status.snapshot?.[i];
    const router = turn.router(route.router);
    if (known === undefined) continue;
    if (router === undefined || router.uid !== known.uid)
      return { reason: 'RouterGone', what: said('routerGone', { router: route.router }) };
    const targets = turn.targetsOf(route);
    if (targets === undefined)
      return {
        reason: 'RouteGone',
        what: said('routeGone', { router: route.router, route: route.route }),
      };
    if (pairIn(targets, route, world.self.namespace) === undefined)
      return {
        reason: 'TargetGone',
        what: said('targetGone', { route: route.route, from: route.from, to: route.to }),
      };
  }
  return undefined;
}

const UNDER_WAY: readonly Phase[] = ['Applying', 'Verifying', 'Holding', 'AwaitingApproval', 'Paused'];

/** Whether nobody is left to answer what was sent to `to`. */
function targetDown({ status, spec, world }: Turn): string | undefined {
  const { intent, phase, pause: paused } = status;
  if (!UNDER_WAY.includes(phase) || paused?.reason === 'Drift') return undefined;
  if (intent === undefined || intent.percent === 0) return undefined;
  return spec.routes.find(({ to }) => {
    const state = world.nodes[nodeName(to, world.self.namespace)];
    return state === 'notReady' || state === 'missing';
  })?.to;
}

/** Everything that sends a shift back, before anything else is looked at; true where it did. */
function goesBack(turn: Turn): boolean {
  const { status, world, policy } = turn;
  const rollingBack = status.phase === 'RollingBack' || status.phase === 'RollbackBlocked';
  const control = pendingControl(turn);
  if (control?.action === 'abort') {
    takeControl(turn, control);
    return true;
  }
  if (rollingBack) return false;
  if (world.self.deleting) {
    rollBack(turn, 'Deleted', said('deleted'));
    return true;
  }
  const down = targetDown(turn);
  if (down !== undefined) {
    rollBack(turn, 'TargetNotReady', said('targetDown', { node: down }));
    return true;
  }
  const { totalSeconds } = policy.deadlines;
  const { startedAt, deadlinePassed } = status;
  if (startedAt === undefined || totalSeconds === undefined || deadlinePassed === true) return false;
  if (!turn.passed(startedAt, totalSeconds)) return false;
  status.deadlinePassed = true;
  const what = said('totalLate', { seconds: totalSeconds });
  if (policy.onFailure === 'rollback') rollBack(turn, 'TotalDeadline', what);
  else pause(turn, 'TotalDeadline', what);
  return true;
}

/** Some pauses end by themselves; through those of people and windows it is watched. */
function paused(turn: Turn): void {
  const { status, world, spec, nowMs } = turn;
  switch (status.pause?.reason) {
    case 'Frozen':
      if (world.controlPlane !== 'frozen') unpause(turn);
      return;
    case 'Manual':
      return void analyse(turn);
    case 'Window':
      if (analyse(turn) === 'ended') return;
      if (isOpen(spec.windows ?? [], nowMs)) advance(turn);
      else turn.wakeAt(nextMinute(nowMs));
  }
}

function forward(turn: Turn): void {
  const { status, world } = turn;
  if (world.controlPlane === 'frozen' && status.phase !== 'Pending' && status.phase !== 'Paused')
    return pause(turn, 'Frozen', said('frozen'));
  switch (status.phase) {
    case 'Pending':
      return start(turn);
    case 'Applying':
      return applying(turn);
    case 'Verifying':
      return verifying(turn);
    case 'Holding':
      return holding(turn);
    case 'AwaitingApproval':
      return awaitingApproval(turn);
    case 'Paused':
      return paused(turn);
    case 'RollingBack':
    case 'RollbackBlocked':
      return continueRollback(turn);
    case 'Succeeded':
    case 'RolledBack':
    case 'Superseded':
    case 'Refused':
  }
}

/** A shift that has ended gives its routers free, and then lets itself be deleted. */
function letGo(turn: Turn): void {
  const held = turn.routerNames.filter((name) => turn.router(name)?.lock === turn.lock);
  for (const router of held) turn.effects.push({ kind: 'unlock', router });
  if (held.length === 0 && turn.world.self.kept) turn.effects.push({ kind: 'letGo' });
}

function take(turn: Turn): void {
  if (isFinal(turn.status)) return letGo(turn);
  const gone = lost(turn);
  if (gone) {
    turn.finish('Superseded', gone.reason, gone.what);
    return turn.tell('Warning', 'ShiftSuperseded', sentenceOf(gone.what));
  }
  if (goesBack(turn)) return;
  const control = pendingControl(turn);
  if (control) return takeControl(turn, control);
  if (turn.status.phase === 'RollingBack' || turn.status.phase === 'RollbackBlocked')
    return continueRollback(turn);
  forward(turn);
}

/**
 * One turn. The caller stores `status`, with a check that nobody else has written meanwhile, then does the effects, then takes
 * the next turn: at once where anything changed, else when the world does or at `wakeAtMs`. `nowMs` is the cluster's time.
 */
export function transition(
  spec: ShiftSpec,
  status: ShiftStatus | undefined,
  world: ShiftWorld,
  nowMs: number,
): Transition {
  const turn = new Turn(spec, status, world, nowMs);
  take(turn);
  const { effects, wakeAtMs } = turn;
  return { status: turn.settle(), effects, ...(wakeAtMs === undefined ? {} : { wakeAtMs }) };
}
