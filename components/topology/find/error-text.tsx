'use client';
import { useSpeech } from '@/lib/i18n/react';
import { printQuery } from '@/lib/mesh/query/print';
import type { Query, QueryError } from '@/lib/mesh/query/syntax';
import styles from './find.module.css';

/** Names that are listed at most; all of them are in the help. */
const MOST = 8;

/** What is wrong with an expression, what could stand there, and what stays applied until it is right. */
export function ErrorText({ error, applied }: { error: QueryError; applied: Query }) {
  const { t, locale } = useSpeech();
  const { expected } = error;
  const list = new Intl.ListFormat(locale, { type: 'disjunction' }).format(expected.slice(0, MOST));
  return (
    <div className={styles.error} data-end={error.length === 0}>
      <p>
        <b>{t(error.message, error.values)}</b>
      </p>
      {expected.length > 0 && expected.length <= MOST && <p>{t('find.expected', { list })}</p>}
      <p className={styles.stays}>
        {applied.kind === 'all'
          ? t('find.staysEverything')
          : t('find.stays', { expression: printQuery(applied) })}
      </p>
    </div>
  );
}
