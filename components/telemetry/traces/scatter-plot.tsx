'use client';
import { useMemo, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TraceSummary } from '@/lib/mesh/telemetry/trace';
import { useSpeech } from '@/lib/i18n/react';
import { Axes } from '../axes';
import { msText } from '../metrics/figure-text';
import { useWidth } from '../metrics/use-width';
import { scatterOf } from './scatter';
import { StatusShape } from './status-mark';
import styles from './traces.module.css';

const HEIGHT = 220;
const MARGIN = { top: 10, right: 12, bottom: 24, left: 64 } as const;
const MARK_WIDTH = 90;

export interface ScatterPlotProps {
  traces: readonly TraceSummary[];
  window: { fromMs: number; toMs: number };
  onOpen: (id: string) => void;
}

/** Each trace by when it began and how long it took. One stop for the keyboard: the arrow keys walk along the time. */
export function ScatterPlot({ traces, window: { fromMs, toMs }, onOpen }: ScatterPlotProps) {
  const { t } = useSpeech();
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const { points, marks } = useMemo(() => scatterOf(traces, fromMs, toMs), [traces, fromMs, toMs]);
  const inner = Math.max(10, width - MARGIN.left - MARGIN.right);
  const tall = HEIGHT - MARGIN.top - MARGIN.bottom;
  const left = (x: number) => MARGIN.left + x * inner;
  const up = (y: number) => MARGIN.top + (1 - y) * tall;
  const current = at === undefined ? undefined : points[Math.min(at, points.length - 1)];

  const onKeyDown = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const next = { ArrowLeft: (at ?? points.length) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last }[
      event.key
    ];
    if (next !== undefined) {
      event.preventDefault();
      setAt(Math.max(0, Math.min(last, next)));
    } else if (event.key === 'Enter' && current) onOpen(current.trace.id);
  };
  return (
    <div className={styles.scatterBox}>
      <div
        ref={box}
        className={styles.scatter}
        role="slider"
        tabIndex={0}
        aria-label={t('traces.scatter')}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, points.length)}
        aria-valuenow={(at ?? 0) + 1}
        aria-valuetext={current ? said(current.trace) : t('traces.scatterHint')}
        onKeyDown={onKeyDown}
        onPointerLeave={() => setAt(undefined)}
      >
        {width > 0 && (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            <Axes
              width={width}
              height={HEIGHT}
              margin={MARGIN}
              heights={marks.map(({ ms, y }) => ({ y: up(y), text: msText(ms, t) }))}
              fromMs={fromMs}
              toMs={toMs}
              markWidth={MARK_WIDTH}
            />
            {points.map(({ trace, x, y }, n) => (
              <g
                key={trace.id}
                className={styles.shape}
                data-status={trace.status}
                data-current={n === at || undefined}
                transform={`translate(${left(x)} ${up(y)})`}
                onPointerEnter={() => setAt(n)}
                onClick={() => onOpen(trace.id)}
              >
                <StatusShape status={trace.status} />
              </g>
            ))}
          </svg>
        )}
      </div>
      <p className={styles.told}>{current ? said(current.trace) : t('traces.scatterHint')}</p>
    </div>
  );

  function said({ startMs, durationMs, status, http }: TraceSummary): string {
    return [
      t('metrics.time', { at: new Date(startMs) }),
      msText(durationMs, t),
      t(`traces.status.${status}`),
      [http?.method, http?.url].filter(Boolean).join(' '),
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
