/** Which route takes a request: by match and priority, for requests made up to fit the routes there are. */
import type { ApiResource } from '../appmesh/control-plane';
import { fits, type Matching, type Named, type Protocol, type Visitor } from './fits';

const TYPES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

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

interface Turn extends RouteBody {
  route: ApiResource;
}

/** Gateway routes without a priority count as the last that have one; routes come after all of them. */
const withoutPriority = ({ id }: ApiResource) => (id.kind === 'gatewayRoute' ? 1000 : 1001);

/** What is tried first: the smaller priority, then the longer path, then the name. */
export function byTurn(routes: readonly ApiResource[]): Turn[] {
  const turns = routes.flatMap((route) => {
    const body = bodyOf(route);
    const priority = Number(route.spec['priority'] ?? withoutPriority(route));
    return body ? [{ route, ...body, priority, length: askedPath(body).length }] : [];
  });
  return turns.sort(
    (a, b) => a.priority - b.priority || b.length - a.length || (a.route.id.name < b.route.id.name ? -1 : 1),
  );
}

function askedPath({ protocol, match }: RouteBody): string {
  const { prefix, path, serviceName, methodName } = match;
  if (protocol !== 'grpc') return prefix ?? path?.exact ?? path?.regex ?? '/';
  return serviceName === undefined && methodName === undefined
    ? '/'
    : `/${serviceName ?? ''}/${methodName ?? ''}`;
}

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
  const ordered = byTurn(routes);
  const taken = new Map<ApiResource, { popularity: number; visitor: Visitor }>();
  let total = 0;
  for (const { protocol, match } of ordered) {
    const visitor = visitorFor(protocol, match);
    const winner = ordered.find(
      (other) => other.protocol === protocol && (other.match === match || fits(visitor, other.match)),
    );
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
  const { prefix = '/', path, hostname, serviceName, methodName, queryParameters = [] } = match;
  const call = `/${serviceName ?? 'any.Service'}/${methodName ?? 'Call'}`;
  const asked = path?.exact ?? (path?.regex === undefined ? undefined : `/${path.regex}`) ?? prefix;
  const query = named(queryParameters)
    .map((pair) => pair.join('='))
    .join('&');
  return {
    protocol,
    port: match.port,
    method: match.method ?? (protocol === 'grpc' ? 'POST' : 'GET'),
    scheme: match.scheme ?? 'http',
    path: protocol === 'grpc' ? call : `${asked}${query && `?${query}`}`,
    host: hostname?.exact ?? (hostname?.suffix === undefined ? 'any.example' : `www${hostname.suffix}`),
    headers: new Map(
      named([...(match.headers ?? []), ...(match.metadata ?? [])]).map(([name, text]) => [
        name.toLowerCase(),
        text,
      ]),
    ),
  };
}

/** What is asked for by name, and what fits it. */
const named = (asked: readonly Named[]) =>
  asked.flatMap(({ name, match, invert = false }): [string, string][] => {
    if (invert && !match) return [];
    return [[name, invert ? `no ${sample(match)}!` : sample(match)]];
  });

/** Text that a matcher takes. A regular expression stands for whatever would fit it. */
function sample(match: Named['match'] = {}): string {
  const { exact, prefix, suffix, regex, range } = match;
  return (
    exact ?? (prefix && `${prefix}1`) ?? (suffix && `1${suffix}`) ?? regex ?? String(range?.start ?? 'yes')
  );
}
