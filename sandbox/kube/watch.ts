/** Watches: a stream of changes from a resourceVersion on, through a selector, with bookmarks. */
import type { ServerResponse } from 'node:http';
import type { InProcessCluster } from './cluster';
import { jsonOf } from './json';
import { eventWriter } from './representation';
import type { Predicate } from './selectors';
import { typeId } from './store';
import type { HistoryEvent } from './store';
import type { KubeObject, ResourceType } from './types';

export interface WatchRequest {
  type: ResourceType;
  namespace: string | undefined;
  matches: Predicate;
  /** '' or '0': start with what is there. */
  resourceVersion: string;
  /** Start with what is there in any case, and mark its end with a bookmark. */
  initialEvents: boolean;
  bookmarks: boolean;
  timeoutSeconds: number | undefined;
  query: URLSearchParams;
  accept: string;
}

const BOOKMARK_EVERY_MS = 10_000;

/** What may wait for a slow reader beside what was there at the start; one that falls behind further is cut off. */
const BACKLOG_MAX_BYTES = 16 * 1024 * 1024;

/** What a change looks like through a selector: an object that stops matching is DELETED for this watcher. */
export function seenThrough(
  event: HistoryEvent,
  matches: Predicate,
): { type: string; object: KubeObject } | undefined {
  const now = event.type !== 'DELETED' && matches(event.object);
  const before = event.previous !== undefined && matches(event.previous);
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  return before ? { type: 'DELETED', object: leaving(event) } : undefined;
}

/** A deleted object is sent as it was last, under the version of the change that took it away. */
function leaving({ type, object, previous, version }: HistoryEvent): KubeObject {
  if (type === 'DELETED' || !previous) return object;
  return { ...previous, metadata: { ...previous.metadata, resourceVersion: String(version) } };
}

/**
 * Serves one watch until the client leaves or the time is over. A version that can no longer be replayed, or that this
 * cluster has not reached, is answered as the API server's watch cache does: 200, and one ERROR event with code 410.
 */
export function serveWatch(cluster: InProcessCluster, request: WatchRequest, response: ServerResponse): void {
  const { type, namespace, resourceVersion, bookmarks } = request;
  const { store } = cluster;
  const matches: Predicate = (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) && request.matches(object);
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();

  const fresh = request.initialEvents || resourceVersion === '' || resourceVersion === '0';
  const from = Number(resourceVersion);
  const missed = fresh ? [] : from > store.current ? undefined : store.since(typeId(type), from);
  if (missed === undefined) {
    const message = `too old resource version: ${resourceVersion} (${store.current})`;
    const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message };
    response.end(`${jsonOf({ type: 'ERROR', object: { ...status, reason: 'Expired', code: 410 } })}\n`);
    return;
  }

  const line = eventWriter({ type, request });
  const bookmark = (annotations?: Record<string, string>) => {
    const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
    const metadata = {
      name: '',
      resourceVersion: String(store.current),
      ...(annotations ? { annotations } : {}),
    };
    response.write(line('BOOKMARK', { apiVersion, kind: type.kind, metadata }, cluster.now()));
  };
  if (fresh) {
    const present = store.list(typeId(type), namespace).filter(matches);
    response.write(present.map((object) => line('ADDED', object, cluster.now())).join(''));
    if (request.initialEvents && bookmarks) bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  const allowed = response.writableLength + BACKLOG_MAX_BYTES;
  const tell = (event: HistoryEvent) => {
    const seen = event.typeId === typeId(type) ? seenThrough(event, matches) : undefined;
    if (!seen) return;
    response.write(line(seen.type, seen.object, cluster.now()));
    if (response.writableLength > allowed) response.destroy();
  };
  for (const event of missed) tell(event);
  const unsubscribe = store.onChange(tell);

  const end = () => {
    if (bookmarks) bookmark();
    response.end();
  };
  const timers = [
    ...(bookmarks ? [setInterval(bookmark, BOOKMARK_EVERY_MS)] : []),
    ...(request.timeoutSeconds ? [setTimeout(end, request.timeoutSeconds * 1000)] : []),
  ];
  response.once('close', () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  });
}
