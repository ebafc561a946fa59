'use client';
import type { Mark } from '@/lib/client/changes-marks';
import { useChangedAt } from '@/lib/client/use-changes';
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import styles from './changed-sign.module.css';

const SIGNS = { added: '+', removed: '−', changed: '≠' } as const;

/** Says of a card or row that it changed a short time ago, or what a comparison says of it. */
export function ChangedSign({ mark: { at, level, compared } }: { mark: Mark }) {
  const { t } = useSpeech();
  const changed = at === undefined ? undefined : t('activity.mark.at', { at: new Date(at) });
  const text = compared ? t(`activity.mark.${compared}`) : changed;
  if (text === undefined) return null;
  return (
    <span
      className={styles.sign}
      data-level={level}
      data-compared={compared}
      role="img"
      aria-label={text}
      title={text}
    >
      {compared ? SIGNS[compared] : 'Δ'}
    </span>
  );
}

/** The sign of a row in a list. */
export function RowSign({ of }: { of: EntityKey }) {
  const mark = useChangedAt(of);
  return mark ? <ChangedSign mark={mark} /> : null;
}
