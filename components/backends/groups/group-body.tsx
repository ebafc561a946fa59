'use client';
import Button from '@cloudscape-design/components/button';
import { topologyPath } from '@/components/shell/addresses';
import { useSpeech } from '@/lib/i18n/react';
import { expansionOf } from '@/lib/mesh/backends/group-rows';
import type { GroupRow } from '@/lib/mesh/backends/group-rows';
import { memberName } from '@/lib/mesh/backends/groups';
import type { EntityKey } from '@/lib/mesh/keys';
import { backendsOwnerLevel, OWNER_NAMES } from '@/lib/mesh/ownership';
import type { MeshNode, Target } from '@/lib/mesh/model';
import { nameOf } from '../names';
import type { Backends } from '../use-backends';
import { useGroupWritable } from './group-writable';
import type { GroupTask } from './group-dialog';
import backend from '../backends.module.css';
import styles from './groups.module.css';

/** Names that are shown before the rest is counted. */
const SHOWN = 40;

export interface GroupBodyProps {
  row: GroupRow;
  backends: Backends;
  writable: true | string;
  /** Opens a node or a service in the matrix. */
  onOpen: (key: EntityKey) => void;
  onTask: (task: GroupTask) => void;
}

/** What is opened of a group: its members, who uses it, and what it lets through for each. */
export function GroupBody(props: GroupBodyProps) {
  const { t } = useSpeech();
  const { row, backends, onOpen } = props;
  const { group, users } = row;
  const wildcard = row.name === '*';
  return (
    <div className={styles.body}>
      <section className={styles.part} aria-label={t('backends.groups.members')}>
        <h4>{t('backends.groups.members')}</h4>
        {group !== undefined && <Members row={row} onOpen={onOpen} />}
        {wildcard && (
          <p className={backend.muted}>{t('backends.groups.wildcard', { namespace: row.namespace })}</p>
        )}
        {group === undefined && !wildcard && <p className={backend.breaks}>{t('backends.groups.gone')}</p>}
        <Actions {...props} />
      </section>
      <section className={styles.part} aria-label={t('backends.groups.usedBy')}>
        <h4>{t('backends.groups.usedBy')}</h4>
        {users.length === 0 && <p className={backend.muted}>{t('backends.groups.unused')}</p>}
        {users.map((node) => (
          <User key={node.key} row={row} node={node} backends={backends} onOpen={onOpen} />
        ))}
      </section>
    </div>
  );
}

function Members({ row: { group, users }, onOpen }: Pick<GroupBodyProps, 'row' | 'onOpen'>) {
  const { t } = useSpeech();
  const elsewhere = new Set(users.map(({ ref }) => ref.namespace)).size > 0;
  if (group === undefined) return null;
  if (group.members.length === 0) return <p className={backend.muted}>{t('backends.groups.empty')}</p>;
  return (
    <ul className={styles.list}>
      {group.members.map((member, at) => (
        <li key={at}>
          {member.resolution === 'ok' && member.bare !== true ? (
            <button type="button" className={styles.link} onClick={() => onOpen(member.key)}>
              {memberName(member)}
            </button>
          ) : (
            <span>{memberName(member)}</span>
          )}{' '}
          {member.bare === true ? (
            <span className={styles.note}>
              {t(elsewhere ? 'backends.groups.bareUsed' : 'backends.groups.bare')}
            </span>
          ) : (
            member.resolution !== 'ok' &&
            member.resolution !== 'unset' && (
              <span className={member.resolution === 'unread' ? styles.note : styles.bad}>
                {t(`backends.resolution.${member.resolution}`)}
              </span>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

/** One node that uses the group, and what it really gets by it. */
function User({
  row,
  node,
  backends,
  onOpen,
}: {
  row: GroupRow;
  node: MeshNode;
  backends: Backends;
  onOpen: (key: EntityKey) => void;
}) {
  const { t } = useSpeech();
  const target = node.backendGroups.find(({ key }) => key === row.key) satisfies Target | undefined;
  if (target === undefined) return null;
  const lets = expansionOf(backends.list, target, node);
  const name = nameOf(node.key);
  const graph = `${topologyPath(backends.source, backends.mesh)}?${new URLSearchParams({ selected: node.key }).toString()}`;
  return (
    <details className={styles.user}>
      <summary>
        {t('backends.groups.user', {
          node: name,
          adds: lets.filter(({ is }) => is === 'adds').length,
          all: lets.length,
        })}
      </summary>
      <ul className={styles.list}>
        {lets.slice(0, SHOWN).map(({ member, service, is }, at) => (
          <li key={at}>
            <button type="button" className={styles.link} onClick={() => onOpen(service)}>
              {nameOf(service)}
            </button>{' '}
            <span className={is === 'gone' ? styles.bad : styles.note}>
              {t(`backends.groups.is.${is}`)}
              {member !== nameOf(service) && ` · ${t('backends.groups.written', { member })}`}
            </span>
          </li>
        ))}
        {lets.length > SHOWN && (
          <li className={styles.note}>{t('backends.pane.more', { count: lets.length - SHOWN })}</li>
        )}
      </ul>
      <p className={styles.links}>
        <button type="button" className={styles.link} onClick={() => onOpen(node.key)}>
          {t('backends.groups.matrix')}
        </button>
        <a className={styles.link} href={graph}>
          {t('backends.groups.graph')}
        </a>
      </p>
    </details>
  );
}

/** What may be done with the group, and why not. */
function Actions({ row, backends, writable, onTask }: GroupBodyProps) {
  const { t } = useSpeech();
  const may = useGroupWritable(backends.source, row.namespace, writable);
  const { group } = row;
  if (group === undefined) {
    if (row.name === '*') return null;
    const reason = may('create');
    return (
      <div className={backend.buttons}>
        <Button
          disabled={reason !== true}
          disabledReason={reason === true ? '' : reason}
          onClick={() => onTask({ kind: 'create', namespace: row.namespace, name: row.name })}
        >
          {t('backends.groups.createThis')}
        </Button>
      </div>
    );
  }
  const { manager } = group.ownership;
  const [edit, remove] = [may('patch'), may('delete')];
  return (
    <>
      {manager !== 'none' && backendsOwnerLevel(group.ownership) !== 'free' && (
        <p className={styles.note}>
          {t('backends.groups.owner', { owner: OWNER_NAMES[manager], name: group.ownership.name ?? '' })}
        </p>
      )}
      <div className={backend.buttons}>
        <Button
          disabled={edit !== true}
          disabledReason={edit === true ? '' : edit}
          onClick={() => onTask({ kind: 'edit', group })}
        >
          {t('backends.groups.edit')}
        </Button>
        <Button
          disabled={remove !== true}
          disabledReason={remove === true ? '' : remove}
          onClick={() => onTask({ kind: 'remove', group })}
        >
          {t('backends.groups.remove')}
        </Button>
      </div>
      {edit !== true && <p className={styles.note}>{edit}</p>}
    </>
  );
}
