'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import { ChangeRow } from './change-row';
import { KindFilter } from './kind-filter';
import { useTimeScope } from './time-context';
import { visibleChanges } from './visible-changes';
import styles from './activity-pane.module.css';

/** What changed since the page was opened, newest first. While paused it ends where the picture does. */
export function ChangeFeed({ onChoose }: { onChoose: (key: EntityKey) => void }) {
  const { t } = useSpeech();
  const { feed, paused, kinds } = useTimeScope();
  const { changes, hidden, dropped } = visibleChanges(feed, kinds, paused?.upTo);
  return (
    <>
      <div className={styles.bar}>
        <KindFilter />
        <p className={styles.note}>
          {hidden > 0 && <span>{t('activity.filtered', { count: hidden })}</span>}
          {feed.opened && <span>{t('activity.since', { at: new Date(feed.opened.at) })}</span>}
        </p>
      </div>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('activity.pane.changes')}>
        {changes.length === 0 && (
          <p className={styles.empty}>{t(hidden > 0 ? 'activity.noneShown' : 'activity.none')}</p>
        )}
        <ol className={styles.rows}>
          {changes.map((change) => (
            <ChangeRow key={change.id} change={change} kinds={kinds} onChoose={onChoose} />
          ))}
        </ol>
        {dropped > 0 && <p className={styles.empty}>{t('activity.dropped', { count: dropped })}</p>}
      </div>
    </>
  );
}
