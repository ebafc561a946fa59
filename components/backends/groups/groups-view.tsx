'use client';
import Button from '@cloudscape-design/components/button';
import { memo, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { EmptyPage } from '@/components/shell/empty-page';
import type { BackendsView } from '@/lib/client/backends-view';
import { useSpeech } from '@/lib/i18n/react';
import { filteredGroups, groupRows, isTroubled } from '@/lib/mesh/backends/group-rows';
import type { GroupRow } from '@/lib/mesh/backends/group-rows';
import { parseEntityKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { Mesh } from '@/lib/mesh/model';
import type { Backends } from '../use-backends';
import { FlagNote } from './flag-note';
import { GroupBody } from './group-body';
import type { GroupBodyProps } from './group-body';
import { GroupDialog } from './group-dialog';
import type { GroupTask } from './group-dialog';
import backend from '../backends.module.css';
import styles from './groups.module.css';

/** Every backend group of a mesh: what is in it, who uses it, what it lets through, and the way to change it. */
export function GroupsView({
  backends,
  mesh,
  kind,
  view,
  setView,
  writable,
  search,
}: {
  backends: Backends;
  mesh: Mesh;
  /** An App Mesh API knows no groups. */
  kind: 'kubernetes' | 'appmesh' | undefined;
  view: BackendsView;
  setView: (patch: Partial<BackendsView>) => void;
  writable: true | string;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { t } = useSpeech();
  const { list } = backends;
  const [task, setTask] = useState<GroupTask>();
  const rows = useMemo(() => groupRows(list), [list]);
  const shown = useMemo(() => filteredGroups(rows, view.groups), [rows, view.groups]);
  const held = useRef<HTMLUListElement>(null);
  const open = (key: EntityKey) =>
    setView({
      tab: 'matrix',
      ...(parseEntityKey(key)?.kind === 'node' ? { from: key, to: undefined } : { from: undefined, to: key }),
    });
  const mayCreate = kind === 'appmesh' ? t('backends.groups.api') : writable;

  if (kind === 'appmesh')
    return <EmptyPage title={t('backends.groups.none')} text={t('backends.groups.api')} />;
  return (
    <div className={backend.scroll}>
      <section className={styles.section} aria-label={t('backends.tab.groups')}>
        <FlagNote flag={mesh.groupsFlag} />
        <div className={styles.tools} role="search" aria-label={t('backends.groups.filter')}>
          <input
            ref={search}
            type="search"
            className={backend.field}
            value={view.groups}
            aria-label={t('backends.groups.filter')}
            placeholder={t('backends.groups.filter')}
            onChange={({ target }) => setView({ groups: target.value })}
          />
          <span className={styles.note} role="status">
            {t('backends.groups.count', { shown: shown.length, all: rows.length })}
          </span>
          <span className={styles.create}>
            <Button
              disabled={mayCreate !== true}
              disabledReason={mayCreate === true ? '' : mayCreate}
              onClick={() => setTask({ kind: 'create' })}
            >
              {t('backends.groups.create')}
            </Button>
          </span>
        </div>
        {shown.length === 0 ? (
          <EmptyPage
            title={t(rows.length === 0 ? 'backends.groups.none' : 'backends.groups.noneFound')}
            text={t(rows.length === 0 ? 'backends.groups.noneText' : 'backends.groups.noneFoundText')}
          />
        ) : (
          <ul className={styles.groups} ref={held} onKeyDown={(event) => walk(event, held.current)}>
            {shown.map((row) => (
              <Row
                key={row.key}
                row={row}
                troubled={isTroubled(list, row)}
                opened={view.group === row.key}
                onToggle={() => setView({ group: view.group === row.key ? undefined : row.key })}
                body={{ row, backends, writable, onOpen: open, onTask: setTask }}
              />
            ))}
          </ul>
        )}
      </section>
      {task && (
        <GroupDialog task={task} backends={backends} writable={writable} onClose={() => setTask(undefined)} />
      )}
    </div>
  );
}

/** Arrows go from group to group, Home and End to the first and the last. */
function walk(event: KeyboardEvent, list: HTMLUListElement | null): void {
  const heads = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-group]') ?? [])];
  const at = heads.findIndex((head) => head === event.target);
  if (at < 0) return;
  const to =
    event.key === 'ArrowDown'
      ? at + 1
      : event.key === 'ArrowUp'
        ? at - 1
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? heads.length - 1
            : undefined;
  if (to === undefined) return;
  event.preventDefault();
  heads[to]?.focus();
}

const Row = memo(
  function Row({
    row,
    troubled,
    opened,
    onToggle,
    body,
  }: {
    row: GroupRow;
    troubled: boolean;
    opened: boolean;
    onToggle: () => void;
    body: GroupBodyProps;
  }) {
    const { t } = useSpeech();
    const id = useId();
    const { namespace, name, group, users } = row;
    return (
      <li className={styles.group} data-opened={opened}>
        <h3>
          <button
            type="button"
            className={styles.head}
            data-group={`${namespace}/${name}`}
            aria-expanded={opened}
            aria-controls={opened ? id : undefined}
            onClick={onToggle}
          >
            <span aria-hidden className={styles.sign}>
              {opened ? '▾' : '▸'}
            </span>
            <span className={styles.name}>{`${namespace}/${name}`}</span>
            <span className={group === undefined && name !== '*' ? styles.bad : styles.note}>
              {group === undefined
                ? t(name === '*' ? 'backends.groups.all' : 'backends.groups.goneShort')
                : t('backends.groups.size', { count: group.members.length })}
            </span>
            <span className={styles.note}>{t('backends.groups.users', { count: users.length })}</span>
            {troubled && <span className={styles.bad}>{t('backends.groups.troubled')}</span>}
          </button>
        </h3>
        {opened && (
          <div id={id}>
            <GroupBody {...body} />
          </div>
        )}
      </li>
    );
  },
  (before, after) =>
    // A closed row says only what its row says.
    !before.opened && !after.opened && before.row === after.row && before.troubled === after.troubled,
);
