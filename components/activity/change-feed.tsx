'use client';
import { useState } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { ChangeKind } from '@/lib/mesh/changes/words';
import type { EntityKey } from '@/lib/mesh/keys';
import { ChangeRow } from './change-row';
import { useTimeScope } from './time-context';
import { visibleChanges } from './visible-changes';
import styles from './activity-pane.module.css';

const KINDS: readonly ChangeKind[] = ['spec', 'finding', 'status', 'workload'];
/** What somebody did, and what came of it; a rollout's pods would fill the feed. */
const USUAL: ReadonlySet<ChangeKind> = new Set(['spec', 'finding']);

/** What changed since the page was opened, newest first. While paused it ends where the picture does. */
export function ChangeFeed({ onChoose }: { onChoose: (key: EntityKey) => void }) {
  const { t } = useSpeech();
  const { feed, paused } = useTimeScope();
  const [kinds, setKinds] = useState(USUAL);
  const { changes, hidden, dropped } = visibleChanges(feed, kinds, paused?.upTo);
  const toggle = (kind: ChangeKind) =>
    setKinds((before) => {
      const next = new Set(before);
      if (!next.delete(kind)) next.add(kind);
      return next;
    });
  return (
    <>
      <div className={styles.bar}>
        <fieldset className={styles.kinds}>
          <legend>{t('activity.kinds')}</legend>
          {KINDS.map((kind) => (
            <label key={kind}>
              <input type="checkbox" checked={kinds.has(kind)} onChange={() => toggle(kind)} />
              {t(`activity.kind.${kind}`)}
            </label>
          ))}
        </fieldset>
        <p className={styles.note}>
          {hidden > 0 && <span>{t('activity.filtered', { count: hidden })}</span>}
          {feed.opened && <span>{t('activity.since', { at: new Date(feed.opened.at) })}</span>}
        </p>
      </div>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('activity.pane.changes')}>
        {changes.length === 0 && <p className={styles.empty}>{t('activity.none')}</p>}
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
