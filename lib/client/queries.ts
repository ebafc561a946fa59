/** Every query of the console: key and function together. */
import { queryOptions } from '@tanstack/react-query';
import { accessAnswer, meshesAnswer, objectAnswer, sourcesAnswer } from '@/lib/api/topology';
import type { EntityRef } from '@/lib/mesh/model';
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

/** A namespace in a path: the objects of an App Mesh API, and those of the whole cluster, have none. */
export const namespacePart = (namespace: string): string => part(namespace === '' ? '_' : namespace);

/**
 * One object as YAML with its events. `revision` is its resourceVersion: another one is another text. `mesh` tells apart
 * objects of one name in several meshes of an App Mesh API.
 */
export const objectOptions = (
  source: string,
  mesh: string,
  kind: string,
  { namespace, name, resourceVersion: revision }: Pick<EntityRef, 'namespace' | 'name' | 'resourceVersion'>,
) =>
  queryOptions({
    queryKey: ['object', source, mesh, kind, namespace, name, revision],
    queryFn: ({ signal }) =>
      fetchJson(
        `${sourcePath(source)}/objects/${part(kind)}/${namespacePart(namespace)}/${part(name)}?mesh=${part(mesh)}`,
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
