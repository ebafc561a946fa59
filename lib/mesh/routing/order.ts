/** In which order a proxy tries the routes of a router or gateway. */
import type { GatewayRoute, MatchCondition, Route } from '../model';

type AnyRoute = Route | GatewayRoute;

export const isGatewayRoute = (route: AnyRoute): route is GatewayRoute => 'kind' in route;

/** What the API calls a route. */
const apiName = (route: AnyRoute) => (isGatewayRoute(route) ? route.awsName : route.name);

/**
 * 0 is tried first. A gateway route without a priority has 1000 (the CRD says so); a route without one comes after all that
 * have one.
 */
const rankOf = (route: AnyRoute): number =>
  route.priority ?? (isGatewayRoute(route) ? 1000 : Number.POSITIVE_INFINITY);

const pathOf = (match: readonly MatchCondition[]) =>
  match.find(({ on }) => on === 'prefix' || on === 'path' || on === 'service');

/** Characters of the path a route asks for; whoever asks for none takes `/`. A call of gRPC is the path `/service/method`. */
function lengthOf({ match }: AnyRoute): number {
  const path = pathOf(match);
  if (!path) return 1;
  const text = path.operand ?? '';
  if (path.on !== 'service') return text.length;
  return 1 + text.length + (text.includes('/') ? 0 : 1);
}

/**
 * Routes in the order in which they are tried: by priority, then the longer path, then by name. That the longest prefix is first is
 * documented for gateway routes, and what App Mesh did for routes before they had priorities. The rest is an assumption.
 */
export function inOrder<R extends AnyRoute>(routes: readonly R[]): R[] {
  return [...routes].sort((a, b) => {
    const [first, second] = [rankOf(a), rankOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    const byLength = lengthOf(b) - lengthOf(a);
    if (byLength !== 0) return byLength;
    return apiName(a) < apiName(b) ? -1 : apiName(a) > apiName(b) ? 1 : 0;
  });
}

/** Whether it is written down which of two routes is tried first. */
export function isOrderKnown(a: AnyRoute, b: AnyRoute): boolean {
  if (rankOf(a) !== rankOf(b)) return true;
  const isPrefix = (route: AnyRoute) => (pathOf(route.match)?.on ?? 'prefix') === 'prefix';
  return isPrefix(a) && isPrefix(b) && lengthOf(a) !== lengthOf(b);
}
