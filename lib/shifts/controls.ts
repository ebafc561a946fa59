/** What people ask of a shift under way. Each request is done or refused once, with its sender and reason, and remembered. */
import { said } from './said';
import { adopt, reassert } from './drift';
import { pause, unpause } from './pause';
import { rollBack } from './rollback';
import type { Control } from './spec';
import { isFinal } from './status';
import type { Phase, ShiftStatus } from './status';
import { advance, beginStep } from './steps';
import type { Turn } from './turn';

/** The request nobody has dealt with yet. */
export function pendingControl({ spec, status }: Turn): Control | undefined {
  const { control } = spec;
  if (control === undefined) return undefined;
  return status.controls.some(({ requestId }) => requestId === control.requestId) ? undefined : control;
}

function note(turn: Turn, control: Control, obstacle?: ControlObstacle, message?: string): void {
  const outcome = obstacle === undefined ? 'done' : 'refused';
  const { requestId, action, by, reason } = control;
  turn.status.controls.push({
    requestId,
    action,
    by,
    ...(reason === undefined ? {} : { reason }),
    at: turn.now,
    step: turn.status.step,
    outcome,
    ...(message === undefined ? {} : { message }),
    ...(obstacle === undefined ? {} : { obstacle }),
  });
  if (outcome === 'refused') turn.tell('Warning', 'ControlRefused', `${action} by ${by}: ${message ?? ''}`);
  else turn.tell('Normal', 'ControlTaken', `${action} by ${by}${reason === undefined ? '' : `: ${reason}`}`);
}

const RUNNING: readonly Phase[] = ['Pending', 'Applying', 'Verifying', 'Holding', 'AwaitingApproval'];

/** Why a control cannot be done now, for those who say it in their own words. */
export const CONTROL_OBSTACLES = [
  'ended',
  'otherStep',
  'goesBack',
  'notRunning',
  'notPaused',
  'drifted',
  'notDrifted',
  'nothingWrong',
  'noStepNamed',
  'noStep',
  'notAccepted',
  'notBegun',
  'alreadyFull',
] as const;
export type ControlObstacle = (typeof CONTROL_OBSTACLES)[number];

/** Why a control cannot be done now; `undefined` where it can. Screens ask the same before they offer it. */
export function controlObstacle(
  { action, expectedStep }: Pick<Control, 'action' | 'expectedStep'>,
  status: ShiftStatus,
): ControlObstacle | undefined {
  const isIn = (phases: readonly Phase[]): boolean => phases.includes(status.phase);
  const paused = status.phase === 'Paused';
  const drifted = paused && status.pause?.reason === 'Drift';
  if (isFinal(status)) return 'ended';
  if (expectedStep !== undefined && expectedStep !== status.step && action !== 'abort') return 'otherStep';
  const goesBack = isIn(['RollingBack', 'RollbackBlocked']);
  switch (action) {
    case 'abort':
      return goesBack && status.rollback?.waitsFor === undefined ? 'goesBack' : undefined;
    case 'pause':
      return isIn(RUNNING) ? undefined : 'notRunning';
    case 'resume':
      if (drifted) return 'drifted';
      return paused ? undefined : 'notPaused';
    case 'adopt':
    case 'reassert':
      return drifted ? undefined : 'notDrifted';
    case 'retry':
      if (drifted) return 'drifted';
      return paused || status.phase === 'RollbackBlocked' ? undefined : 'nothingWrong';
    case 'promote':
      if (expectedStep === undefined) return 'noStepNamed';
      if (drifted) return 'drifted';
      if (!isIn(['Holding', 'AwaitingApproval', 'Paused'])) return 'noStep';
      return status.intent?.acceptedAt === undefined ? 'notAccepted' : undefined;
    case 'promoteFull':
      if (drifted) return 'drifted';
      if (status.phase === 'RollbackBlocked')
        return status.rollback?.waitsFor === undefined ? 'goesBack' : undefined;
      if (!isIn(['Applying', 'Verifying', 'Holding', 'AwaitingApproval', 'Paused']) || status.step < 0)
        return 'notBegun';
      return status.full === true ? 'alreadyFull' : undefined;
  }
}

const SENTENCES: Record<Exclude<ControlObstacle, 'otherStep'>, string> = {
  ended: 'the shift has ended',
  goesBack: 'it already goes back',
  notRunning: 'it does not run',
  notPaused: 'it is not paused',
  drifted: 'the weights are somebody else’s: adopt or reassert',
  notDrifted: 'the weights are its own',
  nothingWrong: 'nothing went wrong',
  noStepNamed: 'promote names the step it was sent for (expectedStep)',
  noStep: 'there is no step that could be passed',
  notAccepted: 'the weights of this step were not accepted',
  notBegun: 'it has not begun, or goes back',
  alreadyFull: 'it already goes all the way',
};

/** The same in one sentence. */
export function controlRefusal(
  control: Pick<Control, 'action' | 'expectedStep'>,
  status: ShiftStatus,
): string | undefined {
  const obstacle = controlObstacle(control, status);
  if (obstacle === 'otherStep')
    return `it was sent for step ${(control.expectedStep ?? 0) + 1}, and the shift is at ${status.step + 1}`;
  return obstacle && SENTENCES[obstacle];
}

/** Deals with a request. Everything else waits for the next turn, so that it is written down first. */
export function takeControl(turn: Turn, control: Control): void {
  const { status } = turn;
  const obstacle = controlObstacle(control, status);
  if (obstacle !== undefined) return note(turn, control, obstacle, controlRefusal(control, status));
  note(turn, control);
  const { action, by, reason } = control;
  switch (action) {
    case 'abort':
      return rollBack(
        turn,
        'Aborted',
        reason === undefined ? said('aborted', { by }) : said('abortedFor', { by, reason }),
        {
          by,
          despite: status.rollback?.waitsFor !== undefined,
        },
      );
    case 'pause':
      return pause(
        turn,
        'Manual',
        reason === undefined ? said('paused', { by }) : said('pausedFor', { by, reason }),
      );
    case 'resume':
      return unpause(turn);
    case 'adopt':
      return adopt(turn);
    case 'reassert':
      return reassert(turn);
    case 'retry':
      return retry(turn);
    case 'promote':
      status.approvedStep = status.step;
      return advance(turn);
    case 'promoteFull':
      return promoteFully(turn);
  }
}

function retry(turn: Turn): void {
  const { status, now } = turn;
  if (status.phase !== 'RollbackBlocked') {
    if (status.step < 0) return unpause(turn);
    delete status.pause;
    return beginStep(turn, status.step);
  }
  if (status.rollback?.waitsFor === 'person') status.rollback.waitsFor = 'pods';
  if (status.intent) status.intent.startedAt = now;
}

/** To the last step at once; it ends as soon as that is verified. Windows hold for it as for every step. */
function promoteFully(turn: Turn): void {
  const { status, steps } = turn;
  status.full = true;
  delete status.rollback;
  const last = steps.length - 1;
  if (status.step >= last && status.intent?.direction === 'forward') {
    if (status.phase !== 'Paused') {
      if (status.intent.acceptedAt !== undefined && status.phase !== 'Verifying') return advance(turn);
      return;
    }
    return status.intent.acceptedAt === undefined ? unpause(turn) : advance(turn);
  }
  status.step = last - 1;
  advance(turn);
}
