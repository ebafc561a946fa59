'use client';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { EmptyPage } from '@/components/shell/empty-page';
import { reasonText } from '@/components/ui/problem-text';
import type { ListedSource, RoutesAnswer } from '@/lib/api/routes';
import { useSpeech } from '@/lib/i18n/react';
import styles from './screen.module.css';

/** Why there is no route to show, and what to do about it. */
export function NoRoutes({ answer, onClear }: { answer: RoutesAnswer; onClear: () => void }) {
  const { t } = useSpeech();
  const { total, sources, unmeasured } = answer;
  if (total > 0)
    return (
      <EmptyPage
        title={t('routes.empty.filtered')}
        text={
          unmeasured === undefined
            ? t('routes.empty.filteredText', { count: total, text: answer.query ?? '' })
            : t('routes.empty.unmeasured', { fields: unmeasured.join(', ') })
        }
        action={<Button onClick={onClear}>{t('topology.searchClear')}</Button>}
      />
    );
  const unread = sources.filter(({ ready }) => !ready);
  const waiting = unread.length > 0 && unread.every(({ problem }) => problem === undefined);
  if (waiting)
    return (
      <EmptyPage busy title={t('routes.empty.reading')} text={unread.map(({ name }) => name).join(', ')} />
    );
  if (unread.length > 0)
    return (
      <EmptyPage
        title={t('routes.empty.unread')}
        text={t('routes.empty.unreadText')}
        action={<Troubles sources={unread} />}
      />
    );
  const none = sources.every(({ meshes }) => meshes === 0);
  return none ? (
    <EmptyPage title={t('routes.empty.noMesh')} text={t('routes.empty.noMeshText')} />
  ) : (
    <EmptyPage title={t('routes.empty.noRoutes')} text={t('routes.empty.noRoutesText')} />
  );
}

/** What is wrong with sources, each in its own words. Nothing where all is well. */
export function Troubles({ sources }: { sources: readonly ListedSource[] }) {
  const { t } = useSpeech();
  const troubled = sources.filter(({ phase }) => phase !== 'live');
  if (troubled.length === 0) return null;
  return (
    <ul className={styles.troubles} aria-label={t('routes.troubles')}>
      {troubled.map(({ id, name, phase, ready, problem }) => (
        <li key={id}>
          <StatusIndicator type={phase === 'failed' ? 'error' : 'warning'}>
            {t(ready ? 'routes.trouble.stale' : 'routes.trouble.unread', { name })}
          </StatusIndicator>
          {problem && <span className={styles.muted}>{reasonText(problem, t)}</span>}
        </li>
      ))}
    </ul>
  );
}
