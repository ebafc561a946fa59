'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Evidence } from '@/lib/api/telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { isMessageKey } from '@/lib/i18n/translate';
import styles from './menu.module.css';

const LOOK: Record<Evidence['phase'], StatusIndicatorProps.Type> = {
  ok: 'success',
  off: 'stopped',
  partial: 'warning',
  failed: 'error',
};

/** One source of evidence: how it is doing, why, what to do about it, and what it costs. */
export function EvidencePart({ evidence }: { evidence: Evidence }) {
  const { t } = useSpeech();
  const { kind, phase, problem, readAt, sampled, everySeconds, slowed, cost } = evidence;
  return (
    <li>
      <span className={styles.evidenceHead}>
        <strong>{t(`overlay.evidence.${kind}`)}</strong>
        <StatusIndicator type={LOOK[phase]}>{t(`overlay.phase.${phase}`)}</StatusIndicator>
      </span>
      {problem && <Trouble problem={problem} />}
      {phase === 'off' && <span className={styles.hint}>{t('overlay.evidence.offNext')}</span>}
      {readAt !== undefined && (
        <span className={styles.hint}>
          {t('overlay.evidence.readAt', { at: new Date(readAt), seconds: everySeconds })}
        </span>
      )}
      {slowed && <span className={styles.slowed}>{t('overlay.evidence.slowed')}</span>}
      {sampled && phase !== 'off' && <span className={styles.hint}>{t('overlay.evidence.sampled')}</span>}
      {phase !== 'off' && (
        <span className={styles.hint}>
          {t(`overlay.evidence.cost.${kind}`, { units: cost.units, usd: cost.usdPerHour })}
          {cost.budgetUsdPerHour !== undefined && (
            <span> · {t('overlay.evidence.budget', { usd: cost.budgetUsdPerHour })}</span>
          )}
        </span>
      )}
    </li>
  );
}

/** Cause, remedy and code; the service's own words below. A code this version does not know has those alone. */
function Trouble({ problem: { code, operation, detail } }: { problem: NonNullable<Evidence['problem']> }) {
  const { t } = useSpeech();
  const [title, next] = [`overlay.evidence.${code}.title`, `overlay.evidence.${code}.next`];
  return (
    <>
      <span>
        <code>{code}</code> {isMessageKey(title) && t(title)}
        {operation !== undefined && <span> ({t('overlay.evidence.during', { operation })})</span>}
      </span>
      {isMessageKey(next) && <span>{t(next)}</span>}
      <span className={styles.detail}>{detail}</span>
    </>
  );
}
