/** Which route takes a request, and why none of the others does. */
import type { GatewayRoute, Listener, Protocol, Route, Router } from '../model';
import type { GatewayCard } from '../topology';
import { look } from './conditions';
import type { ConditionReason } from './conditions';
import { inOrder, isOrderKnown } from './order';
import { seen } from './request';
import type { RouteRequest, SeenRequest } from './request';

export type { RouteRequest } from './request';

/** protocol: the route is for another one. body: it has no body or several, and nobody can say what it takes. */
export type Reason =
  | ConditionReason
  | { key: 'protocol'; met: false; asked: Protocol; given: Protocol }
  | { key: 'body'; met: false };

/**
 * taken: it gets the request. passedOver: tried, and does not fit. notReached: not tried any more, since another one took the
 * request; its reasons say whether it would have fitted. aside: not among those that are tried, since it is for another protocol or
 * cannot be read.
 */
export interface Considered<R> {
  route: R;
  outcome: 'taken' | 'passedOver' | 'notReached' | 'aside';
  /** Whether all it asks for is met. */
  fits: boolean;
  /** One for each thing it asks for, in the order of its match; nothing where it takes whatever comes. */
  reasons: Reason[];
}

/**
 * taken: the first that fits; `position` counts from 1. noListener: nobody listens there, `other` being what is spoken at the
 * port. noRoutes: there are none. noneSpeaks: none for the protocol. noneFits: of `tried` routes.
 */
export type Why =
  | { key: 'taken'; position: number }
  | { key: 'noListener'; port: number | undefined; protocol: Protocol; other: Protocol | undefined }
  | { key: 'noRoutes' }
  | { key: 'noneSpeaks'; protocol: Protocol }
  | { key: 'noneFits'; tried: number };

/**
 * What the answer depends on and nobody here knows. order: `other` fits as well and has the same priority. regex: `other` would
 * come first if its regular expression, which cannot be read here, fits.
 */
export interface Doubt<R> {
  key: 'order' | 'regex';
  other: R;
}

export interface Decision<R> {
  route: R | undefined;
  why: Why;
  /** In the order in which they are tried, and after them those that are not. */
  considered: Considered<R>[];
  doubts: Doubt<R>[];
  /** Where nothing fits: what comes closest of those that are tried. */
  closest: Considered<R> | undefined;
  /** The request as it was looked at: at its port, and with the path a gateway makes of it. */
  request: SeenRequest;
}

type RoutesOf<E> = E extends Router ? Route : GatewayRoute;

/**
 * The route of a router or gateway that a request takes. It is decided by what the objects ask for, whether or not a control plane
 * has taken them.
 */
export function decide<E extends Router | GatewayCard>(
  entity: E,
  request: RouteRequest,
): Decision<RoutesOf<E>> {
  const routes = (entity.kind === 'router' ? entity.routes : entity.rows) as RoutesOf<E>[]; // told apart by its kind
  return decideAmong(routes, entity.listeners, request, entity.kind === 'gateway');
}

function decideAmong<R extends Route | GatewayRoute>(
  routes: readonly R[],
  listeners: readonly Listener[],
  request: RouteRequest,
  normalized: boolean,
): Decision<R> {
  const nothing = { route: undefined, considered: [], doubts: [], closest: undefined };
  const door = doorFor(listeners, request);
  if ('why' in door) return { ...nothing, why: door.why, request: seen(request, normalized) };
  const arrived = seen({ ...request, port: door.port }, normalized);
  if (routes.length === 0) return { ...nothing, why: { key: 'noRoutes' }, request: arrived };
  const looked = inOrder(routes).map((route) => {
    const reasons = reasonsOf(route, arrived);
    return { route, reasons, fits: reasons.every(({ met }) => met) };
  });
  const tried = looked.filter((each) => !isAside(each));
  const at = tried.findIndex(({ fits }) => fits);
  const candidates = tried.map((each, n): Considered<R> => ({
    ...each,
    outcome: at === -1 || n < at ? 'passedOver' : n === at ? 'taken' : 'notReached',
  }));
  const others = looked.filter(isAside).map((each): Considered<R> => ({ ...each, outcome: 'aside' }));
  const taken = candidates[at];
  return {
    route: taken?.route,
    why: taken
      ? { key: 'taken', position: at + 1 }
      : tried.length === 0
        ? { key: 'noneSpeaks', protocol: arrived.protocol }
        : { key: 'noneFits', tried: tried.length },
    considered: [...candidates, ...others],
    doubts: doubtsOf(candidates, taken),
    closest: taken ? undefined : closestOf(candidates),
    request: arrived,
  };
}

const isAside = ({ reasons }: { reasons: readonly Reason[] }) =>
  reasons.some(({ key }) => key === 'protocol' || key === 'body');

/** The port a request comes in by. Where there are no listeners, nobody can say that there is none. */
function doorFor(
  listeners: readonly Listener[],
  { port, protocol }: RouteRequest,
): { port: number | undefined } | { why: Why } {
  if (listeners.length === 0) return { port };
  const there = port === undefined ? listeners : listeners.filter((each) => each.port === port);
  const door = there.find((each) => each.protocol === protocol);
  if (door) return { port: door.port };
  const other = port === undefined ? undefined : there[0]?.protocol;
  return { why: { key: 'noListener', port, protocol, other } };
}

function reasonsOf(route: Route | GatewayRoute, request: SeenRequest): Reason[] {
  if (route.protocol === 'unknown') return [{ key: 'body', met: false }];
  if (route.protocol !== request.protocol)
    return [{ key: 'protocol', met: false, asked: route.protocol, given: request.protocol }];
  return route.match.map((condition) => look(condition, request));
}

function doubtsOf<R extends Route | GatewayRoute>(
  considered: readonly Considered<R>[],
  taken: Considered<R> | undefined,
): Doubt<R>[] {
  const missesRegexOnly = ({ reasons, outcome }: Considered<R>) =>
    outcome === 'passedOver' &&
    reasons.some(({ key }) => key === 'unreadable') &&
    reasons.every(({ key, met }) => met || key === 'unreadable');
  return considered.flatMap((each): Doubt<R>[] => {
    if (missesRegexOnly(each)) return [{ key: 'regex', other: each.route }];
    const alike = taken && each !== taken && each.fits && !isOrderKnown(taken.route, each.route);
    return alike ? [{ key: 'order', other: each.route }] : [];
  });
}

/** What misses the least; of equals, what is tried first. */
function closestOf<R>([first, ...rest]: readonly Considered<R>[]): Considered<R> | undefined {
  const missing = ({ reasons }: Considered<R>) => reasons.filter(({ met }) => !met).length;
  return first && rest.reduce((best, each) => (missing(each) < missing(best) ? each : best), first);
}
