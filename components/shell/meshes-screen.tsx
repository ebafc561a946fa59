'use client';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ProblemError } from '@/lib/client/request';
import { meshesOptions, sourcesOptions } from '@/lib/client/queries';
import type { Source } from '@/lib/api/topology';
import { useSpeech } from '@/lib/i18n/react';
import { topologyPath } from './addresses';
import { EmptyPage } from './empty-page';
import { MeshTable } from './mesh-table';

/** Every mesh of every source. `straight` leads on to the mesh when there is just one. */
export function MeshesScreen({ straight }: { straight: boolean }) {
  const { t } = useSpeech();
  const router = useRouter();
  const sources = useQuery(sourcesOptions());
  const known = sources.data?.sources ?? [];
  const meshes = useQueries({ queries: known.map((source) => meshesOptions(source.id)) });
  const rows = known.flatMap((source, index) =>
    (meshes[index]?.data?.meshes ?? []).map((mesh) => ({ source, mesh })),
  );
  const settled = known.length > 0 && meshes.every((each) => each.isSuccess);
  const [only] = rows;
  const target =
    straight && settled && rows.length === 1 && only
      ? topologyPath(only.source.id, only.mesh.name)
      : undefined;
  useEffect(() => {
    if (target !== undefined) router.replace(target);
  }, [router, target]);

  if (target !== undefined) return null;
  if (rows.length > 0) return <MeshTable rows={rows} />;
  const failure = sources.error ?? undefined;
  if (failure instanceof ProblemError)
    return <EmptyPage title={t('shell.error.title')} text={failure.problem.detail} />;
  return <Nothing source={known[0]} settled={settled} />;
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
