/**
 * What a shift tells the channels it names. Notices stand in the status until somebody says what became of them, so that they are
 * told at least once, whoever dies in between. Telling is not the machine's to do, and nothing here waits for it.
 */
import type { NoticeEvent, ShiftSpec } from './spec';
import type { Notice, NoticeFailure, ShiftStatus } from './status';
import type { Told } from './world';

/** Waiting at once; beyond, the oldest are given up. */
const PENDING_KEPT = 40;
const FAILURES_KEPT = 10;

/** Kubernetes events of a shift that are notices as well. */
const NOTICES: Readonly<Record<string, NoticeEvent>> = {
  ShiftRefused: 'refused',
  StepStarted: 'step',
  ApprovalNeeded: 'approvalNeeded',
  ShiftPaused: 'paused',
  ShiftResumed: 'resumed',
  RollbackStarted: 'rollbackStarted',
  RollbackBlocked: 'rollbackBlocked',
  ShiftRolledBack: 'rolledBack',
  ShiftEnded: 'rolledBack',
  ShiftSucceeded: 'succeeded',
  ShiftSuperseded: 'superseded',
};

/** The notice that a Kubernetes event of this reason is, if it is one: the first step begins the shift, a rollback that a person asked for is an abort. */
export function noticeEvent(reason: string, status: ShiftStatus): NoticeEvent | undefined {
  const event = NOTICES[reason];
  if (event === 'step' && status.intents === 1) return 'started';
  if (event === 'rollbackStarted' && status.rollback?.trigger === 'Aborted') return 'aborted';
  return event;
}

/** Which channels a shift tells of an event. */
const channelsFor = ({ notifications = [] }: ShiftSpec, event: NoticeEvent): string[] =>
  notifications.filter(({ events }) => events?.includes(event) ?? true).map(({ channel }) => channel);

/** Writes down what is to be told. The status is that after the turn. */
export function addNotice(
  spec: ShiftSpec,
  status: ShiftStatus,
  { event, message, at }: Pick<Notice, 'event' | 'message' | 'at'>,
): void {
  const channels = channelsFor(spec, event);
  if (channels.length === 0) return;
  const box = (status.notifications ??= { count: 0, pending: [], failures: [] });
  box.count += 1;
  const { phase, reason, step, weights, intent } = status;
  box.pending.push({
    number: box.count,
    event,
    at,
    phase,
    ...(reason === undefined ? {} : { reason }),
    message,
    step,
    ...(intent === undefined ? {} : { percent: intent.percent }),
    weights,
    channels,
  });
}

/** Takes out what was told or given up, and gives the failures that are new. */
export function settleNotices(status: ShiftStatus, told: readonly Told[], now: string): NoticeFailure[] {
  const box = status.notifications;
  if (box === undefined) return [];
  const failures: NoticeFailure[] = [];
  const fail = ({ number, event }: Notice, channel: string, message: string) =>
    failures.push({ number, event, channel, at: now, message });
  for (const notice of box.pending)
    notice.channels = notice.channels.filter((channel) => {
      const outcome = told.find((each) => each.number === notice.number && each.channel === channel);
      if (outcome?.problem !== undefined) fail(notice, channel, outcome.problem);
      return outcome === undefined;
    });
  const open = box.pending.filter(({ channels }) => channels.length > 0);
  const kept = open.slice(-PENDING_KEPT);
  for (const notice of open.slice(0, open.length - kept.length))
    for (const channel of notice.channels) fail(notice, channel, 'too many later ones are waiting');
  box.pending = kept;
  box.failures = [...box.failures, ...failures].slice(-FAILURES_KEPT);
  return failures;
}
