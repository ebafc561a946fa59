'use client';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import { useSpeech } from '@/lib/i18n/react';
import type { Stranger } from '@/lib/mesh/telemetry/measured';
import styles from './menu.module.css';

/** What was seen and is no proxy of the mesh: counted at once, told when opened. */
export function Strangers({ strangers }: { strangers: readonly Stranger[] }) {
  const { t } = useSpeech();
  if (strangers.length === 0) return null;
  return (
    <ExpandableSection headerText={t('overlay.strangers', { count: strangers.length })}>
      <StrangerList strangers={strangers} />
    </ExpandableSection>
  );
}

/** Each with who says so, how much of it was seen, and who called it. */
export function StrangerList({ strangers }: { strangers: readonly Stranger[] }) {
  const { t, locale } = useSpeech();
  const list = new Intl.ListFormat(locale, { type: 'unit' });
  return (
    <>
      <p className={styles.hint}>{t('overlay.strangers.hint')}</p>
      {/* A list that scrolls is reached by the keyboard, too. */}
      <ul className={styles.strangers} tabIndex={0}>
        {strangers.map(({ name, type, evidence, requests, calledBy }) => (
          <li key={`${evidence} ${type} ${name}`}>
            <code>{name}</code>
            <span className={styles.hint}>
              {t('overlay.strangers.requests', {
                evidence: t(`overlay.evidence.${evidence}`),
                type,
                count: requests,
              })}
            </span>
            {calledBy.length > 0 && (
              <span className={styles.hint}>
                {t('overlay.strangers.calledBy', { names: list.format(calledBy) })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
