'use client';
import type { ShownShift } from '@/lib/api/shifts';
import { useSpeech } from '@/lib/i18n/react';
import styles from './shifts.module.css';

/** What channels are still to be told, and what they could not be told. Nothing where all were. */
export function NotificationsTold({ shift }: { shift: ShownShift }) {
  const { t } = useSpeech();
  const { pending = [], failures = [] } = shift.status?.notifications ?? {};
  const channels = [...new Set(pending.flatMap((notice) => notice.channels))];
  return (
    <>
      {channels.length > 0 && (
        <p className={styles.muted}>
          {t('shifts.told.pending', { count: pending.length, channels: channels.join(', ') })}
        </p>
      )}
      {failures.map(({ number, channel, event, message }) => (
        <p key={`${channel} ${number}`} role="note">
          {t('shifts.told.failed', { channel, event: t(`shifts.notice.${event}`), message })}
        </p>
      ))}
    </>
  );
}
