'use client';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { newShiftPath, shiftPath } from '@/components/shell/addresses';
import { EmptyPage } from '@/components/shell/empty-page';
import { failureText } from '@/components/ui/failure-text';
import { CopyBlock } from '@/components/traffic/copy-block';
import type { ListedShift, ShiftsAnswer } from '@/lib/api/shifts';
import { shiftsOptions } from '@/lib/client/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { PhaseBadge } from './phase-badge';
import styles from './shifts.module.css';

/** The TrafficShifts of a source: under way and past. */
export function ShiftList({ source }: { source: string }) {
  const { t } = useSpeech();
  const router = useRouter();
  const { data, error } = useQuery(shiftsOptions(source));
  if (data === undefined)
    return error ? (
      <EmptyPage {...failureText(error, t)} />
    ) : (
      <EmptyPage busy title={t('shifts.loading')} text="" />
    );
  const { shifts, unread, state } = data;
  const start = (
    <Button
      variant="primary"
      href={newShiftPath(source)}
      onFollow={(event) => {
        event.preventDefault();
        router.push(newShiftPath(source));
      }}
    >
      {t('shifts.new')}
    </Button>
  );
  if (shifts.length === 0 && unread.length === 0) return <None answer={data} start={start} />;
  return (
    <div className={styles.page} role="region" aria-label={t('shifts.title')}>
      <header className={styles.head}>
        <h1>{t('shifts.title')}</h1>
        <span className={styles.muted}>{source}</span>
        <span className={styles.end}>{start}</span>
      </header>
      {state !== 'live' && <p role="status">{t(`shifts.state.${state}.text`, told(data))}</p>}
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('shifts.list')}>
        <table className={styles.table}>
          <thead>
            <tr>
              {(['name', 'phase', 'routes', 'steps', 'weights', 'started', 'by'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`shifts.list.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shifts.map((shift) => (
              <Row key={shift.uid} source={source} shift={shift} />
            ))}
          </tbody>
        </table>
      </div>
      {unread.map(({ namespace, name, message }) => (
        <p key={`${namespace}/${name}`} role="alert">
          {t('shifts.unread', { name: `${namespace}/${name}`, message })}
        </p>
      ))}
    </div>
  );
}

const told = ({ detail = '', install = '' }: ShiftsAnswer) => ({ detail, install });

function Row({ source, shift }: { source: string; shift: ListedShift }) {
  const { t } = useSpeech();
  const { namespace, name, phase, reason, routes, steps, step, weights, createdAt, startedAt, by } = shift;
  return (
    <tr>
      <th scope="row">
        <Link href={shiftPath(source, namespace, name)}>{name}</Link>
        <div className={styles.muted}>{namespace}</div>
      </th>
      <td>
        <PhaseBadge phase={phase} />
        {reason && <div className={styles.muted}>{t(`shifts.reason.${reason}`)}</div>}
      </td>
      <td>
        {routes.map(({ router, route, from, to }) => (
          <div key={`${router} ${route}`}>
            {router} / {route}{' '}
            <span className={styles.muted}>
              {from} → {to}
            </span>
          </div>
        ))}
      </td>
      <td>
        {steps.map((percent, i) => (
          <span key={i} className={styles.stepMark} data-current={i === step || undefined}>
            {percent}
          </span>
        ))}
      </td>
      <td>{weights === '' ? '–' : weights}</td>
      <td>{t('shifts.date', { at: new Date(startedAt ?? createdAt) })}</td>
      <td>{by ?? '–'}</td>
    </tr>
  );
}

/** Nothing to list, for one of several reasons. */
function None({ answer, start }: { answer: ShiftsAnswer; start: ReactNode }) {
  const { t } = useSpeech();
  const { state, install } = answer;
  if (state === 'absent')
    return (
      <EmptyPage
        title={t('shifts.state.absent')}
        text={t('shifts.state.absent.text', told(answer))}
        action={install === undefined ? undefined : <CopyBlock text={install} />}
      />
    );
  return (
    <EmptyPage
      busy={state === 'reading'}
      title={t(`shifts.state.${state}`)}
      text={t(`shifts.state.${state}.text`, told(answer))}
      {...(state === 'live' ? { action: start } : {})}
    />
  );
}
