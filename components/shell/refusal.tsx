'use client';
import { useActions } from '@/lib/client/use-actions';
import styles from './shell.module.css';

/** Why a key did nothing, for a moment. */
export function Refusal() {
  const { refusal } = useActions();
  return (
    <div role="status" className={styles.refusal} data-shown={refusal !== undefined || undefined}>
      {refusal}
    </div>
  );
}
