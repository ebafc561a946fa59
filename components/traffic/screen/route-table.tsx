'use client';
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { hidden } from '@/components/ui/hidden';
import { useSpeech } from '@/lib/i18n/react';
import type { ListedRoute } from '@/lib/api/routes';
import type { Split } from '@/lib/mesh/telemetry/overlay';
import { RouteRow } from './route-row';
import { rowId } from './rows';
import type { RowGroup } from './rows';
import styles from './screen.module.css';

export interface RouteTableProps {
  groups: readonly RowGroup[];
  /** Whether the groups are meshes, with a heading each. */
  grouped: boolean;
  sourceName: (id: string) => string;
  opened: string | undefined;
  picked: ReadonlySet<string>;
  onOpen: (row: ListedRoute) => void;
  onPick: (rows: readonly ListedRoute[], on: boolean) => void;
  measured: (row: ListedRoute) => Split | undefined;
}

const COLUMNS = ['route', 'weights', 'changed', 'owner', 'state'] as const;

/** Where an arrow key takes the focus: from row to row, to the first or the last. */
function next(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return Math.max(0, at - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** A page of routes. Arrow keys walk from row to row, Enter opens one, x picks it for a change of several. */
export function RouteTable(props: RouteTableProps) {
  const { groups, grouped, sourceName, opened, picked, onOpen, onPick, measured } = props;
  const { t } = useSpeech();
  const table = useRef<HTMLTableElement>(null);
  const rows = groups.flatMap((group) => group.rows);
  const able = rows.filter(({ write }) => write.ok);
  const all = able.length > 0 && able.every((row) => picked.has(rowId(row)));

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (!(event.target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...(table.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const own = event.target.closest('tr')?.querySelector<HTMLElement>('[data-row]');
    const at = own ? buttons.indexOf(own) : -1;
    const row = rows[at];
    if (event.key === 'x' && row?.write.ok) {
      event.preventDefault();
      onPick([row], !picked.has(rowId(row)));
      return;
    }
    const to = next(event.key, at, buttons.length);
    if (to === undefined) return;
    event.preventDefault();
    buttons[to]?.focus();
  };

  return (
    <table ref={table} className={styles.table} onKeyDown={onKeyDown} aria-label={t('routes.title')}>
      <thead>
        <tr>
          <th scope="col" className={styles.pick}>
            <input
              type="checkbox"
              checked={all}
              disabled={able.length === 0}
              aria-label={t('routes.pickPage')}
              onChange={(event) => onPick(able, event.currentTarget.checked)}
            />
          </th>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`routes.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      {groups.map((group) => (
        <tbody key={`${group.source} ${group.mesh}`}>
          {grouped && (
            <tr className={styles.group}>
              <th colSpan={COLUMNS.length + 1} scope="rowgroup">
                {group.mesh} <span className={styles.muted}>{sourceName(group.source)}</span>{' '}
                <span className={styles.muted}>{t('routes.count', { count: group.total })}</span>
                <span className={hidden}>{t('routes.column.mesh')}</span>
              </th>
            </tr>
          )}
          {group.rows.map((row) => (
            <RouteRow
              key={rowId(row)}
              row={row}
              withMesh={!grouped}
              open={rowId(row) === opened}
              picked={picked.has(rowId(row))}
              split={measured(row)}
              onOpen={onOpen}
              onPick={onPick}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}
