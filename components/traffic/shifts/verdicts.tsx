'use client';
import { useSpeech } from '@/lib/i18n/react';
import { policyOf } from '@/lib/shifts';
import type { Measurement, ShiftSpec } from '@/lib/shifts';
import { figureText } from './figure-text';
import styles from './shifts.module.css';

const SHOWN = 24;
const SIGNS = { pass: '✓', fail: '✕', noData: '–', error: '!' } as const;

/** A line of one metric over the samples, with its limit. Decoration: the table has the numbers. */
function Spark({ measurements }: { measurements: readonly Measurement[] }) {
  const points = measurements.flatMap(({ figure, limit }) =>
    figure === undefined ? [] : [{ figure, limit }],
  );
  if (points.length < 2) return null;
  const top = Math.max(...points.flatMap(({ figure, limit = 0 }) => [figure, limit])) || 1;
  const line = (read: (point: (typeof points)[number]) => number | undefined) =>
    points
      .flatMap((point, i) => {
        const tall = read(point);
        return tall === undefined ? [] : [`${(i / (points.length - 1)) * 118 + 1},${31 - (tall / top) * 28}`];
      })
      .join(' ');
  return (
    <svg className={styles.spark} width="120" height="34" aria-hidden="true" focusable="false">
      <polyline data-line="limit" points={line(({ limit }) => limit)} />
      <polyline data-line="figure" points={line(({ figure }) => figure)} />
    </svg>
  );
}

/** What was measured of each metric, newest first, with what it was judged by. */
export function Verdicts({ spec, measurements }: { spec: ShiftSpec; measurements: readonly Measurement[] }) {
  const { t } = useSpeech();
  const metrics = spec.analysis?.metrics ?? [];
  const leastOf = new Map(policyOf(spec).analysis?.metrics.map((each) => [each.name, each.minSamples]));
  const tooFew = (metric: string, samples: number) => {
    const minSamples = leastOf.get(metric) ?? 0;
    return t(samples < minSamples ? 'shifts.verdict.tooFew' : 'shifts.verdict.tooFewBaseline', {
      minSamples,
    });
  };
  const figureOf = (metric: string) => metrics.find(({ name }) => name === metric)?.figure;
  if (metrics.length === 0) return <p className={styles.muted}>{t('shifts.verdicts.off')}</p>;
  if (measurements.length === 0) return <p className={styles.muted}>{t('shifts.verdicts.none')}</p>;
  return (
    <>
      <ul className={styles.sparks}>
        {metrics.map(({ name }) => (
          <li key={name}>
            <strong>{name}</strong>
            <Spark measurements={measurements.filter(({ metric }) => metric === name)} />
          </li>
        ))}
      </ul>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('shifts.verdicts')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(
                ['at', 'step', 'metric', 'node', 'verdict', 'figure', 'limit', 'baseline', 'samples'] as const
              ).map((column) => (
                <th key={column} scope="col">
                  {t(`shifts.verdicts.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...measurements]
              .reverse()
              .slice(0, SHOWN)
              .map(({ at, step, metric, node, verdict, figure, limit, baseline, samples, message }, i) => (
                <tr key={`${at} ${metric} ${node} ${i}`}>
                  <td>{t('shifts.clock', { at: new Date(at) })}</td>
                  <td>{step + 1}</td>
                  <td>{metric}</td>
                  <td>{node}</td>
                  <td data-verdict={verdict}>
                    {SIGNS[verdict]} {t(`shifts.verdict.${verdict}`)}
                    {verdict === 'error' && <div className={styles.muted}>{message}</div>}
                    {verdict === 'noData' && (
                      <div className={styles.muted}>{tooFew(metric, samples ?? 0)}</div>
                    )}
                  </td>
                  <td>{figureText(figure, figureOf(metric), t)}</td>
                  <td>{figureText(limit, figureOf(metric), t)}</td>
                  <td>{figureText(baseline, figureOf(metric), t)}</td>
                  <td>{samples ?? '–'}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
      {measurements.length > SHOWN && (
        <p className={styles.muted}>{t('shifts.verdicts.earlier', { count: measurements.length - SHOWN })}</p>
      )}
    </>
  );
}
