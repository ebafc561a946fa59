'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Reached } from '@/lib/mesh/backends/reach';
import type { EntityKey } from '@/lib/mesh/keys';
import { nameOf } from './names';
import styles from './backends.module.css';

/** Names that are shown before the rest is counted. */
const SHOWN = 40;

/** Those that reach, or are reached: by a call of their own first, then over others. */
export function ReachList({
  reached,
  none,
  onOpen,
}: {
  reached: ReadonlyMap<EntityKey, Reached>;
  none: string;
  onOpen: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const all = [...reached].sort(([a, x], [b, y]) => x.hops - y.hops || (a < b ? -1 : 1));
  const parts = [
    { id: 'direct' as const, entries: all.filter(([, { hops }]) => hops === 1) },
    { id: 'transitive' as const, entries: all.filter(([, { hops }]) => hops > 1) },
  ];
  if (all.length === 0) return <p className={styles.muted}>{none}</p>;
  return parts.map(({ id, entries }) =>
    entries.length === 0 ? null : (
      <details key={id} open={id === 'direct'}>
        <summary>{t(`backends.pane.${id}`, { count: entries.length })}</summary>
        <ul className={styles.reach}>
          {entries.slice(0, SHOWN).map(([key, { hops }]) => (
            <li key={key}>
              <button type="button" onClick={() => onOpen(key)}>
                {nameOf(key)}
              </button>{' '}
              {hops > 1 && <span>{t('backends.pane.hops', { hops })}</span>}
            </li>
          ))}
          {entries.length > SHOWN && (
            <li>
              <span>{t('backends.pane.more', { count: entries.length - SHOWN })}</span>
            </li>
          )}
        </ul>
      </details>
    ),
  );
}
