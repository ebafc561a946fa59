'use client';
import type { Connection } from '@/lib/client/connection';
import { useSpeech } from '@/lib/i18n/react';
import styles from './shell.module.css';

/** The state of the connection, always in sight: a dot with a shape of its own for each state, words, and a way to try again. */
export function ConnectionIndicator({ connection }: { connection: Connection }) {
  const { t } = useSpeech();
  const { phase, currentAsOf, attempt, problem } = connection;
  const words = () => {
    switch (phase) {
      case 'reconnecting':
        return t('shell.connection.reconnecting', { attempt: attempt ?? 1 });
      case 'stale': {
        if (currentAsOf === undefined) return t('shell.connection.staleUnknown');
        return t('shell.connection.stale', { since: new Date(currentAsOf) });
      }
      case 'connecting':
      case 'live':
      case 'failed':
        return t(`shell.connection.${phase}`);
    }
  };
  const troubled = phase === 'reconnecting' || phase === 'stale' || phase === 'failed';
  return (
    <span className={`${styles.connection} ${styles[phase]}`} data-phase={phase}>
      <span role="status" title={problem?.detail} className={styles.connection}>
        <span className={styles.dot} aria-hidden />
        {words()}
      </span>
      {troubled && (
        <button type="button" className={styles.control} onClick={() => connection.retryNow()}>
          {t('shell.connection.retry')}
        </button>
      )}
    </span>
  );
}
