'use client';
import { hidden } from '@/components/ui/hidden';
import { useSpeech } from '@/lib/i18n/react';
import styles from './route-tester.module.css';

const CHECK = 'M2.5 7.5l3 3 6-7';
const CROSS = 'M3 3l8 8M11 3l-8 8';
const DASH = 'M3 7h8';
const SHAPES = {
  taken: CHECK,
  met: CHECK,
  passedOver: CROSS,
  unmet: CROSS,
  notReached: DASH,
  aside: DASH,
} as const;

/** A sign for what became of a route or condition. That of a route has its word beside it, that of a condition speaks itself. */
export function Mark({ of }: { of: keyof typeof SHAPES }) {
  const { t } = useSpeech();
  return (
    <span className={styles.mark} data-mark={of}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">
        <path d={SHAPES[of]} fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {(of === 'met' || of === 'unmet') && <span className={hidden}>{t(`tester.${of}`)} </span>}
    </span>
  );
}
