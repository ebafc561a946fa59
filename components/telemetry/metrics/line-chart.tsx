'use client';
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import type { TimeWindow } from '@/lib/mesh/telemetry/measured';
import { useSpeech } from '@/lib/i18n/react';
import { Axes } from '../axes';
import { highest, unbroken } from './charts';
import type { ChartKind, ChartLine } from './charts';
import { heightText } from './figure-text';
import { LineLegend } from './line-legend';
import { heightMarks } from './scale';
import { useWidth } from './use-width';
import styles from './metrics.module.css';

const HEIGHT = 128;
const MARGIN = { top: 8, right: 8, bottom: 20, left: 58 } as const;
/** A mark of the time axis takes so many pixels. */
const MARK_WIDTH = 64;

export interface LineChartProps {
  label: string;
  kind: ChartKind;
  lines: readonly ChartLine[];
  window: TimeWindow;
  /** How high the axis reaches at least, so that charts beside each other can be compared. */
  reach?: number | undefined;
  /** What is offered for the step that is pointed at. */
  aside?: ((step: { fromMs: number; toMs: number }) => ReactNode) | undefined;
}

/**
 * Lines over time. A step where nothing was measured is a gap. A step is pointed at with the mouse or the arrow keys, and the
 * legend tells its figures.
 */
export function LineChart({ label, kind, lines, window, reach = 0, aside }: LineChartProps) {
  const { t } = useSpeech();
  const [box, width] = useWidth<HTMLDivElement>();
  const [hovered, setHovered] = useState<number>();
  const [pinned, setPinned] = useState<number>();
  const stepMs = window.stepSeconds * 1000;
  const steps = Math.max(1, ...lines.map(({ points }) => points.length));
  // Steps begin on the clock, a window where it was asked: the first and the last step may reach out of it.
  const fromMs = Math.min(window.fromMs, lines[0]?.points[0]?.atMs ?? window.fromMs);
  const toMs = Math.max(window.toMs, fromMs + steps * stepMs);
  const marks = heightMarks(Math.max(reach, highest(lines)));
  const top = marks.at(-1) ?? 1;
  const inner = Math.max(10, width - MARGIN.left - MARGIN.right);
  const floor = HEIGHT - MARGIN.bottom;
  const x = (atMs: number) => MARGIN.left + ((atMs - fromMs) / (toMs - fromMs)) * inner;
  const y = (height: number) => floor - (height / top) * (floor - MARGIN.top);
  // A step is drawn in its middle.
  const middle = (atMs: number) => x(Math.min(toMs, atMs + stepMs / 2));

  const chosen = pinned !== undefined && pinned < steps ? pinned : undefined;
  const step = hovered ?? chosen;
  const at = step === undefined ? undefined : (lines[0]?.points[step]?.atMs ?? fromMs + step * stepMs);
  const stepAt = (event: PointerEvent) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - MARGIN.left;
    const first = lines[0]?.points[0]?.atMs ?? fromMs;
    const ms = fromMs + (left / inner) * (toMs - fromMs) - first;
    return Math.max(0, Math.min(steps - 1, Math.floor(ms / stepMs)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = chosen ?? steps;
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: steps - 1 }[event.key];
    if (event.key === 'Escape' && chosen !== undefined) {
      event.stopPropagation();
      setPinned(undefined);
    }
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setPinned(Math.max(0, Math.min(steps - 1, next)));
  };

  return (
    <figure className={styles.chart} aria-label={label}>
      <figcaption className={styles.title}>{label}</figcaption>
      <div
        ref={box}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={steps - 1}
        aria-valuenow={chosen ?? steps - 1}
        aria-valuetext={spoken()}
        onKeyDown={onKeyDown}
        onPointerMove={(event) => setHovered(stepAt(event))}
        onPointerLeave={() => setHovered(undefined)}
        onClick={() => setPinned(hovered)}
      >
        {width > 0 && (
          <svg width={width} height={HEIGHT} aria-hidden="true">
            <Axes
              width={width}
              height={HEIGHT}
              margin={MARGIN}
              heights={marks.map((mark) => ({ y: y(mark), text: heightText(kind, mark, t) }))}
              fromMs={fromMs}
              toMs={toMs}
              markWidth={MARK_WIDTH}
            />
            {at !== undefined && (
              <line className={styles.cursor} x1={middle(at)} x2={middle(at)} y1={MARGIN.top} y2={floor} />
            )}
            {lines.map(({ figure, witness, points }, n) => (
              <g key={`${figure} ${witness}`} className={styles.line} data-line={n % 6}>
                {unbroken(points).map((run) => {
                  const [only] = run;
                  return run.length === 1 && only ? (
                    <circle key={only.atMs} cx={middle(only.atMs)} cy={y(only.height)} r={2.5} />
                  ) : (
                    <polyline
                      key={only?.atMs}
                      points={run.map((point) => `${middle(point.atMs)},${y(point.height)}`).join(' ')}
                    />
                  );
                })}
              </g>
            ))}
          </svg>
        )}
      </div>
      <LineLegend kind={kind} lines={lines} step={step} at={at} />
      {aside && (
        <p className={styles.aside}>
          {chosen !== undefined && at !== undefined && aside({ fromMs: at, toMs: at + stepMs })}
        </p>
      )}
    </figure>
  );

  function spoken(): string {
    const here = chosen ?? steps - 1;
    const time = lines[0]?.points[here]?.atMs;
    return [
      ...(time === undefined ? [] : [t('metrics.time', { at: new Date(time) })]),
      ...lines.map(({ figure, points }) => {
        const height = points[here]?.height;
        return t('metrics.said', {
          figure: t(`metrics.figure.${figure}`),
          text: typeof height === 'number' ? heightText(kind, height, t) : t('metrics.gap'),
        });
      }),
    ].join(', ');
  }
}
