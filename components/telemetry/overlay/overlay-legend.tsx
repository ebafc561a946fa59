'use client';
import { useLook } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { HealthMark } from './health-mark';
import { HeatScale } from './heat-scale';
import styles from './overlay.module.css';

const LEVELS = ['good', 'degraded', 'failing', 'idle'] as const;
const LINES = ['yes', 'no', 'unknown', 'undeclared'] as const;

/** What the signs of the overlay mean, while it is on. */
export function OverlayLegend() {
  const { t } = useSpeech();
  const { overlay, heat } = useLook();
  if (overlay === 'off') return null;
  return (
    <>
      <h4>{t('overlay.legend')}</h4>
      <ul>
        {LEVELS.map((level) => (
          <li key={level}>
            <HealthMark level={level} />
          </li>
        ))}
        {LINES.map((line) => (
          <li key={line}>
            <svg width="34" height="8" aria-hidden="true" className={styles.line} data-line={line}>
              <path d="M0 4h34" />
            </svg>
            {t(`overlay.legend.${line}`)}
          </li>
        ))}
      </ul>
      {heat && <HeatScale />}
    </>
  );
}
