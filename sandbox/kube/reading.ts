/** GET: one object, a list in pages, or a watch. */
import type { InProcessCluster } from './cluster';
import { badRequest, invalidOption, notFound } from './refusals';
import { listAnswer, objectAnswer } from './representation';
import type { ApiAnswer, ApiRequest } from './request';
import { wants } from './request';
import type { Target } from './route';
import { isScalable, scaleOf } from './scale';
import type { Predicate } from './selectors';
import { fieldSelector, labelSelector } from './selectors';
import { typeId } from './store';
import { StatusError } from './types';

/** What label and field selectors of a query, and a name, let through. */
export function selection(query: URLSearchParams, name?: string): Predicate {
  const labels = query.get('labelSelector') ?? '';
  const fields = query.get('fieldSelector') ?? '';
  const byLabel = labelSelector(labels);
  const byField = fieldSelector(fields);
  return (object) =>
    (name === undefined || object.metadata.name === name) && byLabel(object) && byField(object);
}

/** A resourceVersion of a query as a number; `undefined` where none, or "any", is asked for. */
function versionOf(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  if (text === '' || text === '0') return undefined;
  if (!/^\d+$/.test(text))
    throw badRequest(
      `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  return Number(text);
}

const MATCHES = ['Exact', 'NotOlderThan'];

function matchOf(query: URLSearchParams): string {
  const match = query.get('resourceVersionMatch') ?? '';
  if (match !== '' && !MATCHES.includes(match))
    throw invalidOption(
      `resourceVersionMatch: Unsupported value: "${match}": supported values: "Exact", "NotOlderThan", ""`,
    );
  return match;
}

interface Continue {
  /** Version the first page was read at. */
  version: number;
  /** Namespace and name of the last object that was sent. */
  after: string;
}

function readContinue(token: string | null): Continue | undefined {
  if (!token) return undefined;
  const [, version, after] = /^(\d+):(.+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (version === undefined || after === undefined) throw badRequest('continue key is not valid');
  return { version: Number(version), after };
}

const placeOf = ({ metadata }: { metadata: { namespace?: string; name: string } }) =>
  `${metadata.namespace ?? ''}/${metadata.name}`;

const expired = (message: string) => new StatusError(410, 'Expired', message);

function checkVersion(cluster: InProcessCluster, { type }: Target, query: URLSearchParams): void {
  const asked = versionOf(query);
  const match = matchOf(query);
  if (match !== '' && query.get('continue'))
    throw invalidOption(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided',
    );
  if (match !== '' && !query.get('resourceVersion'))
    throw invalidOption(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    );
  if (match === 'Exact' && query.get('resourceVersion') === '0')
    throw invalidOption(
      'resourceVersionMatch: Forbidden: resourceVersionMatch "Exact" is forbidden for resourceVersion "0"',
    );
  if (asked === undefined) return;
  const { current } = cluster.store;
  if (asked > current) {
    const message = `Too large resource version: ${asked}, current: ${current}`;
    const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
    throw new StatusError(504, 'Timeout', `Timeout: ${message}`, { causes, retryAfterSeconds: 1 });
  }
  // Old states are not kept: an exact one can be given only while nothing of the kind has changed since.
  if (match === 'Exact' && cluster.store.since(typeId(type), asked)?.length !== 0)
    throw expired(`The resourceVersion for the provided list is too old.`);
}

/** A list. Pages go on after the last object sent, so a change between two pages shifts nothing. */
export function list(cluster: InProcessCluster, target: Target, request: ApiRequest): ApiAnswer {
  const { type, namespace } = target;
  const { query } = request;
  const from = readContinue(query.get('continue'));
  if (from && cluster.store.since(typeId(type), from.version) === undefined)
    throw expired('The provided continue parameter is too old to display a consistent list result');
  checkVersion(cluster, target, query);
  const limitText = query.get('limit') ?? '0';
  if (!/^\d+$/.test(limitText)) throw badRequest(`limit: Invalid value: "${limitText}": must be a number`);
  const everything = cluster.store.list(typeId(type), namespace);
  const matching = everything.filter(selection(query));
  const all = from ? matching.filter((object) => placeOf(object) > from.after) : matching;
  const items = all.slice(0, Number(limitText) || all.length);
  const version = from?.version ?? cluster.store.current;
  const [last, left] = [items.at(-1), all.length - items.length];
  const more =
    last && left > 0
      ? {
          continue: Buffer.from(`${version}:${placeOf(last)}`).toString('base64url'),
          // As the API server does: nobody counts what a selector would leave out.
          ...(matching.length === everything.length ? { remainingItemCount: left } : {}),
        }
      : {};
  const metadata = { resourceVersion: String(version), ...more };
  return listAnswer(items, metadata, { type, request, now: cluster.now() });
}

/** A watch, checked but not started. */
export function watch(target: Target, request: ApiRequest): ApiAnswer {
  const { query, accept } = request;
  versionOf(query);
  const timeout = query.get('timeoutSeconds');
  if (timeout !== null && !/^\d+$/.test(timeout))
    throw badRequest(`timeoutSeconds: Invalid value: "${timeout}": must be a number`);
  const initialEvents = wants(query, 'sendInitialEvents');
  const match = matchOf(query);
  if (query.has('sendInitialEvents') && match !== 'NotOlderThan')
    throw invalidOption(
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  if (match !== '' && !query.has('sendInitialEvents'))
    throw invalidOption(
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    );
  return {
    watch: {
      type: target.type,
      namespace: target.namespace,
      matches: selection(query, target.name),
      resourceVersion: query.get('resourceVersion') ?? '',
      initialEvents,
      bookmarks: wants(query, 'allowWatchBookmarks'),
      timeoutSeconds: timeout === null ? undefined : Number(timeout),
      query,
      accept,
    },
  };
}

/** One object, or its scale. */
export function get(
  cluster: InProcessCluster,
  { type, namespace, name, subresource }: Target & { name: string },
  request: ApiRequest,
): ApiAnswer {
  const object = cluster.peek(type, namespace, name);
  if (!object) throw notFound(type, name);
  if (subresource === 'scale' && isScalable(type)) return { status: 200, body: scaleOf(object) };
  return objectAnswer(object, { type, request, now: cluster.now() });
}
