'use client';
import { VerdictMark } from '@/components/telemetry/overlay/verdict-mark';
import type { ListedRoute } from '@/lib/api/routes';
import { useSpeech } from '@/lib/i18n/react';
import type { Split } from '@/lib/mesh/telemetry/overlay';
import { targetLook, TargetSwatch } from '../target-swatch';
import styles from './share-bar.module.css';

/** The weights of a route as a bar to read, with names and shares below, and what was measured beside them. */
export function ShareBar({ row, split }: { row: ListedRoute; split: Split | undefined }) {
  const { t } = useSpeech();
  const { targets } = row;
  if (targets.length === 0) return <span className={styles.none}>{t('traffic.bar.empty')}</span>;
  const allZero = targets.every(({ weight }) => weight <= 0);
  const measured = new Map(split?.shares.map((share) => [share.target, share.observedShare]));
  return (
    <div className={styles.shares}>
      <div className={styles.track} aria-hidden="true" data-empty={allZero || undefined}>
        {targets.map(({ share }, i) => {
          const look = targetLook(i);
          return (
            <span
              key={i}
              className={`${styles.segment} ${look.className}`}
              style={{ ...look.style, width: `${share * 100}%` }}
            />
          );
        })}
      </div>
      {allZero && <p className={styles.trouble}>{t('traffic.bar.none')}</p>}
      <ul className={styles.targets}>
        {targets.map(({ name, share, key, state }, i) => {
          const observed = measured.get(key);
          return (
            <li key={i} className={styles.target}>
              <TargetSwatch index={i} />
              <span className={styles.name}>{name}</span>
              <strong>{t('traffic.share', { share })}</strong>
              {observed !== undefined && (
                <span className={styles.measured}>{t('routes.measuredShare', { share: observed })}</span>
              )}
              {state !== 'ok' && (
                <span className={styles.trouble}>
                  {t(state === 'missing' ? 'traffic.editor.missing' : 'traffic.editor.notReady')}
                </span>
              )}
            </li>
          );
        })}
        {split && (
          <li className={styles.target} title={t(`overlay.verdict.hint.${split.verdict}`)}>
            <VerdictMark verdict={split.verdict} />
          </li>
        )}
      </ul>
    </div>
  );
}
