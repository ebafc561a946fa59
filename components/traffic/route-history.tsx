'use client';
import Button from '@cloudscape-design/components/button';
import { useSpeech } from '@/lib/i18n/react';
import type { HistoryEntry, Route, Router } from '@/lib/mesh/model';
import { historyOf, undoable } from './undo';
import { weightsText } from './weights-text';
import styles from './route-history.module.css';

export interface RouteHistoryProps {
  router: Router;
  route: Route;
  /** Whether anything may be written at all, or why not, in words. */
  reason: string | undefined;
  onUndo: () => void;
}

/** The recorded changes of a route, newest first; the newest can be taken back while its weights stand. */
export function RouteHistory({ router, route, reason, onUndo }: RouteHistoryProps) {
  const { t } = useSpeech();
  const entries = historyOf(router, route.name);
  const [newest] = entries;
  if (!newest) return null;
  const allowed = undoable(router, route, newest);
  const hindrance = reason ?? (allowed === true ? undefined : t(`traffic.undo.${allowed}`));
  return (
    <section className={styles.history} aria-label={t('inspector.history')}>
      <div className={styles.head}>
        <h4>{t('inspector.history')}</h4>
        <Button
          iconName="undo"
          disabled={hindrance !== undefined}
          disabledReason={hindrance ?? ''}
          onClick={onUndo}
        >
          {t(newest.undoOf === undefined ? 'traffic.undo' : 'traffic.redo')}
        </Button>
      </div>
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry: { at, by, reason, before, after, undoOf } }: { entry: HistoryEntry }) {
  const { t } = useSpeech();
  return (
    <li>
      <span className={styles.change}>
        {weightsText(before)} → {weightsText(after)}
      </span>
      <span className={styles.meta}>
        {undoOf !== undefined && <strong>{t('traffic.undo')} · </strong>}
        <time dateTime={at}>{t('inspector.time', { at: new Date(at) })}</time> · {by}
      </span>
      {reason !== undefined && <q className={styles.reason}>{reason}</q>}
    </li>
  );
}
