/** Which route of a router or gateway takes one given request, and what the request is behind a gateway. */
import type { ApiResource } from '../appmesh/control-plane';
import { listenersOf, targetServiceOf } from './declared-spec';
import { fits, type Protocol, type Visitor } from './fits';
import { bodyOf, byTurn } from './matching';

export interface Arrival {
  protocol: Protocol;
  /** Left out: the first listener that speaks the protocol. */
  port?: number | undefined;
  method: string;
  scheme: string;
  host: string;
  /** With the query string. */
  path: string;
  headers: readonly (readonly [name: string, content: string])[];
}

/** The route a request takes; `undefined` where none does, or nobody listens there. */
export function routeFor(
  owner: ApiResource,
  routes: readonly ApiResource[],
  arrival: Arrival,
): ApiResource | undefined {
  const doors = listenersOf(owner.spec).map(({ portMapping }) => portMapping);
  const door = doors.find(
    ({ port, protocol }) => protocol === arrival.protocol && (arrival.port ?? port) === port,
  );
  if (doors.length > 0 && !door) return undefined;
  const visitor = visitorOf(arrival, door?.port ?? arrival.port, owner.id.kind === 'virtualGateway');
  return byTurn(routes).find(({ protocol, match }) => protocol === arrival.protocol && fits(visitor, match))
    ?.route;
}

function visitorOf(arrival: Arrival, port: number | undefined, gateway: boolean): Visitor {
  const headers = new Map<string, string>();
  for (const [name, content] of arrival.headers) {
    const known = headers.get(name.toLowerCase());
    headers.set(name.toLowerCase(), known === undefined ? content : [known, content].join(','));
  }
  return { ...arrival, port, headers, path: gateway ? normalized(arrival.path) : arrival.path };
}

/** Gateways have Envoy normalize paths and merge slashes. */
function normalized(text: string): string {
  const mark = text.search(/[?#]/);
  const path = mark === -1 ? text : text.slice(0, mark);
  return new URL(`http://any.example${path}`).pathname.replace(/\/+/g, '/') + text.slice(path.length);
}

export interface Sent {
  host: string;
  path: string;
  port: number | undefined;
}

interface Rewriting {
  rewrite?: {
    hostname?: { defaultTargetHostname?: string };
    path?: { exact?: string };
    prefix?: { defaultPrefix?: string; value?: string };
  };
  target?: { port?: number };
}

/** A request as the service gets it to which a gateway route sends it. */
export function sentOn(route: ApiResource, { host, path, protocol }: Arrival): Sent {
  const body = bodyOf(route);
  const { rewrite = {}, target } = (body?.body['action'] ?? {}) as Rewriting; // shape checked by the API
  const keepsHost = rewrite.hostname?.defaultTargetHostname === 'DISABLED';
  return {
    host: keepsHost ? host : targetServiceOf(route),
    path: protocol === 'grpc' ? path : rewritten(normalized(path), body?.match.prefix, rewrite),
    port: target?.port,
  };
}

function rewritten(
  url: string,
  matched: string | undefined,
  { path, prefix }: NonNullable<Rewriting['rewrite']>,
): string {
  const [plain = ''] = url.split(/[?#]/, 1);
  const search = url.slice(plain.length);
  if (path?.exact !== undefined) return path.exact + search;
  if (matched === undefined || prefix?.defaultPrefix === 'DISABLED') return url;
  const rest = plain.slice(matched.length);
  const head = prefix?.value ?? '/';
  return (head.endsWith('/') && rest.startsWith('/') ? head + rest.slice(1) : head + rest) + search;
}
