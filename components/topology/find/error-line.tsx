'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Expression } from './use-find';
import styles from './find.module.css';

/** Says, also when no field has the keyboard, that what is written is not what is applied. */
export function ErrorLine({ wanted, unwanted }: { wanted: Expression; unwanted: Expression }) {
  const { t } = useSpeech();
  const error = wanted.error ?? unwanted.error;
  if (!error) return null;
  const reason = t(error.message, error.values);
  return (
    <p className={styles.line} title={reason}>
      {t('find.notApplied', { reason })}
    </p>
  );
}
