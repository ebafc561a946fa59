'use client';
import Popover from '@cloudscape-design/components/popover';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { failureText } from '@/components/ui/failure-text';
import type { TelemetryState } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { EvidencePart } from './evidence-part';
import { badgePhase } from './evidence-state';
import type { BadgePhase } from './evidence-state';
import styles from './menu.module.css';

const LOOK: Record<BadgePhase, StatusIndicatorProps.Type> = {
  ok: 'success',
  off: 'stopped',
  partial: 'warning',
  failed: 'error',
  asking: 'loading',
};

/**
 * Whether X-Ray and CloudWatch answer; why not, and what to do, on demand. A failure stays here: the graph goes on. Where all is
 * well it says as of when (`asOfMs`) the figures are, where they are the newest.
 */
export function EvidenceBadge({ state, asOfMs }: { state: TelemetryState; asOfMs: number | undefined }) {
  const { t } = useSpeech();
  const { answer, error } = state;
  const phase = badgePhase(state);
  const failure = error && failureText(error, t);
  const asOf = asOfMs === undefined ? undefined : t('overlay.asOf', { at: new Date(asOfMs) });
  const whole = [t(`overlay.badge.${phase}`), asOf].filter(Boolean).join(' · ');
  const short = phase === 'ok' ? (asOf ?? t('overlay.badge')) : whole;
  return (
    <Popover
      position="bottom"
      size="large"
      triggerType="custom"
      header={t('overlay.badge')}
      dismissAriaLabel={t('shell.help.close')}
      content={
        <ul className={styles.evidence}>
          {failure && (
            <li>
              <StatusIndicator type="error">{t('overlay.evidence.unanswered')}</StatusIndicator>
              <strong>{failure.title}</strong>
              <span>{failure.text}</span>
            </li>
          )}
          {answer?.evidence.map((each) => (
            <EvidencePart key={each.kind} evidence={each} />
          ))}
        </ul>
      }
    >
      <button type="button" className={styles.badge} data-answers={phase} aria-label={whole} title={whole}>
        <StatusIndicator type={LOOK[phase]}>{short}</StatusIndicator>
      </button>
    </Popover>
  );
}
