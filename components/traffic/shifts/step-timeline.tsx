'use client';
import { useSpeech } from '@/lib/i18n/react';
import { isFinal, stepsOf } from '@/lib/shifts';
import type { MeasuredShare, ShiftSpec, ShiftStatus } from '@/lib/shifts';
import { durationText } from './duration';
import styles from './shifts.module.css';

/** The steps of a shift, with what the one under way still waits for. `nowMs` is the console's clock. */
export function StepTimeline({
  spec,
  status,
  nowMs,
}: {
  spec: ShiftSpec;
  status: ShiftStatus | undefined;
  nowMs: number;
}) {
  const { t } = useSpeech();
  const at = status?.step ?? -1;
  const ended = status !== undefined && isFinal(status);
  const measuredAt = (step: number) =>
    status?.changes.findLast((change) => change.step === step && change.direction === 'forward')?.measured;
  return (
    <ol className={styles.timeline} aria-label={t('shifts.timeline')}>
      {stepsOf(spec.strategy).map(({ percent, holdSeconds, approval }, i) => {
        const done = i < at || (i === at && status?.phase === 'Succeeded');
        const state = done ? 'done' : i === at ? (ended ? 'left' : 'current') : ended ? 'never' : 'todo';
        return (
          <li key={i} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
            <strong>{t('shifts.percent', { percent })}</strong>
            <span>
              {t('shifts.step.hold', { hold: durationText(holdSeconds, t) })}
              {approval && ` · ${t('shifts.step.approval')}`}
            </span>
            <Arrived measured={measuredAt(i)} />
            {state === 'current' && status && <Countdown status={status} nowMs={nowMs} />}
            {state !== 'current' && <span className={styles.muted}>{t(`shifts.step.${state}`)}</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** What is waited for, and how long still. */
function Countdown({ status, nowMs }: { status: ShiftStatus; nowMs: number }) {
  const { t } = useSpeech();
  const left = (at: string) => durationText((Date.parse(at) - nowMs) / 1000, t);
  const over = (at: string) => Date.parse(at) <= nowMs;
  const { phase, hold, analysis, verification } = status;
  const lines: string[] = [];
  if (phase === 'Verifying' && verification)
    lines.push(t('shifts.count.verify', { left: left(verification.nextAt) }));
  if (hold && (phase === 'Holding' || phase === 'AwaitingApproval'))
    lines.push(
      over(hold.endsAt) ? t('shifts.count.held') : t('shifts.count.hold', { left: left(hold.endsAt) }),
    );
  if (analysis && (phase === 'Holding' || phase === 'AwaitingApproval'))
    lines.push(
      over(analysis.nextAt)
        ? t('shifts.count.sampling')
        : t('shifts.count.sample', { left: left(analysis.nextAt) }),
    );
  return (
    <>
      <span>{t(`shifts.phase.${phase}`)}</span>
      {lines.map((line) => (
        <span key={line} className={styles.count}>
          {line}
        </span>
      ))}
    </>
  );
}

/** The share that was measured at a step, where any request was counted. */
function Arrived({ measured }: { measured: MeasuredShare | undefined }) {
  const { t } = useSpeech();
  if (measured === undefined) return null;
  const { share, samples, verdict } = measured;
  if (share === undefined) return <span className={styles.muted}>{t('shifts.step.unmeasured')}</span>;
  return (
    <span data-verdict={verdict}>
      {t('shifts.step.measured', { share, samples, verdict: t(`shifts.share.${verdict}`) })}
    </span>
  );
}
