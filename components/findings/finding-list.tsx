'use client';
import Link from 'next/link';
import { findingQuery } from '@/lib/client/backends-view';
import { useSpeech } from '@/lib/i18n/react';
import type { Finding } from '@/lib/mesh/finding';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import { SeveritySign } from './finding-badge';
import styles from './findings.module.css';

/** Findings with what is wrong, what to do next, and where. Objects they name are links where `onSelect` is given. */
export function FindingList({
  findings,
  about,
  backends,
  onSelect,
}: {
  findings: readonly Finding[];
  /** The object on screen: it is not named again. */
  about?: EntityKey | undefined;
  /** Address of the whitelist: findings about it lead to the place there. */
  backends?: string;
  onSelect?: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  return (
    <ul className={styles.list}>
      {findings.map((finding) => {
        const { id, code, severity, subject, related, details, path } = finding;
        const place = backends === undefined ? undefined : findingQuery(finding);
        const links = [subject, ...related].filter((key) => key !== about);
        return (
          <li key={id} className={styles.item} data-severity={severity}>
            <span className={styles.sign}>
              <SeveritySign severity={severity} />
            </span>
            <div className={styles.body}>
              <h4 className={styles.title}>
                {t('findings.heading', { severity, code, title: t(`finding.${code}.title`) })}
              </h4>
              <p className={styles.text}>{t(`finding.${code}.message`, details)}</p>
              <p className={styles.next}>{t(`finding.${code}.next`, details)}</p>
              {path !== undefined && <p className={styles.path}>{path}</p>}
              {place !== undefined && (
                <p className={styles.next}>
                  <Link className={styles.link} href={`${backends}${place}`}>
                    {t('findings.inBackends')}
                  </Link>
                </p>
              )}
              {onSelect && links.length > 0 && (
                <p className={styles.next}>
                  {links.map((key) => (
                    <button key={key} type="button" className={styles.link} onClick={() => onSelect(key)}>
                      {linkText(key)}
                    </button>
                  ))}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function linkText(key: EntityKey): string {
  const parsed = parseEntityKey(key);
  if (!parsed) return key;
  return parsed.namespace === '' ? parsed.name : `${parsed.namespace}/${parsed.name}`;
}
