'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Backends } from './use-backends';
import styles from './backends.module.css';

/** Which namespaces of a large mesh are measured: silence elsewhere is nobody's word. */
export function Asked({ asked: { namespaces, of } }: { asked: NonNullable<Backends['asked']> }) {
  const { t, locale } = useSpeech();
  if (namespaces.size === of) return null;
  const names = new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(namespaces);
  return <p className={styles.note}>{t('backends.asked', { count: namespaces.size, of, names })}</p>;
}
