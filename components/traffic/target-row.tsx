'use client';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { reachable, setLocked, setWeight } from '@/lib/mesh/weights';
import type { WeightsDraft } from '@/lib/mesh/weights';
import type { Change } from './draft-store';
import { keyTarget } from './divider';
import type { TargetView } from './route-view';
import { TargetSwatch } from './target-swatch';
import styles from './weight-editor.module.css';

export interface TargetRowProps {
  index: number;
  target: TargetView;
  current: WeightsDraft;
  disabled: boolean;
  /** What is wrong with the target, said beside its name. */
  trouble: string | undefined;
  change: (change: Change) => void;
  onSelect: (key: EntityKey) => void;
}

/** One target: its live share, and slider, number and lock of the draft. */
export function TargetRow({ index, target, current, disabled, trouble, change, onSelect }: TargetRowProps) {
  const { t } = useSpeech();
  const id = useId();
  const { name, points, share, weight, locked } = target;
  const { min, max } = reachable(current, index);
  const fixed = disabled || min === max;
  const set = (next: number) => change((now) => setWeight(now, index, next));

  const onKeyDown = (event: KeyboardEvent) => {
    // The browser's own steps know no Shift.
    const to = keyTarget(event.key, event.shiftKey, { at: points, min, max });
    if (to === undefined || fixed) return;
    event.preventDefault();
    set(to);
  };
  return (
    <li className={styles.target}>
      <div className={styles.targetHead}>
        <TargetSwatch index={index} />
        <button type="button" className={styles.targetName} id={id} onClick={() => onSelect(target.key)}>
          {name}
        </button>
        {trouble !== undefined && <span className={styles.trouble}>{trouble}</span>}
        <span className={styles.live}>
          {t('traffic.editor.live')} {t('traffic.share', { share })}
          {Math.round(share * 100) !== weight && ` (${t('traffic.editor.raw', { weight })})`}
        </span>
      </div>
      <div className={styles.controls}>
        <input
          type="range"
          className={styles.range}
          min={0}
          max={100}
          value={points}
          disabled={fixed}
          aria-label={t('traffic.editor.slider', { name })}
          aria-valuetext={t('traffic.editor.valueText', { points, share })}
          onChange={(event) => set(event.currentTarget.valueAsNumber)}
          onKeyDown={onKeyDown}
        />
        <NumberField points={points} min={min} max={max} name={name} fixed={fixed} set={set} />
        <button
          type="button"
          className={styles.lock}
          aria-pressed={locked}
          disabled={disabled}
          aria-label={t(locked ? 'traffic.editor.unlock' : 'traffic.editor.lock', { name, points })}
          title={t(locked ? 'traffic.editor.unlock' : 'traffic.editor.lock', { name, points })}
          onClick={() => change((now) => setLocked(now, index, !locked))}
        >
          <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path
              d={locked ? 'M3 7h10v7H3zM5 7V5a3 3 0 0 1 6 0v2' : 'M3 7h10v7H3zM5 7V4a3 3 0 0 1 5.8-1'}
              fill={locked ? 'currentColor' : 'none'}
              stroke="currentColor"
              strokeWidth="1.5"
              strokeLinejoin="round"
            />
          </svg>
        </button>
      </div>
    </li>
  );
}

interface NumberFieldProps {
  points: number;
  min: number;
  max: number;
  name: string;
  fixed: boolean;
  set: (points: number) => void;
}

/**
 * A number to type, set with Enter or on leaving the field: the beginning of a number is no number. What is no whole number
 * in reach is told, and changes nothing.
 */
function NumberField({ points, min, max, name, fixed, set }: NumberFieldProps) {
  const { t } = useSpeech();
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const usable = (text: string) => /^\d{1,3}$/.test(text) && Number(text) >= min && Number(text) <= max;
  const wrong = typed !== undefined && !usable(typed);
  const settle = () => {
    if (typed === undefined || wrong) return;
    setTyped(undefined);
    if (Number(typed) !== points) set(Number(typed));
  };
  return (
    <span className={styles.number}>
      <input
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={typed ?? String(points)}
        disabled={fixed}
        aria-label={t('traffic.editor.number', { name })}
        aria-invalid={wrong}
        aria-describedby={wrong ? id : undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value.trim())}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape' && typed !== undefined) {
            event.stopPropagation();
            setTyped(undefined);
          }
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
          event.preventDefault();
          const to = keyTarget(event.key, event.shiftKey, { at: points, min, max });
          setTyped(undefined);
          if (to !== undefined) set(to);
        }}
      />
      <span aria-hidden="true">%</span>
      {wrong && (
        <span id={id} role="alert" className={styles.wrong}>
          {t('traffic.editor.wrongNumber', { min, max })}
        </span>
      )}
    </span>
  );
}
