'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Split } from '@/lib/mesh/telemetry/overlay';
import styles from './overlay.module.css';

/** Lines of 2 in a square of 16. */
const PATHS: Record<Split['verdict'], string> = {
  agrees: 'M3 8.5l3.5 3.5L13 5',
  differs: 'M3 6h10M3 10h10M11 2L5 14',
  tooFew: 'M3 8h.01M8 8h.01M13 8h.01',
  mixed: 'M2 4l12 8M2 12l12-8',
};

/** Whether a route does what it says, by sign and word. */
export function VerdictMark({ verdict }: { verdict: Split['verdict'] }) {
  const { t } = useSpeech();
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <svg width="11" height="11" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={PATHS[verdict]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {t(`overlay.verdict.${verdict}`)}
    </span>
  );
}
