/** Every query of the console: key and function together. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { metricsAnswer, telemetryAnswer, traceAnswer, tracesAnswer } from '@/lib/api/telemetry';
import { accessAnswer, meshesAnswer, objectAnswer, sourcesAnswer, topologyAnswer } from '@/lib/api/topology';
import type { EntityRef } from '@/lib/mesh/model';
import { fetchJson } from './request';
import { windowQuery } from './telemetry-window';
import type { TelemetryWindow } from './telemetry-window';
import { filterExpression } from './traces-view';
import type { TraceQuestion } from './traces-view';

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

/** The objects of a mesh, for pages that do not follow its stream. */
export const topologyOptions = (source: string, mesh: string) =>
  queryOptions({
    queryKey: ['topology', source, mesh],
    queryFn: ({ signal }) => fetchJson(`${meshPath(source, mesh)}/topology`, topologyAnswer, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
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

/** The shortest time between two readings of the same lines, in milliseconds. */
const LINES_MS = 30_000;

/**
 * The lines of at most 8 entities or edges. A window that ends now is read again as often as its evidence is; the hidden tab asks
 * nothing.
 */
export const metricsOptions = (
  source: string,
  mesh: string,
  keys: readonly string[],
  window: TelemetryWindow,
) =>
  queryOptions({
    queryKey: ['metrics', source, mesh, keys, window],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams([...keys.map((key) => ['key', key]), ...windowQuery(window)]);
      return fetchJson(`${meshPath(source, mesh)}/metrics?${query}`, metricsAnswer, { signal });
    },
    staleTime: LINES_MS,
    refetchInterval: ({ state }) => {
      if (!('last' in window)) return false;
      if (!state.data) return LINES_MS;
      const every = state.data.evidence.flatMap((each) => (each.phase === 'off' ? [] : each.everySeconds));
      return every.length > 0 && Math.max(LINES_MS, Math.min(...every) * 1000);
    },
  });

/** Where the next page of traces begins; the window stays that of the first page, which may have ended now. */
interface TracePage {
  token: string;
  window: TelemetryWindow;
}

/** The traces that answer a question, page by page. Each reading is paid for by the traces it scans: none happens unasked. */
export const tracesOptions = (source: string, mesh: string, question: TraceQuestion) =>
  infiniteQueryOptions({
    queryKey: ['traces', source, mesh, question],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams(windowQuery(pageParam?.window ?? question.window));
      const put = (name: string, text: string | number | undefined) => {
        if (text !== undefined && text !== '') query.set(name, String(text));
      };
      put('key', question.key);
      put('status', question.status);
      put('minMs', question.minMs);
      put('maxMs', question.maxMs);
      put('filter', filterExpression(question.annotation, question.filter));
      put('token', pageParam?.token);
      return fetchJson(`${meshPath(source, mesh)}/traces?${query}`, tracesAnswer, { signal });
    },
    initialPageParam: undefined as TracePage | undefined, // the first page has none
    getNextPageParam: ({ nextToken, window: { fromMs, toMs } }) =>
      nextToken === undefined ? undefined : { token: nextToken, window: { fromMs, toMs } },
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

/** One trace. What is complete does not change any more. */
export const traceOptions = (source: string, mesh: string, id: string) =>
  queryOptions({
    queryKey: ['trace', source, mesh, id],
    queryFn: ({ signal }) =>
      fetchJson(`${meshPath(source, mesh)}/traces/${part(id)}`, traceAnswer, { signal }),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });

/** After a failure, asked again so much later. */
const AFTER_FAILURE_MS = 15_000;

/**
 * What was measured of a mesh, asked again when the answer says that there may be something new. `groups`: the namespaces
 * whose proxies are asked about; `undefined` for all. The answer is handed on as it came: the telemetry store compares.
 */
export const telemetryOptions = (
  source: string,
  mesh: string,
  window: TelemetryWindow,
  groups: readonly string[] | undefined,
  held: boolean,
) => {
  const asked = (groups ?? []).map((group): [string, string] => ['groups', group]);
  const query = new URLSearchParams([...windowQuery(window), ...asked]).toString();
  return queryOptions({
    queryKey: ['telemetry', source, mesh, query],
    queryFn: ({ signal }) =>
      fetchJson(`${meshPath(source, mesh)}/telemetry?${query}`, telemetryAnswer, { signal }),
    // Figures of another window are shown, and called so, until those of this one are there.
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: held ? Infinity : 5_000,
    refetchInterval: ({ state }) => (held ? false : (state.data?.freshForMs ?? AFTER_FAILURE_MS)),
  });
};
