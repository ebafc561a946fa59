/** The way forward: a weight is applied, verified, held and judged, then the next. */
import { analyse, beginAnalysis, waitingFor } from './analysis';
import { checkDrift, drift } from './drift';
import { intend, plannedWeights, progress, refusalOf } from './intent';
import { pause } from './pause';
import { rollBack } from './rollback';
import type { Turn } from './turn';
import { beginVerification, verify } from './verification';
import { isOpen, nextMinute } from './windows';

/** Begins a step: writes down which weights it means. */
export function beginStep(turn: Turn, step: number): void {
  const { status, steps, now } = turn;
  const percent = steps[step]?.percent ?? 100;
  status.step = step;
  status.stepStartedAt = now;
  delete status.reasserted;
  intend(turn, 'forward', percent, plannedWeights(turn, percent));
  turn.go('Applying');
  turn.tell('Normal', 'StepStarted', `step ${step + 1} of ${steps.length}: ${percent} %`, true);
}

/** Goes on to the next step, where a window is open for that. */
export function advance(turn: Turn): void {
  const { status, steps, spec, nowMs } = turn;
  const next = status.step + 1;
  if (next >= steps.length) return succeed(turn);
  const rises = (steps[next]?.percent ?? 100) > (status.intent?.percent ?? 0);
  if (rises && !isOpen(spec.windows ?? [], nowMs)) {
    turn.wakeAt(nextMinute(nowMs));
    if (status.pause?.reason !== 'Window')
      pause(turn, 'Window', 'the next step waits for a window in which weights may go up');
    return;
  }
  delete status.pause;
  beginStep(turn, next);
}

function succeed(turn: Turn): void {
  turn.finish('Succeeded');
  turn.tell(
    'Normal',
    'ShiftSucceeded',
    `all of the pair’s traffic goes to ${turn.spec.routes[0]?.to ?? ''}`,
    true,
  );
}

export function applying(turn: Turn): void {
  const { intent } = turn.status;
  if (intent === undefined) return;
  switch (progress(turn, intent)) {
    case 'drift':
      return drift(turn, 'somebody else changed the weights before these were applied');
    case 'taken':
      return pause(turn, 'Drift', 'another shift holds the router');
    case 'rejected':
      return pause(turn, 'MeshRejected', refusalOf(turn, intent) ?? 'the control plane refuses the weights');
    case 'waiting': {
      if (!turn.passed(intent.startedAt, turn.policy.deadlines.acceptSeconds)) return;
      const why = turn.world.writeProblem ?? 'the control plane has not accepted the weights';
      return pause(turn, 'NotAccepted', why);
    }
    case 'accepted':
      turn.tell('Normal', 'WeightAccepted', `${intent.percent} % accepted`, true);
      if (beginVerification(turn)) turn.go('Verifying');
      else hold(turn);
  }
}

export function verifying(turn: Turn): void {
  if (checkDrift(turn)) return;
  const outcome = verify(turn);
  const { mode, timeoutSeconds } = turn.policy.verify;
  if (outcome === 'waiting') return void stepDeadline(turn);
  if (outcome === 'differs')
    return pause(
      turn,
      'ShareDiffers',
      `after ${timeoutSeconds} s the share that arrives is not the one asked for`,
    );
  if (outcome === 'unmeasured' && mode === 'require')
    return pause(
      turn,
      'NotVerified',
      `too few requests came in ${timeoutSeconds} s to tell which share arrives`,
    );
  hold(turn);
}

function hold(turn: Turn): void {
  const { status, steps, now, nowMs } = turn;
  if (status.full === true && status.step === steps.length - 1) return succeed(turn);
  const holdSeconds = steps[status.step]?.holdSeconds ?? 0;
  status.hold = { startedAt: now, endsAt: new Date(nowMs + holdSeconds * 1000).toISOString() };
  beginAnalysis(turn);
  turn.go('Holding');
}

/** Acts upon a step that takes too long; true where it did. */
function stepDeadline(turn: Turn): boolean {
  const { stepSeconds } = turn.policy.deadlines;
  const { stepStartedAt } = turn.status;
  if (stepSeconds === undefined || stepStartedAt === undefined || !turn.passed(stepStartedAt, stepSeconds))
    return false;
  const message = `the step took longer than ${stepSeconds} s`;
  if (turn.policy.onFailure === 'hold') pause(turn, 'StepDeadline', message);
  else rollBack(turn, 'StepDeadline', message);
  return true;
}

export function holding(turn: Turn): void {
  const { status, steps } = turn;
  if (checkDrift(turn)) return;
  const analysed = analyse(turn);
  if (analysed === 'ended') return;
  if (status.hold === undefined || !turn.passed(status.hold.endsAt, 0)) return void stepDeadline(turn);
  if (analysed === 'waiting') {
    turn.say(undefined, `waits for ${waitingFor(turn)}`);
    return void stepDeadline(turn);
  }
  if (steps[status.step]?.approval === true && status.approvedStep !== status.step) {
    turn.go('AwaitingApproval');
    return turn.tell('Normal', 'ApprovalNeeded', `step ${status.step + 1} waits for somebody to promote it`);
  }
  advance(turn);
}

/** It is watched while it waits for a person. */
export function awaitingApproval(turn: Turn): void {
  if (checkDrift(turn)) return;
  const analysed = analyse(turn);
  if (analysed === 'ended' || turn.status.approvedStep !== turn.status.step) return;
  advance(turn);
}
