'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Finding } from '@/lib/mesh/finding';
import { countFindings } from './finding-text';
import styles from './findings.module.css';

/** Lines of 1.8 in a square of 16. */
export const SEVERITY_PATHS: Record<Finding['severity'], string> = {
  error: 'M5 1h6l4 4v6l-4 4H5l-4-4V5zM8 4.5v4M8 11h.01',
  warning: 'M8 2l6.5 12h-13zM8 6.5v3.5M8 12h.01',
  info: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M8 7.5v4M8 5h.01',
};

/** The sign of a severity: its shape tells it, not only its colour. */
export function SeveritySign({ severity }: { severity: Finding['severity'] }) {
  return (
    <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={SEVERITY_PATHS[severity]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** How many findings there are, by the worst severity among them; hovering or reading it tells which. */
export function FindingBadge({ findings }: { findings: readonly Finding[] }) {
  const { t } = useSpeech();
  const { worst, error, warning, info } = countFindings(findings);
  if (worst === undefined) return null;
  const label = t('findings.badge', { error, warning, info });
  const titles = findings.map(({ code }) => `${code} ${t(`finding.${code}.title`)}`);
  return (
    <span
      className={styles.badge}
      data-severity={worst}
      role="img"
      aria-label={label}
      title={[label, ...new Set(titles)].join('\n')}
    >
      <SeveritySign severity={worst} />
      {findings.length}
    </span>
  );
}
