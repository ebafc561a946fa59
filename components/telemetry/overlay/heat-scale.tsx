'use client';
import { HEAT_STEPS_MS } from '@/lib/client/telemetry-figures';
import { useSpeech } from '@/lib/i18n/react';
import styles from './menu.module.css';

/** What the colours of the latency scale mean. */
export function HeatScale() {
  const { t } = useSpeech();
  const ends = [...HEAT_STEPS_MS, undefined];
  return (
    <div>
      <p className={styles.hint}>{t('overlay.heatLegend')}</p>
      <ul className={styles.heat}>
        {ends.map((to, step) => {
          const from = HEAT_STEPS_MS[step - 1];
          const place = from === undefined ? 'first' : to === undefined ? 'last' : 'between';
          return (
            <li key={step}>
              <span style={{ background: `var(--md-heat-${step + 1})` }} />
              {t('overlay.heatStep', { place, from: from ?? 0, to: to ?? 0 })}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
