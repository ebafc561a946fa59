'use client';
import Button from '@cloudscape-design/components/button';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { polledConnection, worstOf } from '@/lib/client/polled-connection';
import type { Asked } from '@/lib/client/polled-connection';
import { ProblemError } from '@/lib/client/request';
import { meshesOptions, sourcePath, sourcesOptions } from '@/lib/client/queries';
import { useNow } from '@/lib/client/use-now';
import { failureText } from '@/components/ui/failure-text';
import type { Source } from '@/lib/api/topology';
import { useSpeech } from '@/lib/i18n/react';
import { topologyPath } from './addresses';
import { ConnectionIndicator } from './connection-indicator';
import { EmptyPage } from './empty-page';
import { meshRows, withoutMesh } from './mesh-rows';
import type { SourceMeshes } from './mesh-rows';
import { MeshTable } from './mesh-table';
import { SourceLines } from './source-lines';
import { StatusPortal } from './status-slot';

/** How often the page looks whether an answer is overdue. */
const LOOK_MS = 5_000;

/** Every mesh of every source. `straight` leads on to the mesh when there is just one. */
export function MeshesScreen({ straight }: { straight: boolean }) {
  const router = useRouter();
  const sources = useQuery(sourcesOptions());
  const known = sources.data?.sources ?? [];
  const meshes = useQueries({ queries: known.map((source) => meshesOptions(source.id)) });
  const now = useNow(LOOK_MS);
  const failed = useLasting(
    sources.error ?? meshes.find((each, index) => each.error && isLive(known[index]))?.error ?? undefined,
    isAskedAgain(sources) || meshes.some((each, index) => isLive(known[index]) && isAskedAgain(each)),
  );

  const asked = askedOf({ ...timesOf(sources), error: sources.isPending ? failed : sources.error });
  const doing = [undefined, ...known].map((source, index) => {
    const query = meshes[index - 1];
    const own = query && askedOf({ ...timesOf(query), error: query.error });
    const held = (query?.data?.meshes.length ?? 0) > 0;
    const at = Math.max(now, asked.answeredAt, asked.failedAt, own?.answeredAt ?? 0, own?.failedAt ?? 0);
    return polledConnection(asked, own, source?.state, held, at);
  });
  // Without a source the console itself is what there is to tell about.
  const [alone, ...connections] = doing;
  const worst = worstOf(connections) ?? alone;
  const retryNow = () => {
    // The console's own wait for the clusters is ended as well.
    for (const { id } of known)
      void fetch(`${sourcePath(id)}/refresh`, { method: 'POST' }).catch(() => undefined);
    for (const query of [sources, ...meshes]) void query.refetch();
  };

  const told = known.flatMap((source, index) => {
    const connection = connections[index];
    return connection ? [{ source, meshes: meshes[index]?.data?.meshes ?? [], connection }] : [];
  });
  const rows = meshRows(told);
  const ofWorst = told.find(({ connection }) => connection === worst)?.source.name;
  const settled = known.length > 0 && meshes.every((each) => each.isSuccess);
  const [only] = rows;
  const [first] = only?.sources ?? [];
  // A source that cannot be read may hold others; the only mesh of the rest is not kept waiting for it.
  const heard = known.every(
    (source, index) => meshes[index]?.isSuccess || source.state.problem !== undefined,
  );
  const target =
    straight && known.length > 0 && heard && rows.length === 1 && only && first
      ? topologyPath(first.source.id, only.mesh.name)
      : undefined;
  useEffect(() => {
    if (target !== undefined) router.replace(target);
  }, [router, target]);

  if (target !== undefined) return null;
  return (
    <>
      <StatusPortal>
        {worst && (
          <ConnectionIndicator
            connection={{ ...worst, retryNow }}
            of={known.length > 1 && worst.phase !== 'live' ? ofWorst : undefined}
          />
        )}
      </StatusPortal>
      {page()}
    </>
  );

  function page() {
    if (rows.length > 0) return <MeshTable rows={rows} without={withoutMesh(told)} />;
    if (told.length > 1) return <SeveralWithout sources={told} />;
    if (failed) return <Failure error={failed} onRetry={retryNow} />;
    return <Nothing source={known[0]} settled={settled} />;
  }
}

const isLive = (source: Source | undefined) => source?.state.phase === 'live';

const isAskedAgain = (query: { isPending: boolean; errorUpdateCount: number }) =>
  query.isPending && query.errorUpdateCount > 0;

interface Times {
  dataUpdatedAt: number;
  errorUpdatedAt: number;
  failureCount: number;
}

/** Read one by one: a query tells a page only of what the page has read. */
const timesOf = ({ dataUpdatedAt, errorUpdatedAt, failureCount }: Times): Times => ({
  dataUpdatedAt,
  errorUpdatedAt,
  failureCount,
});

function askedOf({
  dataUpdatedAt,
  errorUpdatedAt,
  failureCount,
  error,
}: Times & { error: Error | null | undefined }): Asked {
  const problem =
    error instanceof ProblemError ? error.problem : { code: 'E599', detail: error?.message ?? '' };
  return {
    answeredAt: dataUpdatedAt,
    failedAt: errorUpdatedAt,
    tries: failureCount,
    problem: error ? { code: problem.code, detail: problem.detail } : undefined,
  };
}

/** A failure, kept while the question that never was answered is asked again: a page must not flicker meanwhile. */
function useLasting(failure: Error | undefined, askedAgain: boolean): Error | undefined {
  const [last, setLast] = useState(failure);
  if (failure && failure !== last) setLast(failure);
  return failure ?? (askedAgain ? last : undefined);
}

function Failure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useSpeech();
  const action = <Button onClick={onRetry}>{t('shell.connection.retry')}</Button>;
  return <EmptyPage {...failureText(error, t)} action={action} />;
}

/** Several sources and no mesh in any of them: each says why. */
function SeveralWithout({ sources }: { sources: readonly SourceMeshes[] }) {
  const { t } = useSpeech();
  return (
    <EmptyPage
      title={t('shell.meshes.without')}
      text={t('shell.meshes.withoutText')}
      action={<SourceLines sources={sources} />}
    />
  );
}

function Nothing({ source, settled }: { source: Source | undefined; settled: boolean }) {
  const { t } = useSpeech();
  if (!source) return <EmptyPage busy title={t('shell.meshes.loading')} text="" />;
  const detail = source.state.problem?.detail ?? '';
  const { server } = source;
  switch (source.state.problem?.code) {
    case 'E202':
      return (
        <EmptyPage
          title={t('shell.empty.forbidden.title')}
          text={t('shell.empty.forbidden.text', { detail })}
        />
      );
    case 'E501':
      return (
        <EmptyPage
          title={t('shell.empty.unreachable.title')}
          text={t('shell.empty.unreachable.text', { server, detail })}
        />
      );
    case undefined:
      return settled ? (
        <EmptyPage title={t('shell.empty.noMesh.title')} text={t('shell.empty.noMesh.text')} />
      ) : (
        <EmptyPage
          busy
          title={t('shell.empty.connecting.title')}
          text={t('shell.empty.connecting.text', { server })}
        />
      );
    default:
      return source.state.phase === 'failed' ? (
        <EmptyPage title={t('shell.empty.noCrds.title')} text={t('shell.empty.noCrds.text')} />
      ) : (
        <EmptyPage title={t('shell.error.title')} text={detail} />
      );
  }
}
