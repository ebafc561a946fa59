'use client';
import Alert from '@cloudscape-design/components/alert';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { shiftsPath, topologyPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { failureText } from '@/components/ui/failure-text';
import type { ShiftAnswer } from '@/lib/api/shifts';
import { shiftOptions } from '@/lib/client/shifts';
import { useNow } from '@/lib/client/use-now';
import { useSpeech } from '@/lib/i18n/react';
import { routerKey } from '@/lib/mesh/keys';
import { isFinal } from '@/lib/shifts';
import { NotificationsTold } from './notifications-told';
import { PhaseBadge } from './phase-badge';
import { RouteAttempts } from './route-attempts';
import { saidText } from './said-text';
import { ShiftControls } from './shift-controls';
import { ShiftHistory } from './shift-history';
import { ShiftSequel } from './shift-sequel';
import { StepTimeline } from './step-timeline';
import { Verdicts } from './verdicts';
import { Windows } from './windows';
import { WeightChart } from './weight-chart';
import styles from './shifts.module.css';

/** So long a new shift may stand there before one asks whether an engine runs at all. */
const UNSEEN_MS = 15_000;

/** One TrafficShift, followed while it goes on. */
export function ShiftRun({ source, namespace, name }: { source: string; namespace: string; name: string }) {
  const { t } = useSpeech();
  const query = useQuery(shiftOptions(source, namespace, name));
  const { data, error } = query;
  if (data === undefined)
    return error ? (
      <EmptyPage
        {...failureText(error, t)}
        action={<Link href={shiftsPath(source)}>{t('shifts.title')}</Link>}
      />
    ) : (
      <EmptyPage busy title={t('shifts.loading')} text="" />
    );
  return (
    <div className={styles.page} role="region" aria-label={t('shifts.run', { name })}>
      {error && <Alert type="warning">{failureText(error, t).text}</Alert>}
      <Run source={source} answer={data} readAt={query.dataUpdatedAt} />
    </div>
  );
}

function Run({ source, answer, readAt }: { source: string; answer: ShiftAnswer; readAt: number }) {
  const { t } = useSpeech();
  const { shift, mesh, live, now } = answer;
  const { spec, status, namespace, name } = shift;
  // The console's clock goes on between two answers; the browser's may be wrong.
  const nowMs = Date.parse(now) + Math.max(0, useNow(1_000) - readAt);
  const unseen = status === undefined && nowMs - Date.parse(shift.createdAt) > UNSEEN_MS;
  const endMs = status?.finishedAt === undefined ? nowMs : Date.parse(status.finishedAt);
  return (
    <>
      <p>
        <Link href={shiftsPath(source)}>{t('shifts.title')}</Link>
      </p>
      <header className={styles.head}>
        <h1>
          {namespace} / {name}
        </h1>
        <PhaseBadge phase={status?.phase} />
        {status && <span className={styles.weights}>{status.weights}</span>}
      </header>
      <ul className={styles.routes}>
        {spec.routes.map(({ router, route, from, to }) => (
          <li key={`${router} ${route}`}>
            {mesh === undefined ? (
              `${router} / ${route}`
            ) : (
              <Link
                href={`${topologyPath(source, mesh.name)}?${new URLSearchParams({ selected: routerKey(namespace, router), route }).toString()}`}
              >{`${router} / ${route}`}</Link>
            )}{' '}
            <code>{from}</code> → <code>{to}</code>{' '}
            <span className={styles.muted}>
              {t('shifts.now', {
                weights:
                  live
                    .find((each) => each.router === router && each.route === route)
                    ?.targets.map(({ weight }) => weight)
                    .join('/') ?? '–',
              })}
            </span>
          </li>
        ))}
      </ul>
      <Words answer={answer} />
      {mesh?.controlPlane === 'frozen' && (status === undefined || !isFinal(status)) && (
        <Alert type="warning" header={t('shifts.frozen.title')}>
          {t('shifts.frozen.text')}
        </Alert>
      )}
      {unseen && (
        <Alert type="warning" header={t('shifts.unseen.title')}>
          {t('shifts.unseen.text')}
        </Alert>
      )}
      {status !== undefined && isFinal(status) ? (
        <ShiftSequel source={source} shift={shift} />
      ) : (
        <ShiftControls source={source} answer={answer} />
      )}
      <h2>{t('shifts.timeline')}</h2>
      <StepTimeline spec={spec} status={status} nowMs={nowMs} />
      <h2>{t('shifts.chart')}</h2>
      <WeightChart changes={status?.changes ?? []} toMs={endMs} />
      <h2>{t('shifts.verdicts')}</h2>
      <Verdicts spec={spec} measurements={status?.measurements ?? []} />
      <ShiftHistory source={source} shift={shift} />
      <NotificationsTold shift={shift} />
      <RouteAttempts source={source} shift={shift} />
    </>
  );
}

/** Where it is and why, in words, and what the engine says of it. */
function Words({ answer: { shift } }: { answer: ShiftAnswer }) {
  const { t } = useSpeech();
  const { status } = shift;
  const said = status && saidText(status, t);
  const reason = status?.pause?.reason ?? status?.reason ?? status?.rollback?.trigger;
  return (
    <div className={styles.words} role="status">
      <p>{t(`shifts.phase.${status?.phase ?? 'Unseen'}.text`)}</p>
      {reason && <p>{t(`shifts.reason.${reason}`)}</p>}
      {reason === 'Window' ? (
        <Windows windows={shift.spec.windows ?? []} />
      ) : (
        said !== undefined && <p>{said}</p>
      )}
      {status?.rollback?.waitsFor !== undefined && <p>{t(`shifts.waitsFor.${status.rollback.waitsFor}`)}</p>}
      {shift.deleting && <p>{t('shifts.deleting')}</p>}
      {shift.spec.reason !== undefined && (
        <p className={styles.muted}>
          {t('shifts.asked', { by: shift.spec.by ?? '–', reason: shift.spec.reason })}
        </p>
      )}
    </div>
  );
}
