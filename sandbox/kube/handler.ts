/** One Kubernetes API request, from its path to its answer. */
import type { OutgoingHttpHeaders } from 'node:http';
import { parse } from 'yaml';
import type { InProcessCluster } from './cluster';
import { discovery } from './discovery';
import { openApiDocument } from './openapi';
import { applyJsonPatch, applyMergePatch } from './patch';
import type { Target } from './route';
import { parsePath } from './route';
import type { Predicate } from './selectors';
import { fieldSelector, labelSelector } from './selectors';
import { typeId } from './store';
import { asTable, wantsTable } from './table';
import type { WatchRequest } from './watch';
import type { KubeObject } from './types';
import { StatusError } from './types';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  accept: string;
  userAgent: string;
  body: string;
}

export type ApiAnswer =
  | { status: number; body: object | string | Uint8Array; headers?: OutgoingHttpHeaders }
  | { watch: WatchRequest };

const gone = (path: string) =>
  new StatusError(404, 'NotFound', `the server could not find the requested resource: ${path}`);

function parseBody(body: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = parse(body); // JSON is YAML
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new StatusError(400, 'BadRequest', `the object provided is unrecognized: ${why}`);
  }
  if (typeof parsed !== 'object' || parsed === null)
    throw new StatusError(400, 'BadRequest', 'the object provided is unrecognized: it is no object');
  return parsed as Record<string, unknown>; // just checked; arrays are patches and looked at there
}

function parseObject(body: string, { type, namespace, name }: Target): KubeObject {
  const given = parseBody(body);
  const metadata = (given['metadata'] ?? {}) as KubeObject['metadata']; // read field by field by the write path
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  if (namespace !== undefined && metadata.namespace !== undefined && metadata.namespace !== namespace)
    throw new StatusError(
      400,
      'BadRequest',
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  return {
    ...given,
    apiVersion,
    kind: type.kind,
    metadata: {
      ...metadata,
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
    },
  };
}

const wants = (query: URLSearchParams, name: string) => ['true', '1'].includes(query.get(name) ?? '');

function selection(query: URLSearchParams, name?: string): Predicate {
  const byLabel = labelSelector(query.get('labelSelector') ?? '');
  const byField = fieldSelector(query.get('fieldSelector') ?? '');
  return (object) =>
    (name === undefined || object.metadata.name === name) && byLabel(object) && byField(object);
}

interface Continue {
  /** Version the first page was read at. */
  version: number;
  offset: number;
}

function readContinue(token: string | null): Continue | undefined {
  if (!token) return undefined;
  const [version, offset] = Buffer.from(token, 'base64url').toString().split(':').map(Number);
  if (
    !Number.isInteger(version) ||
    !Number.isInteger(offset) ||
    version === undefined ||
    offset === undefined
  )
    throw new StatusError(400, 'BadRequest', 'continue key is not valid');
  return { version, offset };
}

function list(
  cluster: InProcessCluster,
  { type, namespace }: Target,
  { query, accept }: ApiRequest,
): ApiAnswer {
  const from = readContinue(query.get('continue'));
  if (from && cluster.store.since(typeId(type), from.version) === undefined)
    throw new StatusError(
      410,
      'Expired',
      'The provided continue parameter is too old to display a consistent list result',
    );
  const all = cluster.store.list(typeId(type), namespace).filter(selection(query));
  const offset = from?.offset ?? 0;
  const limit = Number(query.get('limit') ?? 0) || all.length;
  const items = all.slice(offset, offset + limit);
  const version = from?.version ?? cluster.store.current;
  const left = all.length - offset - items.length;
  const more =
    left > 0
      ? {
          continue: Buffer.from(`${version}:${offset + limit}`).toString('base64url'),
          remainingItemCount: left,
        }
      : {};
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  const metadata = { resourceVersion: String(version), ...more };
  if (wantsTable(accept)) return { status: 200, body: asTable(type, items, metadata, cluster.now()) };
  return { status: 200, body: { apiVersion, kind: type.listKind, metadata, items } };
}

function patched(object: KubeObject, { contentType, body }: ApiRequest, custom: boolean): KubeObject {
  const kind = contentType.split(';')[0]?.trim();
  if (kind === 'application/json-patch+json') return applyJsonPatch(object, parseBody(body));
  if (
    kind === 'application/merge-patch+json' ||
    (kind === 'application/strategic-merge-patch+json' && !custom)
  )
    return applyMergePatch(object, parseBody(body)) as KubeObject; // metadata is put back by the write path
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format: ${kind}`,
  );
}

function write(cluster: InProcessCluster, request: ApiRequest, target: Target): ApiAnswer {
  const { type, namespace, name } = target;
  const dryRun = request.query.get('dryRun') === 'All';
  const subresource = target.subresource === 'status' ? ({ subresource: 'status' } as const) : {};
  if (request.method === 'POST' && name === undefined)
    return { status: 201, body: cluster.create(type, parseObject(request.body, target), { dryRun }) };
  if (name === undefined)
    throw new StatusError(405, 'MethodNotAllowed', `the server does not allow ${request.method} here`);
  const found = cluster.get(type, namespace, name);
  if (!found)
    throw new StatusError(
      404,
      'NotFound',
      `${type.plural}${type.group && `.${type.group}`} "${name}" not found`,
    );
  if (request.method === 'DELETE') {
    if (!dryRun) cluster.delete(type, namespace, name);
    return { status: 200, body: cluster.get(type, namespace, name) ?? success() };
  }
  const next =
    request.method === 'PUT'
      ? parseObject(request.body, target)
      : patched(found, request, type.schema !== undefined);
  return { status: 200, body: cluster.replace(type, next, { dryRun, ...subresource }) };
}

const success = () => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });

/** Answers a request; refusals are thrown as StatusError. */
export function handle(cluster: InProcessCluster, request: ApiRequest): ApiAnswer {
  const { method, path, query } = request;
  if (['/healthz', '/readyz', '/livez'].includes(path)) return { status: 200, body: 'ok' };
  if (path === '/openapi/v2') return { status: 200, body: openApiDocument() };
  const found = method === 'GET' ? discovery(path, cluster.resourceTypes()) : undefined;
  if (found) return { status: 200, body: found };
  if (path.startsWith('/apis/authorization.k8s.io/v1/') && method === 'POST')
    return { status: 201, body: { ...parseBody(request.body), status: { allowed: true } } };
  const target = parsePath(path, cluster);
  if (!target) throw gone(path);
  if (method !== 'GET') return write(cluster, request, target);
  if (wants(query, 'watch'))
    return {
      watch: {
        type: target.type,
        namespace: target.namespace,
        matches: selection(query, target.name),
        resourceVersion: query.get('resourceVersion') ?? '',
        bookmarks: wants(query, 'allowWatchBookmarks'),
        timeoutSeconds: query.has('timeoutSeconds') ? Number(query.get('timeoutSeconds')) : undefined,
      },
    };
  if (target.name === undefined) return list(cluster, target, request);
  const object = cluster.get(target.type, target.namespace, target.name);
  if (!object) {
    const plural = target.type.plural + (target.type.group && `.${target.type.group}`);
    throw new StatusError(404, 'NotFound', `${plural} "${target.name}" not found`);
  }
  if (wantsTable(request.accept))
    return { status: 200, body: asTable(target.type, [object], {}, cluster.now()) };
  return { status: 200, body: object };
}
