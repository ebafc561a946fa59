'use client';
import { memo } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Column, Matrix } from '@/lib/mesh/backends/matrix';
import { CELL, HEAD_HEIGHT, HEAD_WIDTH } from './grid';
import type { Range } from './grid';
import styles from './matrix.module.css';

/** The services, under the names of their namespaces; it stays in sight. */
export const MatrixHead = memo(function MatrixHead({
  matrix,
  columns,
  active,
  opened,
}: {
  matrix: Matrix;
  columns: Range;
  active: number;
  opened: number | undefined;
}) {
  const { t } = useSpeech();
  const spans = matrix.columnSpans.filter(
    ({ from, count }) => from < columns.to && from + count > columns.from,
  );
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ height: HEAD_HEIGHT }}>
      <div role="columnheader" aria-colindex={1} className={styles.corner} style={{ width: HEAD_WIDTH }}>
        <span className={styles.cornerServices}>
          {t('backends.services', { count: matrix.columns.length })}
        </span>
        <span>{t('backends.nodes', { count: matrix.rows.length })}</span>
      </div>
      {spans.map(({ namespace, from, count }) => (
        <div
          key={namespace}
          role="presentation"
          className={styles.columnSpan}
          style={{ left: HEAD_WIDTH + from * CELL, width: count * CELL }}
          title={namespace}
        >
          <span style={{ left: HEAD_WIDTH + 4 }}>{namespace}</span>
        </div>
      ))}
      {matrix.columns.slice(columns.from, columns.to).map((column, i) => (
        <ColumnHead
          key={column.key}
          column={column}
          at={columns.from + i}
          active={active === columns.from + i}
          opened={opened === columns.from + i}
        />
      ))}
    </div>
  );
});

const ColumnHead = memo(function ColumnHead({
  column,
  at,
  active,
  opened,
}: {
  column: Column;
  at: number;
  active: boolean;
  opened: boolean;
}) {
  const { t } = useSpeech();
  const { namespace, name, hostname, resolution } = column;
  const full = namespace === '' ? name : `${namespace}/${name}`;
  return (
    <div
      role="columnheader"
      aria-colindex={at + 2}
      className={styles.columnHead}
      data-column={at}
      data-active={active || undefined}
      data-opened={opened || undefined}
      data-odd={resolution === 'ok' ? undefined : true}
      style={{ left: HEAD_WIDTH + at * CELL }}
      title={
        hostname === undefined
          ? `${full} (${t(`backends.resolution.${resolution}`)})`
          : `${full} · ${hostname}`
      }
    >
      <span>{resolution === 'ok' ? name : `⚠ ${name}`}</span>
    </div>
  );
});
