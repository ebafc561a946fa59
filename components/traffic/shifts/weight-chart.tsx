'use client';
import { Axes } from '@/components/telemetry/axes';
import { useWidth } from '@/components/telemetry/metrics/use-width';
import { useSpeech } from '@/lib/i18n/react';
import type { WeightChange } from '@/lib/shifts';
import styles from './shifts.module.css';

const HEIGHT = 170;
const MARGIN = { top: 10, right: 12, bottom: 22, left: 48 } as const;

/** Percent over time: it stays where it was until the next change. Epoch milliseconds. */
function stairs(points: readonly { atMs: number; percent: number }[], toMs: number) {
  const line = points.flatMap((point, i) => {
    const before = points[i - 1];
    return before === undefined ? [point] : [{ atMs: point.atMs, percent: before.percent }, point];
  });
  const last = points.at(-1);
  return last === undefined ? [] : [...line, { atMs: toMs, percent: last.percent }];
}

/** The weight that was asked for, the one the control plane took, and the share that was measured. */
export function WeightChart({ changes, toMs }: { changes: readonly WeightChange[]; toMs: number }) {
  const { t } = useSpeech();
  const [first] = changes;
  if (first === undefined) return <p className={styles.muted}>{t('shifts.chart.none')}</p>;
  return <Chart changes={changes} fromMs={Date.parse(first.intendedAt)} toMs={toMs} />;
}

interface ChartProps {
  changes: readonly WeightChange[];
  fromMs: number;
  toMs: number;
}

function Chart({ changes, fromMs, toMs }: ChartProps) {
  const { t } = useSpeech();
  const [box, width] = useWidth<HTMLDivElement>();
  const endMs = Math.max(toMs, fromMs + 60_000);
  const inner = Math.max(10, width - MARGIN.left - MARGIN.right);
  const floor = HEIGHT - MARGIN.bottom;
  const x = (atMs: number) => MARGIN.left + ((atMs - fromMs) / (endMs - fromMs)) * inner;
  const y = (percent: number) => floor - (percent / 100) * (floor - MARGIN.top);
  const path = (points: readonly { atMs: number; percent: number }[]) =>
    stairs(points, toMs)
      .map(({ atMs, percent }, i) => `${i === 0 ? 'M' : 'L'}${x(atMs)} ${y(percent)}`)
      .join('');
  const intended = changes.map(({ intendedAt, percent }) => ({ atMs: Date.parse(intendedAt), percent }));
  const accepted = changes.flatMap(({ acceptedAt, percent }) =>
    acceptedAt === undefined ? [] : [{ atMs: Date.parse(acceptedAt), percent }],
  );
  const measured = changes.flatMap(({ measured: found }) =>
    found?.share === undefined ? [] : [{ ...found, atMs: Date.parse(found.at), percent: found.share * 100 }],
  );
  const told = measured.at(-1);
  return (
    <figure className={styles.chart}>
      <figcaption>{t('shifts.chart')}</figcaption>
      <div ref={box}>
        {width > 0 && (
          <svg width={width} height={HEIGHT} role="img" aria-label={t('shifts.chart')}>
            <Axes
              width={width}
              height={HEIGHT}
              margin={MARGIN}
              heights={[0, 50, 100].map((percent) => ({
                y: y(percent),
                text: t('shifts.percent', { percent }),
              }))}
              fromMs={fromMs}
              toMs={endMs}
              markWidth={64}
            />
            <path className={styles.intended} d={path(intended)} />
            <path className={styles.accepted} d={path(accepted)} />
            {measured.map(({ atMs, percent, verdict }) => (
              <circle
                key={atMs}
                className={styles.measured}
                data-verdict={verdict}
                cx={x(atMs)}
                cy={y(percent)}
                r="4.5"
              />
            ))}
          </svg>
        )}
      </div>
      <ul className={styles.legend}>
        <li data-line="intended">{t('shifts.chart.intended')}</li>
        <li data-line="accepted">{t('shifts.chart.accepted')}</li>
        <li data-line="measured">{t('shifts.chart.measured')}</li>
        {told && (
          <li>
            {t('shifts.chart.told', {
              share: told.percent / 100,
              declared: told.declared,
              samples: told.samples,
              verdict: t(`shifts.share.${told.verdict}`),
            })}
          </li>
        )}
      </ul>
    </figure>
  );
}
