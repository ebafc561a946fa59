/** MD2xx: routes and their weights. */
import type { Finding } from '../finding';
import type { GatewayRoute, MatchCondition, Route, Router } from '../model';
import { finding, targetName } from './make';

const HIGHEST_TOTAL = 100;

/** Tells a route of a router apart. Nothing keeps two of them from having one name. */
function nameOf(router: Router, route: Route): string {
  const first = router.routes.find(({ name }) => name === route.name);
  return first === route ? route.name : `${route.name}#${route.index}`;
}

function weightFindings(router: Router, route: Route, path: string): Finding[] {
  const at = nameOf(router, route);
  const total = route.targets.reduce((sum, target) => sum + target.weight, 0);
  const details = { route: route.name, total };
  const related = route.targets.map((target) => target.key);
  const found: Finding[] = [];
  if (total > HIGHEST_TOTAL) found.push(finding('MD201', router.key, { at, path, details, related }));
  if (total === 0 && route.targets.length > 0)
    found.push(finding('MD202', router.key, { at, path, details, related }));
  const seen = new Map<string, number>();
  for (const target of route.targets) {
    const id = `${target.key}|${target.port ?? ''}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    if (times === 2 && target.resolution !== 'unset')
      found.push(
        finding('MD205', router.key, {
          at: `${at}|${id}`,
          path,
          details: { route: route.name, target: targetName(target) },
          related: [target.key],
        }),
      );
  }
  return found;
}

const isPath = (condition: MatchCondition) => condition.on === 'prefix' || condition.on === 'path';
const portOf = (route: Route) => route.match.find((condition) => condition.on === 'port')?.operand;

const sameCondition = (a: MatchCondition, b: MatchCondition) =>
  a.on === b.on &&
  a.name === b.name &&
  a.operator === b.operator &&
  a.operand === b.operand &&
  a.negated === b.negated;

/** Whether all that the narrow condition takes is taken by the wide one. */
function conditionCovers(wide: MatchCondition, narrow: MatchCondition): boolean {
  if (sameCondition(wide, narrow)) return true;
  if (wide.on !== narrow.on || wide.name !== narrow.name || wide.negated || narrow.negated) return false;
  // A service without a method stands for all of its methods.
  if (wide.on === 'service') return narrow.operand?.startsWith(`${wide.operand}/`) ?? false;
  return wide.operator === 'present';
}

/** Whether every path the second takes is taken by the first. Only prefixes and exact paths are compared; a regex never counts as wider. */
function pathCovers(first: Route, second: Route): boolean {
  const wide = first.match.find(isPath);
  const narrow = second.match.find(isPath);
  if (!wide || (wide.on === 'prefix' && wide.operand === '/')) return true;
  if (!narrow) return false;
  if (wide.on === 'prefix')
    return narrow.operator !== 'regex' && (narrow.operand ?? '').startsWith(wide.operand ?? '');
  return sameCondition(wide, narrow);
}

/** Whether everything `second` would take is taken by `first` before it. */
function covers(first: Route, second: Route): boolean {
  if (first.protocol !== second.protocol || first.protocol === 'unknown') return false;
  if (portOf(first) !== undefined && portOf(first) !== portOf(second)) return false;
  const conditions = first.match.filter((condition) => !isPath(condition) && condition.on !== 'port');
  return (
    pathCovers(first, second) &&
    conditions.every((wide) => second.match.some((narrow) => conditionCovers(wide, narrow)))
  );
}

/** Lower numbers are tried first, routes without priority last; among equals the order is not documented, so nothing is said. */
const triedBefore = (a: Route, b: Route) =>
  (a.priority ?? Number.POSITIVE_INFINITY) < (b.priority ?? Number.POSITIVE_INFINITY);

function shadowed(router: Router, route: Route, path: string): Finding[] {
  const cover = router.routes.find((other) => triedBefore(other, route) && covers(other, route));
  return cover
    ? [
        finding('MD206', router.key, {
          at: nameOf(router, route),
          path,
          details: { route: route.name, by: cover.name },
        }),
      ]
    : [];
}

/** A gateway route is its own object, and has one body as a route has. */
export function gatewayRouteFindings(route: GatewayRoute): Finding[] {
  return route.protocol === 'unknown'
    ? [finding('MD203', route.key, { path: 'spec', details: { route: route.ref.name } })]
    : [];
}

export function routingFindings(router: Router): Finding[] {
  if (router.routes.length === 0) return [finding('MD204', router.key)];
  return router.routes.flatMap((route) => {
    const path = `spec.routes[${route.index}]`;
    if (route.protocol === 'unknown')
      return [
        finding('MD203', router.key, { at: nameOf(router, route), path, details: { route: route.name } }),
      ];
    return [...weightFindings(router, route, path), ...shadowed(router, route, path)];
  });
}
