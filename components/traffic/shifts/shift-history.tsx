'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { objectOptions } from '@/lib/client/queries';
import type { ShownShift } from '@/lib/api/shifts';
import { useSpeech } from '@/lib/i18n/react';
import styles from './shifts.module.css';

/** Events of an engine. What they say is the cluster's, and in English. */
const EVENTS = [
  ...(['StepStarted', 'WeightAccepted', 'ApprovalNeeded', 'AnalysisFailed', 'DriftFound'] as const),
  ...(['ControlTaken', 'ControlRefused', 'ShiftPaused', 'ShiftResumed', 'NotificationFailed'] as const),
  ...(['RollbackStarted', 'RollbackBlocked', 'ShiftRolledBack', 'ShiftEnded'] as const),
  ...(['ShiftSucceeded', 'ShiftSuperseded', 'ShiftRefused'] as const),
] as const;

/** What was asked of a shift, what happened to it, and the object itself. */
export function ShiftHistory({ source, shift }: { source: string; shift: ShownShift }) {
  const { t } = useSpeech();
  const object = useQuery({
    ...objectOptions(source, '', 'shift', shift),
    placeholderData: keepPreviousData,
  });
  const eventText = (reason: string) => {
    const known = EVENTS.find((each) => each === reason);
    return known === undefined ? reason : t(`shifts.event.${known}`);
  };
  const controls = [...(shift.status?.controls ?? [])].reverse();
  const events = object.data?.events ?? [];
  return (
    <>
      <h2>{t('shifts.history')}</h2>
      {controls.length === 0 && events.length === 0 && (
        <p className={styles.muted}>{t('shifts.history.none')}</p>
      )}
      <ul className={styles.history}>
        {controls.map(({ requestId, action, by, reason, at, step, outcome, message, obstacle }) => (
          <li key={requestId}>
            <time dateTime={at}>{t('shifts.clock', { at: new Date(at) })}</time>{' '}
            {t('shifts.history.control', { action: t(`shifts.action.${action}`), by, step: step + 1 })}{' '}
            {t(`shifts.history.${outcome}`)}
            {obstacle === undefined
              ? message !== undefined && `: ${message}`
              : `: ${t(`shifts.obstacle.${obstacle}`)}`}
            {reason !== undefined && <q>{reason}</q>}
          </li>
        ))}
        {events.map(({ reason, message, at, type }, i) => (
          <li key={i} data-type={type}>
            <time dateTime={at}>{t('shifts.clock', { at: new Date(at) })}</time>{' '}
            <strong title={reason}>{eventText(reason)}</strong> <span lang="en">{message}</span>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t('inspector.yaml')}</summary>
        <pre className={styles.yaml} tabIndex={0}>
          {object.data?.yaml}
        </pre>
      </details>
    </>
  );
}
