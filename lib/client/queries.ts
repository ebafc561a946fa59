/** Every query of the console: key and function together. */
import { queryOptions } from '@tanstack/react-query';
import { accessAnswer, meshesAnswer, objectAnswer, sourcesAnswer } from '@/lib/api/topology';
import { fetchJson } from './request';

const part = encodeURIComponent;

export const sourcePath = (source: string): string => `/api/v1/sources/${part(source)}`;
export const meshPath = (source: string, mesh: string): string =>
  `${sourcePath(source)}/meshes/${part(mesh)}`;

/** The sources and how each is doing. Looked at again every 5 s while the page is seen. */
export const sourcesOptions = () =>
  queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => fetchJson('/api/v1/sources', sourcesAnswer, { signal }),
    refetchInterval: 5_000,
  });

/** The meshes of a source. Looked at again every 5 s while the page is seen. */
export const meshesOptions = (source: string) =>
  queryOptions({
    queryKey: ['meshes', source],
    queryFn: ({ signal }) => fetchJson(`${sourcePath(source)}/meshes`, meshesAnswer, { signal }),
    refetchInterval: 5_000,
  });

/** One object as YAML with its events. `revision` is its resourceVersion: another one is another text. */
export const objectOptions = (source: string, kind: string, namespace: string, name: string, revision = '') =>
  queryOptions({
    queryKey: ['object', source, kind, namespace, name, revision],
    queryFn: ({ signal }) =>
      fetchJson(
        `${sourcePath(source)}/objects/${part(kind)}/${part(namespace === '' ? '_' : namespace)}/${part(name)}`,
        objectAnswer,
        { signal },
      ),
  });

/** What the console may change in a namespace. */
export const accessOptions = (source: string, namespace: string) =>
  queryOptions({
    queryKey: ['access', source, namespace],
    queryFn: ({ signal }) =>
      fetchJson(`${sourcePath(source)}/access?namespace=${part(namespace)}`, accessAnswer, { signal }),
    staleTime: 60_000,
  });
