'use client';
import Button from '@cloudscape-design/components/button';
import { useMemo } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Edit } from '@/lib/mesh/backends/edits';
import { BACKENDS_MAX } from '@/lib/mesh/backends/impact';
import { cellOf } from '@/lib/mesh/backends/matrix';
import type { Cell, Matrix } from '@/lib/mesh/backends/matrix';
import { reachersOf, reachOf } from '@/lib/mesh/backends/reach';
import { ruleOf } from '@/lib/mesh/backends/whitelist';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode } from '@/lib/mesh/model';
import { tlsText } from './cell-text';
import { nameOf } from './names';
import { ReachList } from './reach-list';
import type { Backends } from './use-backends';
import { editable, useNamespaceWritable } from './writable';
import styles from './backends.module.css';

interface AxisPaneProps {
  backends: Backends;
  /** As it is filtered: "all shown" are these. */
  matrix: Matrix;
  writable: true | string;
  onEdits: (edits: Edit[]) => void;
  onOpen: (key: EntityKey) => void;
  onClose: () => void;
}

interface Pair {
  node: MeshNode;
  service: EntityKey;
  cell: Cell;
}

/** Changes of many cells at once: what is called, what is silent, and all that is shown. */
function BulkButtons({ pairs, props }: { pairs: readonly Pair[]; props: AxisPaneProps }) {
  const { t } = useSpeech();
  const { backends, writable, onEdits } = props;
  const may = (kind: Edit['kind'], wanted: (pair: Pair) => boolean): Edit[] =>
    pairs
      .filter((pair) => wanted(pair) && editable(backends.list, pair.node, pair.service, kind, t) === true)
      .map(({ node, service }) => ({ node: node.key, service, kind }));
  const offers = [
    { id: 'allowSeen' as const, edits: may('allow', ({ cell }) => cell.state === 'undeclared') },
    {
      id: 'revokeSilent' as const,
      edits: may('revoke', ({ cell }) => cell.state === 'silent' && (cell.grant?.entries ?? 0) > 0),
    },
    { id: 'allowShown' as const, edits: may('allow', ({ cell }) => (cell.grant?.entries ?? 0) === 0) },
    { id: 'revokeShown' as const, edits: may('revoke', ({ cell }) => (cell.grant?.entries ?? 0) > 0) },
  ];
  return (
    <div className={styles.buttons}>
      {offers.map(({ id, edits }) => (
        <Button
          key={id}
          disabled={edits.length === 0 || writable !== true}
          {...(writable === true ? {} : { disabledReason: writable })}
          onClick={() => onEdits(edits)}
        >
          {t(`backends.pane.${id}`, { count: edits.length })}
        </Button>
      ))}
    </div>
  );
}

/** One node: what it lists, and everything it may reach. */
export function NodePane({ node, ...props }: AxisPaneProps & { node: MeshNode; onEdit: () => void }) {
  const { t } = useSpeech();
  const { backends, matrix, onOpen, onEdit, onClose } = props;
  const { list, calls, draft } = backends;
  const writable = useNamespaceWritable(backends.source, node.ref.namespace, props.writable);
  const everything = ruleOf(node, list.egress) === 'everything';
  const reached = useMemo(() => reachOf(list, node.key), [list, node.key]);
  const pairs = useMemo(
    () =>
      matrix.columns.map(({ key }): Pair => ({
        node,
        service: key,
        cell: cellOf(list, calls, draft, node, key),
      })),
    [matrix, list, calls, draft, node],
  );
  return (
    <section className={styles.pane} aria-label={nameOf(node.key)}>
      <div className={styles.paneHead}>
        <h2>{nameOf(node.key)}</h2>
        <Button variant="icon" iconName="close" ariaLabel={t('backends.pane.close')} onClick={onClose} />
      </div>
      <p className={styles.muted}>
        {t('backends.pane.entries', { count: node.backends.length, max: BACKENDS_MAX })}
        {node.backendGroups.length > 0 &&
          ` · ${t('backends.pane.group')}: ${node.backendGroups.map(({ key }) => nameOf(key)).join(', ')}`}
      </p>
      {node.defaultTlsEnforced !== undefined && (
        <p className={styles.muted}>
          {t('backends.pane.defaults', { policy: tlsText(undefined, node.defaultTlsEnforced, t) })}
        </p>
      )}
      <div className={styles.buttons}>
        <Button iconName="edit" onClick={onEdit}>
          {t('backends.editor.edit')}
        </Button>
      </div>
      <BulkButtons pairs={pairs} props={{ ...props, writable }} />
      <div>
        <h3>{t('backends.pane.reach')}</h3>
        {everything && <p className={styles.muted}>{t('backends.pane.everything')}</p>}
        <ReachList reached={reached} none={t('backends.pane.nothing')} onOpen={onOpen} />
      </div>
    </section>
  );
}

/** One service: everybody who may reach it. */
export function ServicePane({ service, ...props }: AxisPaneProps & { service: EntityKey }) {
  const { t } = useSpeech();
  const { backends, matrix, onOpen, onClose } = props;
  const { list, calls, draft } = backends;
  const entity = list.services.get(service);
  const reached = useMemo(() => reachersOf(list, service), [list, service]);
  const pairs = useMemo(
    () =>
      matrix.rows.map((node): Pair => ({ node, service, cell: cellOf(list, calls, draft, node, service) })),
    [matrix, list, calls, draft, service],
  );
  return (
    <section className={styles.pane} aria-label={nameOf(service)}>
      <div className={styles.paneHead}>
        <h2>{nameOf(service)}</h2>
        <Button variant="icon" iconName="close" ariaLabel={t('backends.pane.close')} onClick={onClose} />
      </div>
      {entity && (
        <p className={styles.muted}>
          {entity.hostname}
          {entity.unresolvable === true && `: ${t('backends.pane.unresolvable')}`}
        </p>
      )}
      <BulkButtons pairs={pairs} props={props} />
      <div>
        <h3>{t('backends.pane.callers')}</h3>
        <ReachList reached={reached} none={t('backends.pane.nobody')} onOpen={onOpen} />
      </div>
    </section>
  );
}
