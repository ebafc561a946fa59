'use client';
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Problem } from '@/lib/api/problem';
import { useSpeech } from '@/lib/i18n/react';
import { hidden } from '@/components/ui/hidden';
import styles from './review.module.css';

export interface ConflictViewProps {
  conflict: NonNullable<Problem['conflict']>;
  /** Whether the stream already shows what stands there now, so that a draft can be put on top of it. */
  arrived: boolean;
  /** Left out where there is no draft to keep: an undo. */
  onKeepMine?: (() => void) | undefined;
  onStartOver: () => void;
}

/** Base, theirs and mine, target by target; and the two ways on. */
export function ConflictView({ conflict, arrived, onKeepMine, onStartOver }: ConflictViewProps) {
  const { t } = useSpeech();
  const { base, theirs, mine, changedBy } = conflict;
  const nodes = [...new Set([...base, ...theirs, ...mine].map(({ node }) => node))];
  const sides = [base, theirs, mine];
  const at = (side: typeof base, node: string) => side.find((target) => target.node === node)?.weight;
  return (
    <Alert
      type="warning"
      header={t('traffic.conflict')}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          {onKeepMine && (
            <Button disabled={!arrived} disabledReason={t('traffic.conflict.waiting')} onClick={onKeepMine}>
              {t('traffic.conflict.keepMine')}
            </Button>
          )}
          <Button onClick={onStartOver}>{t('traffic.conflict.startOver')}</Button>
        </SpaceBetween>
      }
    >
      <p className={styles.note}>
        {changedBy === undefined
          ? t('traffic.conflict.unknownBy')
          : t('traffic.conflict.by', { by: changedBy })}
      </p>
      <table className={styles.table}>
        <caption className={hidden}>{t('traffic.conflict.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('traffic.editor.target')}</th>
            <th scope="col">{t('traffic.conflict.base')}</th>
            <th scope="col">{t('traffic.conflict.theirs')}</th>
            <th scope="col">{t('traffic.conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node}>
              <th scope="row">{node}</th>
              {sides.map((side, i) => (
                <td key={i}>{at(side, node) ?? t('traffic.conflict.absent')}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Alert>
  );
}
