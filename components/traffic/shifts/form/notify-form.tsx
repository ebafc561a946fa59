'use client';
import type { ShiftsAnswer } from '@/lib/api/shifts';
import { useSpeech } from '@/lib/i18n/react';
import { NOTICE_EVENTS } from '@/lib/shifts';
import type { Notification } from '@/lib/shifts';
import styles from '../shifts.module.css';
import { Part, Tick } from './fields';
import own from './form.module.css';

type Channel = ShiftsAnswer['channels'][number];

/** Who is told. Channels are the operator's; those a shift names that are not known here are shown and kept. */
export function NotifyForm({
  namespace,
  notifications,
  channels,
  onChange,
}: {
  namespace: string;
  notifications: readonly Notification[];
  channels: readonly Channel[];
  onChange: (notifications: Notification[]) => void;
}) {
  const { t } = useSpeech();
  const open = channels.filter(({ namespaces }) => namespaces?.includes(namespace) ?? true);
  const unknown = notifications
    .map(({ channel }) => channel)
    .filter((name) => open.every((channel) => channel.name !== name));
  const rows = [
    ...open.map(({ name, kind }) => ({ name, label: t(`shifts.form.channel.${kind}`, { name }) })),
    ...unknown.map((name) => ({ name, label: t('shifts.form.channel.unknown', { name }) })),
  ];
  const put = (name: string, next: Notification | undefined) =>
    onChange([...notifications.filter(({ channel }) => channel !== name), ...(next ? [next] : [])]);
  return (
    <Part title={t('shifts.form.notify', { count: notifications.length })} open={notifications.length > 0}>
      {rows.length === 0 && <p className={styles.muted}>{t('shifts.form.notify.none')}</p>}
      <ul className={own.list}>
        {rows.map(({ name, label }) => {
          const chosen = notifications.find(({ channel }) => channel === name);
          return (
            <li key={name}>
              <Tick
                label={label}
                checked={chosen !== undefined}
                onChange={(on) => put(name, on ? { channel: name } : undefined)}
              />
              {chosen && <Events chosen={chosen} onChange={(next) => put(name, next)} />}
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

function Events({ chosen, onChange }: { chosen: Notification; onChange: (next: Notification) => void }) {
  const { t } = useSpeech();
  const { channel, events = NOTICE_EVENTS } = chosen;
  return (
    <fieldset className={own.days}>
      <legend className={styles.muted}>{t('shifts.form.notify.events', { channel })}</legend>
      {NOTICE_EVENTS.map((event) => (
        <Tick
          key={event}
          label={t(`shifts.notice.${event}`)}
          checked={events.includes(event)}
          onChange={(on) => {
            const next = NOTICE_EVENTS.filter((each) => (each === event ? on : events.includes(each)));
            // None at all is not a notification; all of them need no list.
            if (next.length > 0)
              onChange(next.length === NOTICE_EVENTS.length ? { channel } : { channel, events: next });
          }}
        />
      ))}
    </fieldset>
  );
}
