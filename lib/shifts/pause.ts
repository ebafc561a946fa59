/** Standing still and going on. Time that passes in a pause counts for no timer. */
import { sentenceOf } from './said';
import type { Said } from './said';
import type { Reason } from './status';
import type { Turn } from './turn';

/** Stops where it is. The weights stay. */
export function pause(turn: Turn, reason: Reason, what: Said): void {
  const { status, now } = turn;
  const from = status.phase === 'Paused' ? (status.pause?.from ?? 'Holding') : status.phase;
  status.pause = { reason, sinceAt: now, from };
  turn.go('Paused', reason, what);
  turn.tell(
    reason === 'Manual' || reason === 'Window' ? 'Normal' : 'Warning',
    'ShiftPaused',
    sentenceOf(what),
  );
}

/** Goes on where it stopped. Every timer moves on by the length of the pause. */
export function unpause(turn: Turn): void {
  const { status, now, nowMs, policy } = turn;
  const { pause: paused, hold, verification, analysis, intent } = status;
  if (paused === undefined) return;
  const later = (at: string) => new Date(Date.parse(at) + nowMs - Date.parse(paused.sinceAt)).toISOString();
  if (hold) status.hold = { startedAt: later(hold.startedAt), endsAt: later(hold.endsAt) };
  if (verification) {
    const again = paused.reason === 'ShareDiffers' || paused.reason === 'NotVerified';
    const fromNow = new Date(nowMs + policy.verify.timeoutSeconds * 1000).toISOString();
    verification.untilAt = again ? fromNow : later(verification.untilAt);
    verification.nextAt = now;
  }
  if (status.stepStartedAt !== undefined)
    status.stepStartedAt = paused.reason === 'StepDeadline' ? now : later(status.stepStartedAt);
  if (intent && paused.from === 'Applying') {
    intent.startedAt = now;
    // What was said against it before is answered by going on.
    if (intent.appliedAt !== undefined) intent.appliedAt = now;
  }
  if (analysis && now > analysis.nextAt) analysis.nextAt = now;
  for (const metric of Object.values(analysis?.metrics ?? {})) {
    metric.failures = 0;
    metric.errors = 0;
    delete metric.noDataSinceAt;
  }
  delete status.pause;
  turn.go(paused.from);
  turn.tell('Normal', 'ShiftResumed', `goes on after ${paused.reason}`);
}
