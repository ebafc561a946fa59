/** Going back to the weights of before. Comes first in every turn, asks no gate and no window, and is verified like any change. */
import { intend, percentOf, progress, refusalOf } from './intent';
import type { Progress } from './intent';
import { nodeName, restoreWeights } from './plan';
import type { Reason, Rollback } from './status';
import type { Turn } from './turn';
import { beginVerification, verify } from './verification';

/** Whether somebody would answer what `from` gets back. */
export function baselineReady({ spec, world }: Turn): boolean {
  return spec.routes.every(({ from }) => {
    const state = world.nodes[nodeName(from, world.self.namespace)];
    return state !== 'notReady' && state !== 'missing';
  });
}

export interface RollbackOptions {
  by?: string | undefined;
  /** Somebody knows that the baseline is not well, and wants it all the same. */
  despite?: boolean;
  /** The baseline failed the same metrics. */
  baselineFails?: boolean;
}

/** Begins to go back, or says why it must not do so by itself. A shift that has changed nothing is over at once. */
export function rollBack(turn: Turn, trigger: Reason, message: string, options: RollbackOptions = {}): void {
  const { status, now } = turn;
  const { by, despite = false, baselineFails = false } = options;
  const rollback: Rollback = { trigger, message, at: now, ...(by === undefined ? {} : { by }) };
  status.rollback = rollback;
  delete status.pause;
  if (status.snapshot === undefined) {
    turn.finish('RolledBack', trigger, message);
    turn.tell('Normal', 'ShiftEnded', `ended before it changed anything: ${message}`);
    return;
  }
  if (!despite && !baselineReady(turn))
    return hold(turn, 'pods', 'the node that would get the traffic back has no ready pod');
  if (!despite && baselineFails)
    return hold(turn, 'person', 'the node that would get the traffic back fails the same metrics');
  begin(turn);
}

function hold(turn: Turn, waitsFor: 'pods' | 'person', why: string): void {
  const { rollback } = turn.status;
  if (rollback) rollback.waitsFor = waitsFor;
  const message = `${rollback?.message ?? ''}; ${why}: abort again to go back all the same, or promote fully`;
  turn.go('RollbackBlocked', 'BaselineUnhealthy', message);
  turn.tell('Warning', 'RollbackBlocked', message, true);
}

function begin(turn: Turn): void {
  const { status, spec } = turn;
  const { snapshot = [], rollback } = status;
  delete rollback?.waitsFor;
  const after = spec.routes.map((route, i) =>
    restoreWeights(turn.targetsOf(route) ?? [], snapshot[i]?.targets ?? []),
  );
  intend(turn, 'rollback', percentOf(turn, snapshot), after);
  turn.go('RollingBack', rollback?.trigger, rollback?.message);
  turn.tell('Warning', 'RollbackStarted', rollback?.message ?? '', true);
}

/** One turn of a rollback under way. */
export function continueRollback(turn: Turn): void {
  const { intent, rollback } = turn.status;
  if (rollback?.waitsFor === 'person') return;
  if (rollback?.waitsFor === 'pods' || intent?.direction !== 'rollback') {
    if (baselineReady(turn)) begin(turn);
    return;
  }
  const outcome = progress(turn, intent);
  if (outcome === 'taken') {
    turn.finish('Superseded', 'Locked', 'another shift holds the router');
    return turn.tell('Warning', 'ShiftSuperseded', 'another shift holds the router');
  }
  // It had been accepted, and somebody changed the weights afterwards: that is theirs.
  if (outcome === 'drift') return end(turn);
  if (outcome === 'accepted') return afterAcceptance(turn);
  const why = hindrance(turn, outcome);
  if (why === undefined) return;
  if (turn.status.phase !== 'RollbackBlocked') turn.tell('Warning', 'RollbackBlocked', why.message, true);
  turn.go('RollbackBlocked', why.reason, why.message);
}

/** Why a rollback does not arrive; it is tried on all the same. */
function hindrance(turn: Turn, outcome: Progress): { reason: Reason; message: string } | undefined {
  const { intent } = turn.status;
  const { controlPlane, writeProblem } = turn.world;
  if (intent === undefined) return undefined;
  if (controlPlane === 'frozen' && intent.appliedAt !== undefined)
    return { reason: 'Frozen', message: 'the weights of before are stored, and no control plane takes them' };
  if (outcome === 'rejected')
    return {
      reason: 'MeshRejected',
      message: refusalOf(turn, intent) ?? 'the control plane refuses the weights of before',
    };
  if (!turn.passed(intent.startedAt, turn.policy.deadlines.acceptSeconds)) return undefined;
  return {
    reason: 'NotAccepted',
    message: writeProblem ?? 'the control plane has not accepted the weights of before',
  };
}

function afterAcceptance(turn: Turn): void {
  const { status } = turn;
  if (status.phase === 'RollbackBlocked')
    turn.go('RollingBack', status.rollback?.trigger, status.rollback?.message);
  if (status.verification === undefined && !beginVerification(turn)) return end(turn);
  if (verify(turn) !== 'waiting') end(turn);
}

function end(turn: Turn): void {
  const { rollback } = turn.status;
  turn.finish('RolledBack', rollback?.trigger, rollback?.message);
  turn.tell('Normal', 'ShiftRolledBack', `the weights of before are back: ${rollback?.message ?? ''}`, true);
}
