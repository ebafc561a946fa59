'use client';
import { useSpeech } from '@/lib/i18n/react';
import type { Window } from '@/lib/shifts';
import styles from './shifts.module.css';

/** When weights may go up, a line for each window. */
export function Windows({ windows }: { windows: readonly Window[] }) {
  const { t, locale } = useSpeech();
  const days = ({ days: each = [] }: Window): string =>
    each.length === 0 || each.length === 7
      ? t('shifts.window.daily')
      : new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' }).format(
          each.map((day) => t(`shifts.form.day.${day}`)),
        );
  const moment = (at: string | undefined) =>
    at === undefined ? '–' : t('shifts.date', { at: new Date(at) });
  return (
    <ul className={styles.routes}>
      {windows.map((window, i) => {
        const { kind, from = '00:00', to = '24:00', timeZone = 'UTC', start, end } = window;
        const once = start !== undefined || end !== undefined;
        return (
          <li key={i}>
            {t(`shifts.window.${kind}`, {
              times: once
                ? t('shifts.form.windows.once', { start: moment(start), end: moment(end) })
                : t('shifts.window.weekly', { days: days(window), from, to, zone: timeZone }),
            })}
          </li>
        );
      })}
    </ul>
  );
}
