'use client';
import { useTelemetryAnswer } from '@/lib/client/use-telemetry';
import { useSpeech } from '@/lib/i18n/react';
import styles from './inspector.module.css';

/** Whom a proxy was seen to call that has no place in the mesh. `by` is its name in AWS. */
export function CalledStrangers({ by }: { by: string }) {
  const { t } = useSpeech();
  const strangers = useTelemetryAnswer()?.telemetry.strangers ?? [];
  const called = strangers.filter(({ calledBy }) => calledBy.includes(by));
  if (called.length === 0) return null;
  return (
    <div className={styles.strangers}>
      <h4>{t('overlay.strangers.called')}</h4>
      <ul>
        {called.map(({ name, type, evidence, requests }) => (
          <li key={`${evidence} ${type} ${name}`}>
            <code>{name}</code>{' '}
            <span className={styles.note}>
              {t('overlay.strangers.requests', {
                evidence: t(`overlay.evidence.${evidence}`),
                type,
                count: requests,
              })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
