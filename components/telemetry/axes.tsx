'use client';
import { useSpeech } from '@/lib/i18n/react';
import { timeMarks } from './metrics/scale';
import styles from './axes.module.css';

export interface Margin {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface AxesProps {
  width: number;
  height: number;
  margin: Margin;
  /** Marks of the upright axis: where, and what is written there. */
  heights: readonly { y: number; text: string }[];
  fromMs: number;
  toMs: number;
  /** Pixels that a mark of the time takes. */
  markWidth: number;
}

/** Above this many pixels from the edge, the middle of a mark of the time stands over its moment. */
const HALF_MARK = 18;

/** Lines across a chart with what they stand for, and the time of day below it. Inside of an SVG. */
export function Axes({ width, height, margin, heights, fromMs, toMs, markWidth }: AxesProps) {
  const { t } = useSpeech();
  const inner = Math.max(10, width - margin.left - margin.right);
  const x = (atMs: number) => margin.left + ((atMs - fromMs) / (toMs - fromMs)) * inner;
  const most = Math.max(1, inner / markWidth);
  return (
    <>
      {heights.map(({ y, text }) => (
        <g key={text}>
          <line className={styles.grid} x1={margin.left} x2={width - margin.right} y1={y} y2={y} />
          <text className={styles.mark} x={margin.left - 7} y={y + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {timeMarks(fromMs, toMs, most, new Date(fromMs).getTimezoneOffset()).map((mark) => (
        <text
          key={mark}
          className={styles.mark}
          x={Math.min(x(mark), width - HALF_MARK)}
          y={height - 6}
          textAnchor="middle"
        >
          {t('metrics.clock', { at: new Date(mark) })}
        </text>
      ))}
    </>
  );
}
