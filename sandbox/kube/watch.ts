/** Watches: a stream of changes from a resourceVersion on, through a selector, with bookmarks. */
import type { ServerResponse } from 'node:http';
import type { InProcessCluster } from './cluster';
import type { Predicate } from './selectors';
import { typeId } from './store';
import type { HistoryEvent } from './store';
import type { KubeObject, ResourceType } from './types';
import { StatusError } from './types';

export interface WatchRequest {
  type: ResourceType;
  namespace: string | undefined;
  matches: Predicate;
  /** '' or '0': start with what is there. */
  resourceVersion: string;
  bookmarks: boolean;
  timeoutSeconds: number | undefined;
}

const BOOKMARK_EVERY_MS = 10_000;

/** What a change looks like through a selector: an object that stops matching is DELETED for this watcher. */
export function seenThrough(
  event: HistoryEvent,
  matches: Predicate,
): { type: string; object: KubeObject } | undefined {
  const now = event.type !== 'DELETED' && matches(event.object);
  const before = event.previous !== undefined && matches(event.previous);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  return before ? { type: 'DELETED', object: event.object } : undefined;
}

/** Serves one watch until the client leaves or the time is over. */
export function serveWatch(cluster: InProcessCluster, request: WatchRequest, response: ServerResponse): void {
  const { type, namespace, resourceVersion } = request;
  const { store } = cluster;
  const matches: Predicate = (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) && request.matches(object);
  const fresh = resourceVersion === '' || resourceVersion === '0';
  const missed = fresh ? [] : store.since(typeId(type), Number(resourceVersion));
  if (missed === undefined)
    throw new StatusError(410, 'Expired', `too old resource version: ${resourceVersion} (${store.current})`);

  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  const send = (kind: string, object: object) =>
    response.write(`${JSON.stringify({ type: kind, object })}\n`);
  const tell = (event: HistoryEvent) => {
    const seen = event.typeId === typeId(type) ? seenThrough(event, matches) : undefined;
    if (seen) send(seen.type, seen.object);
  };
  response.flushHeaders();
  if (fresh) for (const object of store.list(typeId(type)).filter(matches)) send('ADDED', object);
  for (const event of missed) tell(event);
  const unsubscribe = store.onChange(tell);

  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  const bookmark = () =>
    send('BOOKMARK', { apiVersion, kind: type.kind, metadata: { resourceVersion: String(store.current) } });
  const timers = [
    ...(request.bookmarks ? [setInterval(bookmark, BOOKMARK_EVERY_MS)] : []),
    ...(request.timeoutSeconds === undefined
      ? []
      : [setTimeout(() => response.end(), request.timeoutSeconds * 1000)]),
  ];
  response.once('close', () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  });
}
