'use client';
import { memo } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { EditKind } from '@/lib/mesh/backends/edits';
import { cellOf, spokenCells } from '@/lib/mesh/backends/matrix';
import type { Cell, Column } from '@/lib/mesh/backends/matrix';
import type { SeenCall } from '@/lib/mesh/backends/observed';
import { ruleOf } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Mesh, MeshNode } from '@/lib/mesh/model';
import { cellText, signOf } from './cell-text';
import { CELL, LINE } from './grid';
import styles from './matrix.module.css';

export interface MatrixRowProps {
  node: MeshNode;
  egress: Mesh['egress'];
  columns: readonly Column[];
  places: ReadonlyMap<EntityKey, number>;
  /** Columns that are drawn: all of them, unless the node has a great many cells. */
  from: number;
  to: number;
  /** What was seen, and what is drafted, of this node alone: a row is drawn anew only when its own changes. */
  seen: ReadonlyMap<EntityKey, SeenCall> | undefined;
  drafted: ReadonlyMap<EntityKey, EditKind> | undefined;
  /** Somebody was asked about its calls. */
  asked: boolean;
  /** Column of the cell the keyboard is on, where it is in this row. */
  active: number | undefined;
  row: number;
  top: number;
}

export const cellId = (row: number, column: number): string => `backends-cell-${row}-${column}`;

interface CellProps {
  id: string;
  name: string;
  column: Column;
  at: number;
  active: boolean;
  permission: Cell['permission'];
  state: Cell['state'];
  edit: Cell['edit'];
  call: Cell['call'];
  asked: boolean;
}

/** One cell. It is drawn anew when it says something else, not when others come into sight. */
const MatrixCell = memo(function MatrixCell(props: CellProps) {
  const { id, name, column, at, active, permission, state, edit, call, asked } = props;
  const { t } = useSpeech();
  const cell = { permission, state, edit, call };
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={at + 2}
      aria-selected={active}
      aria-label={cellText(cell, { node: name, service: `${column.namespace}/${column.name}` }, t, asked)}
      className={styles.cell}
      data-state={state}
      data-permission={permission}
      data-edit={edit}
      data-active={active || undefined}
      style={{ left: at * CELL }}
    >
      <span aria-hidden>{signOf(cell)}</span>
    </div>
  );
});

/** The name of a node, in the column that stays in sight: the first part of its row. */
export const RowName = memo(function RowName({
  node,
  egress,
  active,
  opened,
  row,
  top,
}: Pick<MatrixRowProps, 'node' | 'egress' | 'row' | 'top'> & { active: boolean; opened: boolean }) {
  const { t } = useSpeech();
  const { namespace, name } = node.ref;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.nameRow}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div
        role="rowheader"
        className={styles.rowHead}
        data-row={row}
        aria-colindex={1}
        data-active={active || undefined}
        data-opened={opened || undefined}
        title={`${namespace}/${name}`}
      >
        <span className={styles.rowName}>{name}</span>
        <span className={styles.rowCount}>
          {ruleOf(node, egress) === 'everything' ? t('backends.row.open') : node.backends.length}
        </span>
      </div>
    </div>
  );
});

/** The cells of one node of which there is anything to say. */
export const MatrixRow = memo(function MatrixRow(props: MatrixRowProps) {
  const { node, egress, columns, places, from, to, seen, drafted, asked, active, row, top } = props;
  const { namespace, name } = node.ref;
  const calls = new Map(seen === undefined ? [] : [[node.key, seen]]);
  const draft = new Map(drafted === undefined ? [] : [[node.key, drafted]]);
  const drawn = new Set<number>();
  for (const service of spokenCells(calls, draft, node)) {
    const at = places.get(service);
    if (at !== undefined && at >= from && at < to) drawn.add(at);
  }
  if (active !== undefined) drawn.add(active);
  // A row with nothing to say is its name alone.
  if (drawn.size === 0) return null;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles.row}
      style={{ transform: `translateY(${top}px)`, height: LINE }}
    >
      {[...drawn].map((at) => {
        const column = columns[at];
        if (column === undefined) return null;
        const { permission, state, edit, call } = cellOf({ egress }, calls, draft, node, column.key);
        return (
          <MatrixCell
            key={at}
            id={cellId(row, at)}
            name={`${namespace}/${name}`}
            column={column}
            at={at}
            active={active === at}
            permission={permission}
            state={state}
            edit={edit}
            call={call}
            asked={asked}
          />
        );
      })}
    </div>
  );
});
