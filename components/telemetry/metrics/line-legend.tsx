'use client';
import { useSpeech } from '@/lib/i18n/react';
import { lastMeasured } from './charts';
import type { ChartKind, ChartLine } from './charts';
import { heightText } from './figure-text';
import styles from './metrics.module.css';

/** Which line is which, each with its figure at a step: the one pointed at, or the last that was measured. */
export function LineLegend({
  kind,
  lines,
  step,
  at,
}: {
  kind: ChartKind;
  lines: readonly ChartLine[];
  step: number | undefined;
  at: number | undefined;
}) {
  const { t } = useSpeech();
  const figures = lines.map(({ figure }) => figure);
  const repeated = new Set(figures).size < figures.length;
  const told =
    at ??
    Math.max(...lines.flatMap(({ points }) => lastMeasured(points)?.atMs ?? []), Number.NEGATIVE_INFINITY);
  return (
    <div className={styles.legend}>
      <ul>
        {lines.map(({ figure, witness, points }, n) => {
          const point = step === undefined ? lastMeasured(points) : points[step];
          const height = point?.height;
          return (
            <li key={`${figure} ${witness}`}>
              <svg width={22} height={8} aria-hidden="true" className={styles.line} data-line={n % 6}>
                <polyline points="0,4 22,4" />
              </svg>
              {repeated ? witness : t(`metrics.figure.${figure}`)}{' '}
              <b>{typeof height === 'number' ? heightText(kind, height, t) : t('metrics.gap')}</b>
            </li>
          );
        })}
      </ul>
      {Number.isFinite(told) && <time>{t('metrics.time', { at: new Date(told) })}</time>}
    </div>
  );
}
