/** What becomes of a request behind a gateway: how its route rewrites it, and which way it goes on from there. */
import type { EntityKey } from '../keys';
import type { GatewayRoute, MeshNode, Route, Router, Service } from '../model';
import { rewritesOf } from '../rewrite-text';
import { decide } from './decide';
import type { Decision } from './decide';
import { seen } from './request';
import type { RouteRequest } from './request';

/**
 * The request as the target of a gateway route gets it. By itself App Mesh puts the name of the service in the place of the host
 * name, and `/` in that of a matched prefix; an exact path or a regular expression leaves the path alone.
 */
export function forwarded(
  route: GatewayRoute,
  request: RouteRequest,
  hostname: string | undefined,
): RouteRequest {
  const rewrites = rewritesOf(route.rewrite);
  return {
    ...request,
    port: route.targetPort,
    host: rewrites.hostname === false ? request.host : (hostname ?? request.host),
    path: request.protocol === 'grpc' ? request.path : rewrittenPath(route, request),
  };
}

function rewrittenPath({ match, rewrite }: GatewayRoute, request: RouteRequest): string {
  const { plainPath } = seen(request, true);
  const [rest = ''] = /[?#].*$/s.exec(request.path) ?? [];
  const { prefix: replacement = '/', path } = rewritesOf(rewrite);
  if (path !== undefined) return path + rest;
  const prefix = match.find(({ on }) => on === 'prefix')?.operand;
  if (prefix === undefined || replacement === false || !plainPath.startsWith(prefix)) return plainPath + rest;
  // Of `/cart` in `/cart/7` a slash is left, and `/` in its place is another.
  const tail = plainPath.slice(prefix.length);
  const joined = replacement.endsWith('/') ? tail.replace(/^\/+/, '') : tail;
  return replacement + joined + rest;
}

/** Where a request goes on behind a gateway route, as far as the mesh knows. */
export interface Onward {
  request: RouteRequest;
  service: Service | undefined;
  /** Set where a router answers for the service. */
  router: { entity: Router; decision: Decision<Route> } | undefined;
  /** Set where a node answers for it. */
  node: MeshNode | undefined;
}

type Found = Service | Router | MeshNode | { kind: string };

/** Follows a request from the gateway route that took it. `find` gives an object of the mesh by its key. */
export function onward(
  route: GatewayRoute,
  request: RouteRequest,
  find: (key: EntityKey) => Found | undefined,
): Onward {
  const service = ofKind<Service>(find(route.target.key), 'service');
  const sent = forwarded(route, request, service?.hostname);
  const provider = service?.provider.target && find(service.provider.target.key);
  const router = ofKind<Router>(provider, 'router');
  return {
    request: sent,
    service,
    router: router && { entity: router, decision: decide(router, sent) },
    node: ofKind<MeshNode>(provider, 'node'),
  };
}

const ofKind = <E extends Found>(found: Found | undefined, kind: E['kind']): E | undefined =>
  found?.kind === kind ? (found as E) : undefined; // just compared
