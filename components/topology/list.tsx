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
import { useSpeech } from '@/lib/i18n/react';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EdgeKey, TopologyEdge } from '@/lib/mesh/topology';
import type { Health } from './health';
import { listRows } from './list-rows';
import type { ListRow } from './list-rows';
import type { ShownCard } from './shown-graph';
import { useTopologyScope } from './topology-context';

const PAGE = 100;
const INDICATOR = { ok: 'success', warning: 'warning', error: 'error', muted: 'stopped' } as const;

/** The graph's twin: the same objects as a table, all of it operable by keyboard. */
export function TopologyList({
  cards,
  edges,
  selected,
}: {
  cards: readonly ShownCard[];
  edges: ReadonlyMap<EdgeKey, TopologyEdge>;
  selected: EntityKey | undefined;
}) {
  const { t } = useSpeech();
  const { select } = useTopologyScope();
  const rows = useMemo(() => listRows(cards, edges.values()), [cards, edges]);
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    sorting: { defaultState: { sortingColumn: { sortingField: 'name' } } },
    pagination: { pageSize: PAGE },
  });
  const healthText = (health: Health) => t(`topology.health.${health.message}`, health.values);
  const columns: TableProps.ColumnDefinition<ListRow>[] = [
    {
      id: 'kind',
      minWidth: 120,
      header: t('topology.list.kind'),
      sortingField: 'kind',
      cell: (row) => t(`topology.kind.${row.kind}`),
    },
    {
      id: 'namespace',
      minWidth: 120,
      header: t('topology.list.namespace'),
      sortingField: 'namespace',
      cell: (row) => row.namespace || t('topology.list.nothing'),
    },
    {
      id: 'name',
      minWidth: 140,
      header: t('topology.list.name'),
      sortingField: 'name',
      isRowHeader: true,
      cell: (row) => (
        <>
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
        </>
      ),
    },
    {
      id: 'leadsTo',
      minWidth: 160,
      header: t('topology.list.leadsTo'),
      cell: (row) =>
        row.leadsTo.length === 0
          ? t('topology.list.nothing')
          : row.leadsTo
              .map(({ name, share }) =>
                share === undefined ? name : `${name} ${t('topology.edge.share', { share })}`,
              )
              .join(', '),
    },
    {
      id: 'health',
      minWidth: 170,
      header: t('topology.list.health'),
      sortingComparator: (a, b) => a.health.message.localeCompare(b.health.message),
      cell: ({ health }) => (
        <StatusIndicator type={INDICATOR[health.tone]}>{healthText(health)}</StatusIndicator>
      ),
    },
    {
      id: 'findings',
      minWidth: 90,
      header: t('topology.list.findings'),
      sortingComparator: (a, b) => a.findings.length - b.findings.length,
      cell: ({ findings }) =>
        findings.length > 0 ? <FindingBadge findings={findings} /> : t('topology.list.nothing'),
    },
  ];
  return (
    <Table
      {...collectionProps}
      items={items}
      columnDefinitions={columns}
      trackBy="key"
      variant="embedded"
      stickyHeader
      wrapLines
      contentDensity="compact"
      selectionType="single"
      selectedItems={rows.filter((row) => row.key === selected)}
      onSelectionChange={({ detail }) => select(detail.selectedItems[0]?.key)}
      ariaLabels={{
        tableLabel: t('topology.list.caption'),
        selectionGroupLabel: t('topology.list.caption'),
        itemSelectionLabel: (_state, row) => row.name,
      }}
      {...(rows.length > PAGE ? { pagination: <Pagination {...paginationProps} /> } : {})}
    />
  );
}
