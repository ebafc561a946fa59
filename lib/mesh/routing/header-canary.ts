/**
 * A canary by header: a route that is tried before all others and sends the requests of one route that carry a header with a certain
 * content to a new version. Nothing is written here.
 */
import type { MatchCondition, Route, Router, Target, WeightedTarget } from '../model';
import { decide } from './decide';
import type { Decision, RouteRequest } from './decide';

/** The header by which requests are chosen; for gRPC it is metadata. */
export interface CanaryHeader {
  name: string;
  content: string;
}

/** The limits of the API. */
const MOST_HEADERS = 10;
const LONGEST_NAME = 50;
const LONGEST_CONTENT = 255;
/** Where no route has a priority there is room on both sides. */
const FIRST_PRIORITY = 100;

/**
 * noRoute: the router has no such route. protocol: routes of tcp look at no header, and one without a body at nothing. header: name or
 * content is missing, too long or not one of a header. headerTaken: the route looks at that header already. tooManyHeaders: it looks at
 * `most` already. noRoom: another route has priority 0.
 */
export type CanaryProblem =
  | { key: 'noRoute'; route: string }
  | { key: 'protocol'; protocol: Route['protocol'] }
  | { key: 'header'; field: 'name' | 'content' }
  | { key: 'headerTaken'; name: string }
  | { key: 'tooManyHeaders'; most: number }
  | { key: 'noRoom'; first: string };

type Result<T> = ({ ok: true } & T) | { ok: false; problem: CanaryProblem };

/**
 * The route to add. It asks for all that the route `base` asks for and for the header, has a name of its own and the next priority
 * before the smallest number there is, and sends everything to `target`. Retries and timeouts are those of the base.
 */
export function headerCanary(
  router: Router,
  base: string,
  target: Target & { port?: number | undefined },
  header: CanaryHeader,
): Result<{ route: Route }> {
  const from = router.routes.find(({ name }) => name === base);
  if (!from) return refused({ key: 'noRoute', route: base });
  if (from.protocol === 'tcp' || from.protocol === 'unknown')
    return refused({ key: 'protocol', protocol: from.protocol });
  const on = from.protocol === 'grpc' ? 'metadata' : 'header';
  const name = header.name.trim().toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || name.length > LONGEST_NAME)
    return refused({ key: 'header', field: 'name' });
  const content = header.content.trim();
  if (content === '' || content.length > LONGEST_CONTENT || /[\r\n]/.test(content))
    return refused({ key: 'header', field: 'content' });
  const looked = from.match.filter((condition) => condition.on === on);
  if (looked.some((condition) => condition.name?.toLowerCase() === name))
    return refused({ key: 'headerTaken', name });
  if (looked.length >= MOST_HEADERS) return refused({ key: 'tooManyHeaders', most: MOST_HEADERS });
  const priority = priorityBefore(router.routes);
  if (typeof priority === 'object') return refused({ key: 'noRoom', first: priority.first });
  const asked: MatchCondition = { on, name, operator: 'exact', operand: content };
  return {
    ok: true,
    route: {
      name: freeName(router.routes, `${base}-${name}-${content}`),
      index: router.routes.length,
      protocol: from.protocol,
      priority,
      match: withHeader(from.match, asked),
      targets: [alone(target)],
      retry: from.retry,
      timeout: from.timeout,
    },
  };
}

const refused = (problem: CanaryProblem) => ({ ok: false, problem }) as const;

const alone = ({ port, ...target }: Target & { port?: number | undefined }): WeightedTarget => ({
  ...target,
  weight: 100,
  share: 1,
  port,
});

/** The conditions in the order in which the model has them: headers before what comes last, the port. */
function withHeader(match: readonly MatchCondition[], asked: MatchCondition): MatchCondition[] {
  const last = match.findIndex(({ on }) => on === 'port');
  const at = last === -1 ? match.length : last;
  return [...match.slice(0, at), asked, ...match.slice(at)];
}

/** One before the smallest number; where that is 0, the route that has it. */
function priorityBefore(routes: readonly Route[]): number | { first: string } {
  const ranked = routes.filter((route) => route.priority !== undefined);
  const least = Math.min(...ranked.map(({ priority }) => priority ?? Number.POSITIVE_INFINITY));
  if (least === Number.POSITIVE_INFINITY) return FIRST_PRIORITY;
  return least > 0 ? least - 1 : { first: ranked.find(({ priority }) => priority === 0)?.name ?? '' };
}

/** The longest name the API takes is 255. */
const LONGEST_ROUTE = 255;

function freeName(routes: readonly Route[], wanted: string): string {
  const taken = new Set(routes.map(({ name }) => name));
  const plain = wanted
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_ROUTE - 4);
  if (!taken.has(plain)) return plain;
  for (let n = 2; ; n += 1) if (!taken.has(`${plain}-${n}`)) return `${plain}-${n}`;
}

/** The router as it would be with one more route. */
export const withRoute = (router: Router, route: Route): Router => ({
  ...router,
  routes: [...router.routes, route].map((each, index) => ({ ...each, index })),
});

/** A canary, the route whose requests it takes, and the header it goes by. */
export interface HeaderCanary {
  route: Route;
  base: Route;
  header: CanaryHeader;
}

/**
 * The canaries there are: routes that ask for all that another one asks for and for the exact content of one header more, are tried
 * before it and have one target.
 */
export function headerCanaries({ routes }: Router): HeaderCanary[] {
  return routes.flatMap((route) => {
    if (route.targets.length !== 1 || route.priority === undefined) return [];
    for (const base of routes) {
      if (base === route || base.protocol !== route.protocol) continue;
      if ((base.priority ?? Number.POSITIVE_INFINITY) <= route.priority) continue;
      const more = route.match.filter((own) => !base.match.some((other) => sameCondition(own, other)));
      const [only] = more;
      if (more.length !== 1 || route.match.length !== base.match.length + 1) continue;
      if (!only || only.operator !== 'exact' || only.negated === true) continue;
      if (only.on !== 'header' && only.on !== 'metadata') continue;
      return [{ route, base, header: { name: only.name ?? '', content: only.operand ?? '' } }];
    }
    return [];
  });
}

const sameCondition = (a: MatchCondition, b: MatchCondition) =>
  a.on === b.on &&
  a.name === b.name &&
  a.operator === b.operator &&
  a.operand === b.operand &&
  (a.negated ?? false) === (b.negated ?? false);

/** The router without a canary; `undefined` where there is no such canary, so that no other route is ever taken away. */
export function withoutHeaderCanary(router: Router, name: string): Router | undefined {
  if (!headerCanaries(router).some(({ route }) => route.name === name)) return undefined;
  return {
    ...router,
    routes: router.routes.filter((route) => route.name !== name).map((route, index) => ({ ...route, index })),
  };
}

/** Where a request goes now, and where it would go in a changed router. */
export const preview = (
  router: Router,
  changed: Router,
  request: RouteRequest,
): { before: Decision<Route>; after: Decision<Route> } => ({
  before: decide(router, request),
  after: decide(changed, request),
});
