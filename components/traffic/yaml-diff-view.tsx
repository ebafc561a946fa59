'use client';
import { useSpeech } from '@/lib/i18n/react';
import { hidden } from '@/components/ui/hidden';
import { yamlDiff } from './yaml-diff';
import styles from './review.module.css';

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

/** Changed lines with their neighbours. Signs tell them apart, not only colours. */
export function YamlDiffView({ before, after }: { before: string; after: string }) {
  const { t } = useSpeech();
  const lines = yamlDiff(before, after);
  if (lines.length === 0) return <p className={styles.note}>{t('traffic.review.diff.none')}</p>;
  return (
    <pre className={styles.diff} tabIndex={0} aria-label={t('traffic.review.diffLines')}>
      {lines.map((line, i) =>
        line.kind === 'gap' ? (
          <span key={i} className={styles.gap}>
            {t('traffic.review.diff.gap', { count: line.count })}
          </span>
        ) : (
          <span key={i} className={styles[line.kind]}>
            {line.kind !== 'same' && <span className={hidden}>{t(`traffic.review.diff.${line.kind}`)}</span>}
            {`${SIGNS[line.kind]} ${line.text}`}
          </span>
        ),
      )}
    </pre>
  );
}
