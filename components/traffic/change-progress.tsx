'use client';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useEffect } from 'react';
import type { MeshStream } from '@/lib/client/use-mesh-stream';
import { useSpeech } from '@/lib/i18n/react';
import type { Route, Router } from '@/lib/mesh/model';
import { writtenObject } from '@/lib/mesh/weights';
import type { Outcome } from './draft-store';
import { ObservedShares } from './observed-shares';
import { progressOf } from './progress';
import type { Progress } from './progress';
import styles from './change-progress.module.css';

const LOOK: Record<Progress['stage'], StatusIndicatorProps.Type> = {
  waiting: 'in-progress',
  accepted: 'success',
  rejected: 'error',
  frozen: 'warning',
  gone: 'error',
  unseen: 'pending',
};

export interface ChangeProgressProps {
  outcome: Outcome;
  router: Router;
  route: Route;
  stream: MeshStream;
  onSettle: (outcome: Outcome | undefined) => void;
}

/** How far a written change has come: applied, accepted, observed, each with its time or the reason why not. */
export function ChangeProgress({ outcome, router, route, stream, onSettle }: ChangeProgressProps) {
  const { t } = useSpeech();
  const { answer, at, acceptedAt } = outcome;
  const { generation } = answer.router;
  const written = { ...router, ref: { ...router.ref, ...writtenObject(router, route) } };
  const progress = progressOf(answer, written, stream.picture, stream.connection);
  const newly = progress.stage === 'accepted' && acceptedAt === undefined;
  useEffect(() => {
    if (newly) onSettle({ ...outcome, acceptedAt: Date.now() });
  });
  const time = (ms: number) => t('traffic.progress.at', { at: new Date(ms) });
  return (
    <section className={styles.progress} role="status" aria-label={t('traffic.progress')}>
      <div className={styles.head}>
        <h4>{t('traffic.progress.last')}</h4>
        <Button
          variant="inline-icon"
          iconName="close"
          ariaLabel={t('traffic.progress.close')}
          onClick={() => onSettle(undefined)}
        />
      </div>
      <ol className={styles.stages}>
        <li>
          <StatusIndicator type="success">{t('traffic.progress.applied', { generation })}</StatusIndicator>
          <time dateTime={new Date(at).toISOString()}>{time(at)}</time>
        </li>
        <li>
          <StatusIndicator type={LOOK[progress.stage]}>
            {t(`traffic.progress.${progress.stage}`, {
              generation,
              message: progress.stage === 'rejected' ? progress.message : '',
            })}
          </StatusIndicator>
          {acceptedAt !== undefined && progress.stage === 'accepted' && (
            <time dateTime={new Date(acceptedAt).toISOString()}>{time(acceptedAt)}</time>
          )}
        </li>
        <li>
          <ObservedShares router={router} route={route} sinceMs={at} />
        </li>
      </ol>
    </section>
  );
}
