/** A request as it is typed, what is wrong with it, and what it comes to. Pure. */
import type { GatewayRoute, Listener, Protocol, Route, Router } from '@/lib/mesh/model';
import { plainRequest } from '@/lib/mesh/routing/fit';
import type { RouteRequest } from '@/lib/mesh/routing/decide';
import { readRequest } from '@/lib/mesh/routing/request-text';
import type { GatewayCard } from '@/lib/mesh/topology';

export interface RequestDraft {
  protocol: Protocol;
  /** Left out where there is one way in only. */
  port: number | undefined;
  method: string;
  scheme: RouteRequest['scheme'];
  host: string;
  /** With the query string. */
  path: string;
  /** Of gRPC. */
  service: string;
  call: string;
  /** Headers or metadata. */
  headers: { name: string; content: string }[];
}

export type DraftField = 'path' | 'host' | 'service' | 'call' | `header ${number}`;
export type DraftProblem = 'path' | 'space' | 'host' | 'service' | 'call' | 'header';

export function draftOf(request: RouteRequest): RequestDraft {
  const { protocol, port, method, scheme, host, path, headers } = request;
  const [, service = '', call = ''] = protocol === 'grpc' ? path.split('/') : [];
  return {
    protocol,
    port,
    method,
    scheme,
    host,
    path: protocol === 'grpc' ? '/' : path,
    service,
    call,
    headers: headers.map(([name, content]) => ({ name, content })),
  };
}

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HOST = /^(\[[^\]\s]*\]|[^\s:/?#]*)$/;
const CALL = /^[^\s/?#]+$/;

/** What is wrong, by field. A header without a name and content is one that is not typed yet. */
export function problemsOf(draft: RequestDraft): ReadonlyMap<DraftField, DraftProblem> {
  const problems = new Map<DraftField, DraftProblem>();
  const { protocol, path, host, service, call, headers } = draft;
  if (protocol === 'tcp') return problems;
  if (!HOST.test(host)) problems.set('host', 'host');
  if (protocol === 'grpc') {
    if (!CALL.test(service)) problems.set('service', 'service');
    if (!CALL.test(call)) problems.set('call', 'call');
  } else if (!path.startsWith('/')) problems.set('path', 'path');
  else if (/\s/.test(path)) problems.set('path', 'space');
  for (const [n, { name, content }] of headers.entries())
    if ((name !== '' || content !== '') && !TOKEN.test(name)) problems.set(`header ${n}`, 'header');
  return problems;
}

/** The request a draft without problems stands for. */
export function requestOf(draft: RequestDraft): RouteRequest {
  const { protocol, port, scheme, host, service, call } = draft;
  const plain = { ...plainRequest(protocol, port), scheme, host };
  if (protocol === 'tcp') return plainRequest(protocol, port);
  const headers = draft.headers
    .filter(({ name }) => name !== '')
    .map(({ name, content }) => [name, content.trim()] as const);
  if (protocol === 'grpc') return { ...plain, path: `/${service}/${call}`, headers };
  return { ...plain, method: draft.method, path: draft.path, headers };
}

/**
 * A request as it can come to an object: what another object, or an address, leaves behind has the port or the protocol of that.
 * `undefined`: it has nothing to do with this one.
 */
export function adapted(request: RouteRequest, listeners: readonly Listener[]): RouteRequest | undefined {
  if (listeners.length === 0) return request;
  const own = listeners.filter(({ protocol }) => protocol === request.protocol);
  if (own.length === 0) return undefined;
  if (listeners.length === 1) return { ...request, port: undefined };
  return { ...request, port: own.find(({ port }) => port === request.port)?.port ?? own[0]?.port };
}

/** The request one begins with: a plain one at the first listener. */
export function firstRequest(listeners: readonly Listener[], protocols: readonly Protocol[]): RouteRequest {
  const [first] = listeners;
  if (!first) return plainRequest(protocols[0] ?? 'http');
  return plainRequest(first.protocol, listeners.length > 1 ? first.port : undefined);
}

const isSpoken = (protocol: Protocol | 'unknown'): protocol is Protocol => protocol !== 'unknown';

export const routesOf = (entity: Router | GatewayCard): readonly (Route | GatewayRoute)[] =>
  entity.kind === 'router' ? entity.routes : entity.rows;

/** What the routes of an object speak. */
export const protocolsOf = (entity: Router | GatewayCard): Protocol[] =>
  [...new Set(routesOf(entity).map(({ protocol }) => protocol))].filter(isSpoken);

/** The request that an address asks of an object, else the one that one begins with. */
export function askedRequest(entity: Router | GatewayCard, text: string | undefined): RouteRequest {
  const { listeners } = entity;
  const read = text === undefined ? undefined : readRequest(text);
  return (read && adapted(read, listeners)) ?? firstRequest(listeners, protocolsOf(entity));
}
