/** The way forward: a weight is applied, verified, held and judged, then the next. */
import { said } from './said';
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
    if (status.pause?.reason !== 'Window') pause(turn, 'Window', said('waitsForWindow'));
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
      return drift(turn, 'driftBefore');
    case 'taken':
      return pause(turn, 'Drift', said('taken'));
    case 'rejected':
      return pause(turn, 'MeshRejected', said('rejected', { detail: refusalOf(turn, intent) ?? '' }));
    case 'waiting': {
      if (!turn.passedUnderWatch(intent.startedAt, turn.policy.deadlines.acceptSeconds)) return;
      // The weights stay as they are: what did not get through is not tried on behind a pause.
      turn.withhold();
      const { writeProblem: detail } = turn.world;
      const why = detail === undefined ? said('notAccepted') : said('notWritten', { detail });
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
    return pause(turn, 'ShareDiffers', said('shareDiffers', { seconds: timeoutSeconds }));
  if (outcome === 'unmeasured' && mode === 'require')
    return pause(turn, 'NotVerified', said('shareUnmeasured', { seconds: timeoutSeconds }));
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
  const what = said('stepLate', { seconds: stepSeconds });
  if (turn.policy.onFailure === 'hold') pause(turn, 'StepDeadline', what);
  else rollBack(turn, 'StepDeadline', what);
  return true;
}

export function holding(turn: Turn): void {
  const { status, steps } = turn;
  if (checkDrift(turn)) return;
  const analysed = analyse(turn);
  if (analysed === 'ended') return;
  if (status.hold === undefined || !turn.passed(status.hold.endsAt, 0)) return void stepDeadline(turn);
  if (analysed === 'waiting') {
    turn.say(undefined, said('waitsForMetrics', { metrics: waitingFor(turn) }));
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
