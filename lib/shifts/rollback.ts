/** Going back to the weights of before. Comes first in every turn, asks no gate and no window, and is verified like any change. */
import { said, sentenceOf } from './said';
import type { Said } from './said';
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
export function rollBack(turn: Turn, trigger: Reason, what: Said, options: RollbackOptions = {}): void {
  const { status, now } = turn;
  const { by, despite = false, baselineFails = false } = options;
  const message = sentenceOf(what);
  const rollback: Rollback = { trigger, message, said: what, at: now, ...(by === undefined ? {} : { by }) };
  status.rollback = rollback;
  delete status.pause;
  if (status.snapshot === undefined) {
    turn.finish('RolledBack', trigger, what);
    turn.tell('Normal', 'ShiftEnded', `ended before it changed anything: ${message}`);
    return;
  }
  if (!despite && !baselineReady(turn)) return hold(turn, 'pods');
  if (!despite && baselineFails) return hold(turn, 'person');
  begin(turn);
}

function hold(turn: Turn, waitsFor: 'pods' | 'person'): void {
  const { rollback } = turn.status;
  if (rollback) rollback.waitsFor = waitsFor;
  const what = said(waitsFor === 'pods' ? 'backNoPods' : 'backFails', { because: rollback?.message ?? '' });
  turn.go('RollbackBlocked', 'BaselineUnhealthy', what);
  turn.tell('Warning', 'RollbackBlocked', sentenceOf(what), true);
}

function begin(turn: Turn): void {
  const { status, spec } = turn;
  const { snapshot = [], rollback } = status;
  delete rollback?.waitsFor;
  const after = spec.routes.map((route, i) =>
    restoreWeights(turn.targetsOf(route) ?? [], snapshot[i]?.targets ?? []),
  );
  intend(turn, 'rollback', percentOf(turn, snapshot), after);
  turn.go('RollingBack', rollback?.trigger, rollback?.said);
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
    turn.finish('Superseded', 'Locked', said('taken'));
    return turn.tell('Warning', 'ShiftSuperseded', 'another shift holds the router');
  }
  // It had been accepted, and somebody changed the weights afterwards: that is theirs.
  if (outcome === 'drift') return end(turn);
  if (outcome === 'accepted') return afterAcceptance(turn);
  const why = hindrance(turn, outcome);
  if (why === undefined) return;
  if (turn.status.phase !== 'RollbackBlocked')
    turn.tell('Warning', 'RollbackBlocked', sentenceOf(why.what), true);
  turn.go('RollbackBlocked', why.reason, why.what);
}

/** Why a rollback does not arrive; it is tried on all the same. */
function hindrance(turn: Turn, outcome: Progress): { reason: Reason; what: Said } | undefined {
  const { intent } = turn.status;
  const { controlPlane, writeProblem } = turn.world;
  if (intent === undefined) return undefined;
  if (controlPlane === 'frozen' && intent.appliedAt !== undefined)
    return { reason: 'Frozen', what: said('frozenBack') };
  if (outcome === 'rejected')
    return {
      reason: 'MeshRejected',
      what: said('rejected', { detail: refusalOf(turn, intent) ?? '' }),
    };
  if (!turn.passedUnderWatch(intent.startedAt, turn.policy.deadlines.acceptSeconds)) return undefined;
  return {
    reason: 'NotAccepted',
    what: writeProblem === undefined ? said('notAcceptedBack') : said('notWritten', { detail: writeProblem }),
  };
}

function afterAcceptance(turn: Turn): void {
  const { status } = turn;
  if (status.phase === 'RollbackBlocked')
    turn.go('RollingBack', status.rollback?.trigger, status.rollback?.said);
  if (status.verification === undefined && !beginVerification(turn)) return end(turn);
  if (verify(turn) !== 'waiting') end(turn);
}

function end(turn: Turn): void {
  const { rollback } = turn.status;
  turn.finish('RolledBack', rollback?.trigger, rollback?.said);
  turn.tell('Normal', 'ShiftRolledBack', `the weights of before are back: ${rollback?.message ?? ''}`, true);
}
