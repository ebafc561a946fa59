'use client';
import { control } from '@/components/ui/control';
import { reasonText } from '@/components/ui/problem-text';
import type { Connection } from '@/lib/client/connection';
import { useSpeech } from '@/lib/i18n/react';
import { connectionWords } from './connection-words';
import styles from './shell.module.css';

/** The state of the connection, always in sight: a dot with a shape of its own for each state, words, and a way to try again. */
export function ConnectionIndicator({
  connection,
  of,
}: {
  connection: Connection;
  /** The source it is the connection of, where there are several. */
  of?: string | undefined;
}) {
  const { t } = useSpeech();
  const { phase, problem } = connection;
  const troubled = phase === 'reconnecting' || phase === 'stale' || phase === 'failed';
  return (
    <span className={`${styles.connection} ${styles[phase]}`} data-phase={phase}>
      <span
        role="status"
        title={problem && t('shell.connection.why', { code: problem.code, detail: reasonText(problem, t) })}
        className={styles.connection}
      >
        <span className={styles.dot} aria-hidden />
        {of === undefined
          ? connectionWords(connection, t)
          : t('shell.connection.of', { source: of, state: connectionWords(connection, t) })}
      </span>
      {troubled && (
        <button type="button" className={control} onClick={() => connection.retryNow()}>
          {t('shell.connection.retry')}
        </button>
      )}
    </span>
  );
}
