'use client';
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { TraceSummary } from '@/lib/mesh/telemetry/trace';
import { useSpeech } from '@/lib/i18n/react';
import { msText } from '../metrics/figure-text';
import { StatusMark } from './status-mark';
import styles from './traces.module.css';

/** The traces as a list, the newest first until it is sorted otherwise. */
export function TraceTable({
  traces,
  header,
  footer,
  empty,
  busy,
  hrefOf,
  onOpen,
}: {
  traces: readonly TraceSummary[];
  header: ReactNode;
  footer: ReactNode;
  empty: ReactNode;
  busy: boolean;
  hrefOf: (id: string) => string;
  onOpen: (id: string) => void;
}) {
  const { t } = useSpeech();
  const { items, collectionProps } = useCollection(traces, {
    sorting: { defaultState: { sortingColumn: { sortingField: 'startMs' }, isDescending: true } },
  });
  return (
    <Table<TraceSummary>
      {...collectionProps}
      variant="container"
      wrapLines
      contentDensity="compact"
      items={items}
      loading={busy}
      loadingText={t('traces.reading')}
      trackBy="id"
      header={header}
      footer={footer}
      empty={<Box color="text-body-secondary">{empty}</Box>}
      columnDefinitions={[
        {
          id: 'time',
          header: t('traces.time'),
          sortingField: 'startMs',
          minWidth: 170,
          isRowHeader: true,
          cell: ({ id, startMs }) => (
            <Link
              href={hrefOf(id)}
              onFollow={(event) => {
                event.preventDefault();
                onOpen(id);
              }}
            >
              {t('traces.moment', { at: new Date(startMs) })}
            </Link>
          ),
        },
        {
          id: 'duration',
          minWidth: 100,
          header: t('traces.duration'),
          sortingField: 'durationMs',
          cell: ({ durationMs, partial }) =>
            partial ? t('traces.partial', { text: msText(durationMs, t) }) : msText(durationMs, t),
        },
        {
          id: 'status',
          minWidth: 110,
          header: t('traces.status'),
          sortingField: 'status',
          cell: ({ status }) => <StatusMark status={status} />,
        },
        {
          id: 'request',
          minWidth: 140,
          header: t('traces.request'),
          cell: ({ http }) => (
            <span className={styles.long}>
              {[http?.method, http?.url, http?.status].filter(Boolean).join(' ') || '–'}
            </span>
          ),
        },
        {
          id: 'services',
          minWidth: 190,
          header: t('traces.services'),
          cell: ({ services }) => <span className={styles.long}>{services.join(', ') || '–'}</span>,
        },
      ]}
    />
  );
}
