'use client';
import Link from 'next/link';
import { shiftPath } from '@/components/shell/addresses';
import { useSpeech } from '@/lib/i18n/react';
import type { Ownership } from '@/lib/mesh/model';
import styles from './shift-sign.module.css';

/** A link to the shift that holds a router, on its card and in the inspector. Nothing where none does. */
export function ShiftSign({
  source,
  owner: { manager, name: holder = '' },
  named = false,
}: {
  source: string;
  owner: Ownership;
  named?: boolean;
}) {
  const { t } = useSpeech();
  const [namespace, name] = holder.split('/');
  if (manager !== 'shift' || namespace === undefined || name === undefined) return null;
  const label = t('shifts.link', { name: holder });
  return (
    <Link
      className={styles.sign}
      data-plain={!named || undefined}
      href={shiftPath(source, namespace, name)}
      title={label}
      aria-label={label}
      onClick={(event) => event.stopPropagation()}
    >
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path
          d="M1 14h4v-4h5V6h5V2M11 5l4-4"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          strokeLinejoin="round"
        />
      </svg>
      {named && name}
    </Link>
  );
}
