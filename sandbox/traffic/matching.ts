/** Which route takes a request: by match and priority, for requests made up to fit the routes there are. */
import type { ApiResource } from '../appmesh/control-plane';

/** The parts of a match that are looked at; routes and gateway routes have them in common. */
interface Matching {
  prefix?: string;
  path?: { exact?: string; regex?: string };
  port?: number;
  method?: string;
  scheme?: string;
  methodName?: string;
  serviceName?: string;
  hostname?: { exact?: string; suffix?: string };
  headers?: Named[];
  metadata?: Named[];
  queryParameters?: Named[];
}

interface Named {
  name: string;
  invert?: boolean;
  match?: {
    exact?: string;
    prefix?: string;
    suffix?: string;
    regex?: string;
    range?: { start: number; end: number };
  };
}

const TYPES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;
export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

export interface RouteBody {
  protocol: Protocol;
  match: Matching;
  body: Record<string, unknown>;
}

/** The one typed part of a route. What the API accepted has the shape of its model. */
export function bodyOf({ spec }: ApiResource): RouteBody | undefined {
  for (const type of TYPES) {
    const body = spec[type] as (Record<string, unknown> & { match?: Matching }) | undefined; // shape checked by the API
    if (body) return { protocol: PROTOCOLS[type], match: body.match ?? {}, body };
  }
  return undefined;
}

const PROTOCOLS = { httpRoute: 'http', http2Route: 'http2', grpcRoute: 'grpc', tcpRoute: 'tcp' } as const;

/** A request, as far as routes look at it. */
export interface Visitor {
  protocol: Protocol;
  port: number | undefined;
  method: string;
  path: string;
  host: string;
  /** Headers, metadata and query parameters by name. */
  named: ReadonlyMap<string, string>;
}

const DEFAULT_PRIORITY = 1000;

export interface Choice {
  route: ApiResource;
  /** Share of the requests that it takes, 0..1. */
  share: number;
  /** What its requests look like: the first that was made up for it. */
  visitor: Visitor;
}

/**
 * For each route one kind of visitor is made up that fits it, the rarer the more the route asks for; each goes to the
 * first route by priority that fits. A route behind a wider one gets nothing.
 */
export function choices(routes: readonly ApiResource[]): Choice[] {
  const ordered = routes
    .flatMap((route) => {
      const body = bodyOf(route);
      return body ? [{ route, ...body, priority: Number(route.spec['priority'] ?? DEFAULT_PRIORITY) }] : [];
    })
    .sort((a, b) => a.priority - b.priority || (b.match.prefix ?? '').length - (a.match.prefix ?? '').length);
  const taken = new Map<ApiResource, { popularity: number; visitor: Visitor }>();
  let total = 0;
  for (const { protocol, match } of ordered) {
    const visitor = visitorFor(protocol, match);
    const winner = ordered.find((other) => other.protocol === protocol && fits(visitor, other.match));
    if (!winner) continue;
    const popularity = 1 / (1 + 9 * conditions(match));
    total += popularity;
    const known = taken.get(winner.route);
    taken.set(winner.route, {
      popularity: popularity + (known?.popularity ?? 0),
      visitor: known && winner.match !== match ? known.visitor : visitor,
    });
  }
  return ordered.flatMap(({ route }) => {
    const found = taken.get(route);
    return found ? [{ route, share: found.popularity / total, visitor: found.visitor }] : [];
  });
}

function conditions({
  prefix,
  path,
  method,
  hostname,
  headers,
  metadata,
  queryParameters,
  serviceName,
}: Matching) {
  const named = (headers?.length ?? 0) + (metadata?.length ?? 0) + (queryParameters?.length ?? 0);
  const once = [prefix !== undefined && prefix !== '/', path, method, hostname, serviceName].filter(Boolean);
  return named + once.length;
}

function visitorFor(protocol: Protocol, match: Matching): Visitor {
  const named = new Map<string, string>();
  for (const each of namedOf(match)) if (each.invert !== true) named.set(each.name, sample(each.match));
  const { prefix = '/', path, hostname, serviceName, methodName } = match;
  const call = `/${serviceName ?? 'any.Service'}/${methodName ?? 'Call'}`;
  const asked = path?.exact ?? (path?.regex === undefined ? undefined : `/${path.regex}`) ?? prefix;
  return {
    protocol,
    port: match.port,
    method: match.method ?? (protocol === 'grpc' ? 'POST' : 'GET'),
    path: protocol === 'grpc' ? call : asked,
    host: hostname?.exact ?? (hostname?.suffix === undefined ? 'any.example' : `www${hostname.suffix}`),
    named,
  };
}

const namedOf = ({ headers = [], metadata = [], queryParameters = [] }: Matching) => [
  ...headers,
  ...metadata,
  ...queryParameters,
];

/** Text that a matcher takes. A regular expression stands for whatever would fit it. */
function sample(match: Named['match'] = {}): string {
  const { exact, prefix, suffix, regex, range } = match;
  return (
    exact ?? (prefix && `${prefix}1`) ?? (suffix && `1${suffix}`) ?? regex ?? String(range?.start ?? 'yes')
  );
}

function fits(visitor: Visitor, match: Matching): boolean {
  const { prefix, path, port, method, hostname, serviceName, methodName } = match;
  if (visitor.protocol === 'grpc') {
    const [, service, called] = visitor.path.split('/');
    if (serviceName !== undefined && serviceName !== service) return false;
    if (methodName !== undefined && methodName !== called) return false;
  }
  if (prefix !== undefined && !visitor.path.startsWith(prefix)) return false;
  if (path?.exact !== undefined && path.exact !== visitor.path) return false;
  if (path?.regex !== undefined && `/${path.regex}` !== visitor.path) return false;
  if (port !== undefined && visitor.port !== undefined && port !== visitor.port) return false;
  if (method !== undefined && method !== visitor.method) return false;
  if (hostname?.exact !== undefined && hostname.exact !== visitor.host) return false;
  if (hostname?.suffix !== undefined && !visitor.host.endsWith(hostname.suffix)) return false;
  return namedOf(match).every(
    (each) => fitsNamed(each, visitor.named.get(each.name)) !== (each.invert ?? false),
  );
}

function fitsNamed({ match }: Named, given: string | undefined): boolean {
  if (given === undefined) return false;
  if (!match) return true;
  const { exact, prefix, suffix, regex, range } = match;
  if (exact !== undefined) return given === exact;
  if (prefix !== undefined) return given.startsWith(prefix);
  if (suffix !== undefined) return given.endsWith(suffix);
  if (range) return Number(given) >= range.start && Number(given) < range.end;
  return regex === undefined || regex === given;
}
