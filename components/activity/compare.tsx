'use client';
import Button from '@cloudscape-design/components/button';
import { control } from '@/components/ui/control';
import type { Translate } from '@/lib/i18n/translate';
import { useSpeech } from '@/lib/i18n/react';
import type { ObjectChange } from '@/lib/mesh/changes/objects';
import type { EntityKey } from '@/lib/mesh/keys';
import { ChangeRow } from './change-row';
import { comparisonFile, countObjects } from './comparison';
import type { Comparison } from './comparison';
import { KindFilter } from './kind-filter';
import { useTimeScope } from './time-context';
import type { PointId, Time } from './use-time';
import { ofKinds } from './visible-changes';
import styles from './activity-pane.module.css';

/** Hands a text to the browser as a file. */
function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function nameOfPoint(id: PointId, { feed, moments, paused }: Time, t: Translate): string {
  if (id === 'now') return t(paused ? 'activity.compare.nowPaused' : 'activity.compare.now');
  if (id === 'opened') return t('activity.compare.opened', { at: new Date(feed.opened?.at ?? 0) });
  const moment = moments.find((each) => each.id === id);
  return t('activity.compare.moment', { number: id, at: new Date(moment?.at ?? 0) });
}

/** Two moments of the session beside each other. The cards are marked by it for as long as it is open. */
export function Compare({ source, onChoose }: { source: string; onChoose: (key: EntityKey) => void }) {
  const { t } = useSpeech();
  const time = useTimeScope();
  const { moments, mark, points, choosePoints, comparison, kinds } = time;
  const objects = comparison ? ofKinds(comparison.objects, kinds) : [];
  const hidden = (comparison?.objects.length ?? 0) - objects.length;
  const ids: readonly PointId[] = ['opened', ...moments.map(({ id }) => id), 'now'];
  const choice = (which: 0 | 1) => (
    <label>
      {t(which === 0 ? 'activity.compare.from' : 'activity.compare.to')}
      <select
        className={control}
        value={String(points[which])}
        onChange={({ currentTarget }) => {
          const chosen = ids.find((id) => String(id) === currentTarget.value) ?? 'now';
          choosePoints(which === 0 ? chosen : points[0], which === 1 ? chosen : points[1]);
        }}
      >
        {ids.map((id) => (
          <option key={id} value={String(id)}>
            {nameOfPoint(id, time, t)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div className={styles.bar}>
        <span title={`${t('activity.action.mark')} (m)`}>
          <Button disabled={!mark} onClick={() => mark?.()}>
            {t('activity.action.mark')}
          </Button>
        </span>
        <div className={styles.points}>
          {choice(0)}
          {choice(1)}
        </div>
        <span className={styles.last}>
          <Button
            iconName="download"
            disabled={!comparison}
            onClick={() => {
              if (comparison) download('meshdeck-diff.json', comparisonFile(comparison, source, Date.now()));
            }}
          >
            {t('activity.compare.download')}
          </Button>
        </span>
      </div>
      <div className={styles.bar}>
        <KindFilter />
        <p className={styles.note}>
          {hidden > 0 && <span>{t('activity.filtered', { count: hidden })}</span>}
        </p>
        {comparison && <Summary objects={objects} edges={comparison.diff.edges} />}
      </div>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('activity.pane.compare')}>
        {comparison && objects.length === 0 && (
          <p className={styles.empty}>{t(hidden > 0 ? 'activity.noneShown' : 'activity.compare.same')}</p>
        )}
        <ol className={styles.rows}>
          {objects.map((change) => (
            <ChangeRow key={change.key} change={change} kinds={kinds} onChoose={onChoose} />
          ))}
        </ol>
      </div>
    </>
  );
}

function Summary({
  objects,
  edges,
}: {
  objects: readonly ObjectChange[];
  edges: Comparison['diff']['edges'];
}) {
  const { t } = useSpeech();
  const counts = countObjects(objects);
  const { added, removed, changed } = edges;
  return (
    <p className={styles.summary}>
      {(['added', 'removed', 'changed'] as const).map((what) => (
        <span key={what} data-what={what}>
          {t(`activity.compare.${what}`, { count: counts[what] })}
        </span>
      ))}
      <span>
        {t('activity.compare.edges', {
          ...{ added: added.length, removed: removed.length, changed: changed.length },
        })}
      </span>
    </p>
  );
}
