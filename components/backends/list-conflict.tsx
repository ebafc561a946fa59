'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import review from '@/components/traffic/review.module.css';
import { hidden } from '@/components/ui/hidden';
import type { Problem } from '@/lib/api/problem';
import { useSpeech } from '@/lib/i18n/react';

/** A list that somebody else changed: base, theirs and mine, entry by entry, and the two ways on. */
export function ListConflictView({
  conflict,
  arrived,
  onKeepMine,
  onStartOver,
}: {
  conflict: NonNullable<Problem['listConflict']>;
  /** Whether the stream already shows what stands there now, so that mine can be put on top of it. */
  arrived: boolean;
  onKeepMine: () => void;
  onStartOver: () => void;
}) {
  const { t } = useSpeech();
  const { base, theirs, mine, changedBy } = conflict;
  const sides = [
    { id: 'base', list: base },
    { id: 'theirs', list: theirs },
    { id: 'mine', list: mine },
  ] as const;
  return (
    <Alert
      type="warning"
      header={t('backends.conflict')}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!arrived} disabledReason={t('backends.conflict.waiting')} onClick={onKeepMine}>
            {t('traffic.conflict.keepMine')}
          </Button>
          <Button onClick={onStartOver}>{t('traffic.conflict.startOver')}</Button>
        </SpaceBetween>
      }
    >
      <p className={review.note}>
        {changedBy === undefined
          ? t('traffic.conflict.unknownBy')
          : t('traffic.conflict.by', { by: changedBy })}
      </p>
      <table className={review.table}>
        <caption className={hidden}>{t('traffic.conflict.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('backends.conflict.entry')}</th>
            {sides.map(({ id }) => (
              <th key={id} scope="col">
                {t(`traffic.conflict.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...new Set(sides.flatMap(({ list }) => list))].map((entry) => (
            <tr key={entry}>
              <th scope="row">{entry}</th>
              {sides.map(({ id, list }) => (
                <td key={id}>{t(list.includes(entry) ? 'backends.conflict.in' : 'backends.conflict.out')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Alert>
  );
}
