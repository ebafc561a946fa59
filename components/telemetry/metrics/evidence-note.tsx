'use client';
import type { Evidence } from '@/lib/api/telemetry';
import { useSpeech } from '@/lib/i18n/react';
import { isMessageKey } from '@/lib/i18n/translate';
import type { EvidenceKind } from '@/lib/mesh/telemetry/measured';
import styles from './metrics.module.css';

/** Who says so, and whether it saw all of it; the technical words a click away. */
export function EvidenceNote({ kind, witnesses }: { kind: EvidenceKind; witnesses: readonly string[] }) {
  const { t } = useSpeech();
  const evidence = t(`overlay.evidence.${kind}`);
  return (
    <details className={styles.evidence}>
      <summary>{t(kind === 'xray' ? 'metrics.fromSamples' : 'metrics.from', { evidence })}</summary>
      <ul aria-label={t('metrics.witnesses')}>
        {witnesses.map((witness) => (
          <li key={witness}>
            <code>{witness}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What is wrong with the sources of evidence, each with its cause and what to do; nothing where all is well. */
export function EvidenceTroubles({ evidence }: { evidence: readonly Evidence[] }) {
  const { t } = useSpeech();
  return evidence.map(({ kind, phase, problem }) => {
    if (!problem || (phase !== 'partial' && phase !== 'failed')) return null;
    const said = (part: 'title' | 'next') => {
      const key = `overlay.evidence.${problem.code}.${part}`;
      return isMessageKey(key) ? t(key) : '';
    };
    return (
      <div key={kind} className={styles.trouble} role="status">
        <b>
          {t(`overlay.evidence.${kind}`)}: {problem.code} {said('title')}
        </b>
        <div>{said('next')}</div>
        <code>{[problem.operation, problem.detail].filter(Boolean).join(': ')}</code>
      </div>
    );
  });
}
