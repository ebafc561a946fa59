'use client';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import { moveDivider } from '@/lib/mesh/weights';
import type { WeightsDraft } from '@/lib/mesh/weights';
import type { Change } from './draft-store';
import styles from './weight-bar.module.css';

export interface DividerProps {
  index: number;
  range: { at: number; min: number; max: number };
  /** Pixels from where it stands, so that dividers at one place can be told apart. */
  offset: number;
  left: string;
  right: string;
  valueText: string;
  /** Why it cannot be moved. */
  reason: string | undefined;
  track: RefObject<HTMLDivElement | null>;
  draft: WeightsDraft | undefined;
  /** The draft a drag starts from: the held one, or the one that would be begun. */
  current: WeightsDraft;
  change: (change: Change) => void;
  restore: (draft: WeightsDraft | undefined) => void;
}

/** Where a key takes a divider. */
export function keyTarget(
  key: string,
  shift: boolean,
  { at, min, max }: DividerProps['range'],
): number | undefined {
  const step = shift ? 10 : 1;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(min, at - step);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(max, at + step);
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return undefined;
  }
}

/** The handle between two targets of the bar. */
export function Divider(props: DividerProps) {
  const { index, range, offset, left, right, valueText, reason, track, draft, current, change, restore } =
    props;
  const { t } = useSpeech();
  const [dragging, setDragging] = useState(false);
  const drag = useRef<{ held: WeightsDraft | undefined; from: WeightsDraft; at: number; x: number }>(
    undefined,
  );
  const fixed = reason !== undefined || range.min === range.max;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.stopPropagation();
    if (fixed || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { held: draft, from: current, at: range.at, x: event.clientX };
    setDragging(true);
  };
  const onPointerMove = (event: PointerEvent) => {
    const width = track.current?.getBoundingClientRect().width ?? 0;
    const { current: begun } = drag;
    if (!begun || width === 0) return;
    // Always counted from where the drag began: what is pushed aside on the way comes back on the way back.
    const delta = Math.round(((event.clientX - begun.x) / width) * 100);
    change(() => moveDivider(begun.from, index, delta));
  };
  const end = () => {
    drag.current = undefined;
    setDragging(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag.current) {
      event.stopPropagation();
      event.preventDefault();
      restore(drag.current.held);
      end();
      return;
    }
    const to = keyTarget(event.key, event.shiftKey, range);
    if (to === undefined) return;
    // The graph walks along its edges with the same keys.
    event.stopPropagation();
    event.preventDefault();
    if (!fixed && to !== range.at) change((now) => moveDivider(now, index, to - range.at));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={`${styles.divider} nodrag nopan`}
      style={{ left: `calc(${range.at}% + ${offset}px)` }}
      data-dragging={dragging || undefined}
      aria-label={t('traffic.bar.divider', { left, right })}
      aria-orientation="horizontal"
      aria-valuenow={range.at}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuetext={valueText}
      aria-disabled={fixed}
      title={reason}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={() => {
        if (drag.current) restore(drag.current.held);
        end();
      }}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={onKeyDown}
    />
  );
}
