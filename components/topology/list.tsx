'use client';
import { useCollection } from '@cloudscape-design/collection-hooks';
import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import { RowSign } from '@/components/activity/changed-sign';
import { FindingBadge } from '@/components/findings/finding-badge';
import { measuredColumn, measuredColumns, measuredRows } from '@/components/telemetry/overlay/list-columns';
import { useLook, useTelemetryAnswer } from '@/lib/client/use-telemetry';
import type { ViewState } from '@/lib/client/view-state';
import { hidden } from '@/components/ui/hidden';
import { useSpeech } from '@/lib/i18n/react';
import type { ViewEdge } from '@/lib/mesh/view/spec';
import type { Health } from './health';
import { LeadsTo, RowActions } from './list-cells';
import { listRows } from './list-rows';
import type { ListRow } from './list-rows';
import type { ShownCard } from './shown-graph';
import { useTopologyScope } from './topology-context';
import styles from './list.module.css';

const PAGE = 100;
const INDICATOR = { ok: 'success', warning: 'warning', error: 'error', muted: 'stopped' } as const;

/** The graph's twin: the same objects as a table, all of it operable by keyboard. */
export function TopologyList({
  cards,
  edges,
  view,
  setView,
  narrow,
}: {
  cards: readonly ShownCard[];
  /** Those of the view, so that what is folded or left out there is so here. */
  edges: readonly ViewEdge[];
  view: Pick<ViewState, 'selected' | 'from' | 'to'>;
  setView: (patch: Partial<ViewState>) => void;
  /** A narrow window has no room for a column of namespaces; they stand below the kinds. */
  narrow: boolean;
}) {
  const { t } = useSpeech();
  const { select } = useTopologyScope();
  const { selected, from, to } = view;
  const picking = to === undefined ? from : undefined;
  const answer = useTelemetryAnswer();
  const measuring = useLook().overlay !== 'off';
  const plain = useMemo(() => listRows(cards, edges), [cards, edges]);
  const rows = useMemo(() => measuredRows(plain, answer), [plain, answer]);
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    sorting: { defaultState: { sortingColumn: { sortingField: 'name' } } },
    pagination: { pageSize: PAGE },
  });
  const healthText = (health: Health) => t(`topology.health.${health.message}`, health.values);
  const namespaces: TableProps.ColumnDefinition<ListRow> = {
    id: 'namespace',
    minWidth: 120,
    header: t('topology.list.namespace'),
    sortingField: 'namespace',
    cell: (row) => row.namespace || t('topology.list.nothing'),
  };
  const columns: TableProps.ColumnDefinition<ListRow>[] = [
    {
      id: 'kind',
      minWidth: narrow ? 110 : 120,
      header: t('topology.list.kind'),
      sortingField: 'kind',
      cell: (row) => (
        <>
          {t(`topology.kind.${row.kind}`)}
          {narrow && <div className={styles.namespace}>{row.namespace}</div>}
        </>
      ),
    },
    ...(narrow ? [] : [namespaces]),
    {
      id: 'name',
      minWidth: 130,
      header: t('topology.list.name'),
      sortingField: 'name',
      isRowHeader: true,
      cell: (row) => (
        <span className={styles.name}>
          <Link
            href="#"
            onFollow={(event) => {
              event.preventDefault();
              select(row.key);
            }}
          >
            {row.name}
          </Link>{' '}
          <RowSign of={row.key} />
        </span>
      ),
    },
    {
      id: 'leadsTo',
      minWidth: narrow ? 140 : 150,
      header: t('topology.list.leadsTo'),
      cell: (row) => <LeadsTo row={row} onSelect={select} />,
    },
    {
      id: 'health',
      minWidth: narrow ? 130 : 150,
      header: t('topology.list.health'),
      sortingComparator: (a, b) => a.health.message.localeCompare(b.health.message),
      cell: ({ health }) => (
        <span className={styles.health}>
          <StatusIndicator type={INDICATOR[health.tone]}>{healthText(health)}</StatusIndicator>
        </span>
      ),
    },
    {
      id: 'findings',
      minWidth: narrow ? 90 : 110,
      header: t('topology.list.findings'),
      sortingComparator: (a, b) => a.findings.length - b.findings.length,
      cell: ({ findings }) =>
        findings.length > 0 ? <FindingBadge findings={findings} /> : t('topology.list.nothing'),
    },
    ...(measuring ? (narrow ? [measuredColumn<ListRow>(t)] : measuredColumns<ListRow>(t)) : []),
    {
      id: 'actions',
      minWidth: 50,
      width: 50,
      header: <span className={hidden}>{t('topology.list.actions')}</span>,
      cell: ({ key, name, gone }) =>
        gone ? null : (
          <RowActions of={key} name={name} picking={picking} onSelect={select} onView={setView} />
        ),
    },
  ];
  return (
    <div className={styles.table}>
      <Table
        {...collectionProps}
        items={items}
        columnDefinitions={columns}
        trackBy="key"
        variant="embedded"
        stickyHeader
        wrapLines
        contentDensity="compact"
        {...(narrow ? {} : { selectionType: 'single' as const })}
        selectedItems={rows.filter((row) => row.key === selected)}
        onSelectionChange={({ detail }) => select(detail.selectedItems[0]?.key)}
        ariaLabels={{
          tableLabel: t('topology.list.caption'),
          selectionGroupLabel: t('topology.list.caption'),
          itemSelectionLabel: (_state, row) => row.name,
        }}
        {...(rows.length > PAGE ? { pagination: <Pagination {...paginationProps} /> } : {})}
      />
    </div>
  );
}
