'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { reasonText } from '@/components/ui/problem-text';
import type { BulkAnswer, BulkWrite } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { weightsText } from '../weights-text';
import type { BulkPlan, PlannedRoute } from './bulk-plan';
import { undoOf } from './bulk-undo';
import review from '../review.module.css';
import styles from './screen.module.css';

const LOOK: Record<BulkWrite['state'], StatusIndicatorProps.Type> = {
  rehearsed: 'success',
  applied: 'success',
  refused: 'error',
  unknown: 'warning',
  notSent: 'stopped',
};

/** The routes of one router of a cluster, or one route of an App Mesh API: they stand in the order in which they are written. */
function writesOf({ changes }: BulkPlan): PlannedRoute[][] {
  const writes = new Map<string, PlannedRoute[]>();
  for (const each of changes) {
    const { source, mesh, namespace, name, route } = each.row;
    const place = JSON.stringify([source, namespace, name, ...(namespace === '' ? [mesh, route.name] : [])]);
    writes.set(place, [...(writes.get(place) ?? []), each]);
  }
  return [...writes.values()];
}

/** Which routes change together, what becomes of each, and which of the picked are left out. */
export function BulkWrites({
  plan,
  answer,
  undos,
}: {
  plan: BulkPlan;
  answer: BulkAnswer | undefined;
  undos: readonly BulkAnswer[];
}) {
  const { t } = useSpeech();
  const writes = writesOf(plan);
  return (
    <>
      {writes.length > 1 && <p className={review.note}>{t('routes.bulk.order', { count: writes.length })}</p>}
      <ol className={styles.writes}>
        {writes.map((write, i) => {
          const [first] = write;
          if (!first) return null;
          const { namespace, name } = first.row;
          const said = answer?.writes.find(
            (each) =>
              each.source === first.row.source &&
              each.router === name &&
              each.routes.includes(first.row.route.name) &&
              (each.namespace === namespace || namespace === ''),
          );
          return (
            <li key={i}>
              <strong>{namespace === '' ? name : `${namespace}/${name}`}</strong>{' '}
              <span className={styles.muted}>
                {t(write.length > 1 ? 'routes.bulk.together' : 'routes.bulk.alone', { count: write.length })}
              </span>{' '}
              {said && <State write={said} undo={undoOf(said, undos)} />}
              <ul>
                {write.map(({ row, after }) => (
                  <li key={row.route.name}>
                    {row.route.name}{' '}
                    <span className={styles.muted}>
                      {row.targets.map((target) => target.name).join(' / ')}
                    </span>{' '}
                    {weightsText(row.targets)} → <strong>{weightsText(after)}</strong>
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
      {plan.skipped.length > 0 && (
        <div className={review.part}>
          <h3>{t('routes.bulk.skipped')}</h3>
          <ul className={styles.skipped}>
            {plan.skipped.map(({ row, skip }) => (
              <li key={`${row.router} ${row.route.name}`}>
                {row.name} / {row.route.name}: {t(`routes.bulk.skip.${skip}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** What became of a write, and of taking it back. */
function State({ write, undo }: { write: BulkWrite; undo: BulkWrite | undefined }) {
  const { t } = useSpeech();
  const told = undo?.state === 'applied' ? undo : write;
  const stays = undo?.state === 'refused' || undo?.state === 'unknown' ? undo : undefined;
  return (
    <>
      {told === write ? (
        <StatusIndicator type={LOOK[write.state]}>{t(`routes.bulk.state.${write.state}`)}</StatusIndicator>
      ) : (
        <StatusIndicator type="success">{t('routes.bulk.state.undone')}</StatusIndicator>
      )}
      {stays && (
        <>
          {' '}
          <StatusIndicator type={LOOK[stays.state]}>
            {t(stays.state === 'unknown' ? 'routes.bulk.state.undoUnknown' : 'routes.bulk.state.undoRefused')}
          </StatusIndicator>
        </>
      )}
      <Why write={stays ?? told} />
    </>
  );
}

function Why({ write: { problem, problemRoute } }: { write: BulkWrite }) {
  const { t } = useSpeech();
  if (!problem) return null;
  return (
    <p className={styles.reason}>
      {problemRoute === undefined ? '' : `${problemRoute}: `}
      {reasonText(problem, t)}
    </p>
  );
}
