'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { HealthLevel } from '@/lib/mesh/telemetry/overlay';
import styles from './overlay.module.css';

/** Lines of 2 in a square of 16: each level has a shape of its own. */
const PATHS: Record<HealthLevel, string> = {
  good: 'M3 8.5l3.5 3.5L13 5',
  degraded: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
  failing: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4.5v4M8 11h.01',
  idle: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2z',
  unknown: 'M4 8h8',
};

/** A health level by sign and word; `plain`: the sign alone where all is well, to save room. */
export function HealthMark({ level, plain = false }: { level: HealthLevel; plain?: boolean }) {
  const { t } = useSpeech();
  const word = t(`overlay.health.${level}`);
  const bare = plain && level === 'good';
  return (
    <span className={styles.health} data-level={level} {...(bare ? { role: 'img', 'aria-label': word } : {})}>
      <svg width="11" height="11" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d={PATHS[level]}
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {!bare && word}
    </span>
  );
}
