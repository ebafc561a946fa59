'use client';
import { useSpeech } from '@/lib/i18n/react';
import { glanceOf, lastMeasured } from './charts';
import type { Chart } from './charts';
import { heightText } from './figure-text';
import { Sparkline } from './sparkline';
import styles from './metrics.module.css';

/** Rate, faults and p99 as they are now, each with the way it came. */
export function Glance({ charts }: { charts: readonly Chart[] }) {
  const { t } = useSpeech();
  return (
    <dl className={styles.glance}>
      {glanceOf(charts).map(({ chart, line }) => {
        const last = lastMeasured(line.points);
        return (
          <div key={line.figure}>
            <dt>{t(`metrics.figure.${line.figure}`)}</dt>
            <dd title={last && t('overlay.asOf', { at: new Date(last.atMs) })}>
              {typeof last?.height === 'number' ? heightText(chart.kind, last.height, t) : t('metrics.gap')}
              <Sparkline points={line.points} />
              {chart.evidence === 'xray' && <small>{t('overlay.sampled')}</small>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
