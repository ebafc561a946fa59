'use client';
import { MOST_HOPS } from '@/lib/client/view-state';
import styles from './view-menu.module.css';

/** How far a focus reaches in one direction. */
export function Hops({
  label,
  hops,
  onChange,
}: {
  label: string;
  hops: number;
  onChange: (hops: number) => void;
}) {
  return (
    <label className={styles.hops}>
      {label}
      <input
        type="number"
        min={0}
        max={MOST_HOPS}
        step={1}
        value={hops}
        onChange={({ target }) => {
          const wanted = target.valueAsNumber;
          if (Number.isInteger(wanted)) onChange(Math.min(MOST_HOPS, Math.max(0, wanted)));
        }}
      />
    </label>
  );
}
