'use client';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useRouter } from 'next/navigation';
import type { MeshSummary } from '@/lib/api/topology';
import { useSpeech } from '@/lib/i18n/react';
import { topologyPath } from './addresses';
import { CONNECTION_LOOK } from './connection-look';
import { connectionWords } from './connection-words';
import type { MeshRow, SourceMeshes } from './mesh-rows';
import styles from './shell.module.css';
import { SourceLines } from './source-lines';

const CONTROL_PLANE: Record<MeshSummary['controlPlane'], StatusIndicatorProps.Type> = {
  live: 'success',
  frozen: 'warning',
  unknown: 'pending',
};

/** Every mesh: where it is, how large, whether its control plane answers, what is wrong with it. */
export function MeshTable({
  rows,
  without,
}: {
  rows: readonly MeshRow[];
  /** Sources that hold none of them. */
  without: readonly SourceMeshes[];
}) {
  const { t } = useSpeech();
  const router = useRouter();
  return (
    <div className={styles.page}>
      <Table<MeshRow>
        variant="container"
        wrapLines
        items={rows}
        footer={without.length > 0 && <SourceLines sources={without} />}
        trackBy={({ sources, mesh }) => `${sources[0]?.source.id ?? ''}/${mesh.name}`}
        header={
          <Header variant="h1" counter={`(${rows.length})`}>
            {t('shell.meshes.title')}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'name',
            minWidth: 150,
            header: t('shell.meshes.name'),
            isRowHeader: true,
            cell: ({ sources, mesh }) => {
              const href = topologyPath(sources[0]?.source.id ?? '', mesh.name);
              return (
                <Link
                  href={href}
                  onFollow={(event) => {
                    event.preventDefault();
                    router.push(href);
                  }}
                >
                  {mesh.name}
                </Link>
              );
            },
          },
          { id: 'source', header: t('shell.meshes.source'), cell: (row) => <SourceCell row={row} /> },
          { id: 'size', header: t('shell.meshes.size'), cell: ({ mesh }) => <Size mesh={mesh} /> },
          {
            id: 'egress',
            header: t('shell.meshes.egress'),
            cell: ({ mesh }) => (mesh.egress === 'deny' ? 'DROP_ALL' : 'ALLOW_ALL'),
          },
          {
            id: 'controlPlane',
            minWidth: 140,
            header: t('shell.meshes.controlPlane'),
            cell: ({ mesh: { controlPlane } }) => (
              <StatusIndicator type={CONTROL_PLANE[controlPlane]}>
                {t(`shell.meshes.controlPlane.${controlPlane}`)}
              </StatusIndicator>
            ),
          },
          ...(rows.some(({ mesh }) => mesh.measured)
            ? [
                {
                  id: 'health',
                  header: t('shell.meshes.health'),
                  minWidth: 150,
                  cell: ({ mesh }: MeshRow) => <MeasuredHealth mesh={mesh} />,
                },
              ]
            : []),
          {
            id: 'findings',
            header: t('shell.meshes.findings'),
            cell: ({ mesh }) => <Findings mesh={mesh} />,
          },
        ]}
      />
    </div>
  );
}

/** Where a mesh is; of a source that is live there is nothing to add. */
function SourceCell({ row: { sources } }: { row: MeshRow }) {
  const { t } = useSpeech();
  return (
    <SpaceBetween size="xxs">
      {sources.map(({ source, connection }) => (
        <SpaceBetween key={source.id} direction="horizontal" size="s">
          <span>
            {source.name} <span className={styles.sourceKind}>{t(`shell.parts.kind.${source.kind}`)}</span>
          </span>
          {connection.phase !== 'live' && (
            <StatusIndicator type={CONNECTION_LOOK[connection.phase]}>
              {connectionWords(connection, t)}
            </StatusIndicator>
          )}
        </SpaceBetween>
      ))}
    </SpaceBetween>
  );
}

function Size({ mesh: { counts } }: { mesh: MeshSummary }) {
  const { t } = useSpeech();
  const count = (kind: string) => counts[kind] ?? 0;
  return t('shell.meshes.counts', {
    gateways: count('gateway'),
    services: count('service'),
    routers: count('router'),
    nodes: count('node'),
  });
}

/** How gateways and nodes did, by what was measured last. */
function MeasuredHealth({ mesh: { measured } }: { mesh: MeshSummary }) {
  const { t } = useSpeech();
  if (!measured) return <StatusIndicator type="pending">{t('shell.meshes.health.unknown')}</StatusIndicator>;
  const { failing, degraded, good, minutes } = measured;
  return (
    <SpaceBetween size="xxs">
      <SpaceBetween direction="horizontal" size="s">
        {failing > 0 && (
          <StatusIndicator type="error">
            {t('shell.meshes.health.failing', { count: failing })}
          </StatusIndicator>
        )}
        {degraded > 0 && (
          <StatusIndicator type="warning">
            {t('shell.meshes.health.degraded', { count: degraded })}
          </StatusIndicator>
        )}
        {failing + degraded === 0 &&
          (good > 0 ? (
            <StatusIndicator type="success">{t('shell.meshes.health.good')}</StatusIndicator>
          ) : (
            <StatusIndicator type="stopped">{t('shell.meshes.health.idle')}</StatusIndicator>
          ))}
      </SpaceBetween>
      <span className={styles.sourceKind}>{t('shell.meshes.health.window', { minutes })}</span>
    </SpaceBetween>
  );
}

function Findings({ mesh: { findings } }: { mesh: MeshSummary }) {
  const { t } = useSpeech();
  const { error, warning } = findings;
  if (error + warning === 0)
    return <StatusIndicator type="success">{t('shell.meshes.findings.none')}</StatusIndicator>;
  return (
    <SpaceBetween direction="horizontal" size="s">
      {error > 0 && (
        <StatusIndicator type="error">{t('shell.meshes.findings.errors', { count: error })}</StatusIndicator>
      )}
      {warning > 0 && (
        <StatusIndicator type="warning">
          {t('shell.meshes.findings.warnings', { count: warning })}
        </StatusIndicator>
      )}
    </SpaceBetween>
  );
}
