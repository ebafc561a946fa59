'use client';
import { useSpeech } from '@/lib/i18n/react';
import { isMessageKey } from '@/lib/i18n/translate';
import type { Finding } from '@/lib/mesh/finding';
import styles from './findings.module.css';

/** Findings with what is wrong and what to do next. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { t } = useSpeech();
  const say = (finding: Finding, part: 'title' | 'message' | 'next') => {
    const key = `finding.${finding.code}.${part}`;
    return isMessageKey(key) ? t(key, finding.details) : '';
  };
  return (
    <ul className={styles.list}>
      {findings.map((finding) => (
        <li key={finding.id} className={styles[finding.severity]}>
          <strong>
            {finding.code} {say(finding, 'title')}
          </strong>
          <p>{say(finding, 'message')}</p>
          <p className={styles.next}>{say(finding, 'next')}</p>
          {finding.path !== undefined && <code>{finding.path}</code>}
        </li>
      ))}
    </ul>
  );
}
