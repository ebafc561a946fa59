'use client';
import Popover from '@cloudscape-design/components/popover';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { SourcePart } from '@/lib/api/topology';
import { useSpeech } from '@/lib/i18n/react';
import styles from './source-parts.module.css';

const LOOK: Record<SourcePart['phase'], StatusIndicatorProps.Type> = {
  connecting: 'pending',
  live: 'success',
  reconnecting: 'warning',
  failed: 'error',
};

const isMissing = ({ phase, what }: SourcePart): boolean => phase !== 'live' || what !== undefined;

/** How many sources a picture is put together from, how many of them lack something, and which and why on demand. */
export function SourceParts({ parts }: { parts: readonly SourcePart[] }) {
  const { t } = useSpeech();
  const missing = parts.filter(isMissing).length;
  if (parts.length < 2 && missing === 0) return null;
  return (
    <Popover
      position="bottom"
      size="large"
      triggerType="custom"
      header={t('shell.parts.title')}
      dismissAriaLabel={t('shell.help.close')}
      content={
        <ul className={styles.parts}>
          {parts.map((part) => (
            <Part key={part.source} part={part} />
          ))}
        </ul>
      }
    >
      <button type="button" className={styles.summary} data-missing={missing > 0 || undefined}>
        {missing === 0
          ? t('shell.parts.all', { count: parts.length })
          : t('shell.parts.missing', { count: parts.length, missing })}
      </button>
    </Popover>
  );
}

function Part({ part: { name, kind, phase, what, problem } }: { part: SourcePart }) {
  const { t, locale } = useSpeech();
  const partly = phase === 'live' && what !== undefined;
  const kinds = what && new Intl.ListFormat(locale, { type: 'unit' }).format(what);
  return (
    <li className={styles.part}>
      <span className={styles.name}>
        {name} <span className={styles.kind}>{t(`shell.parts.kind.${kind}`)}</span>
      </span>
      <StatusIndicator type={partly ? 'warning' : LOOK[phase]}>
        {t(`shell.parts.phase.${partly ? 'partly' : phase}`)}
      </StatusIndicator>
      {kinds !== undefined && <span>{t('shell.parts.what', { kinds })}</span>}
      {problem && <span className={styles.detail}>{problem.detail}</span>}
    </li>
  );
}
