'use client';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { reasonText } from '@/components/ui/problem-text';
import type { BulkAnswer, BulkWrite } from '@/lib/api/weights';
import { useSpeech } from '@/lib/i18n/react';
import { weightsText } from '../weights-text';
import type { BulkPlan, PlannedRoute } from './bulk-plan';
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
export function BulkWrites({ plan, answer }: { plan: BulkPlan; answer: BulkAnswer | undefined }) {
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
              </span>
              {said && (
                <StatusIndicator type={LOOK[said.state]}>
                  {t(`routes.bulk.state.${said.state}`)}
                </StatusIndicator>
              )}
              {said?.problem && (
                <p className={styles.reason}>
                  {said.problemRoute === undefined ? '' : `${said.problemRoute}: `}
                  {reasonText(said.problem, t)}
                </p>
              )}
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
