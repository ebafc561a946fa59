/** The way of a request through the mesh, hop by hop, as the edges of the topology are named. */
import type { EntityKey } from '../keys';
import type { Route, Router } from '../model';
import type { GatewayCard } from '../topology';
import { decide } from './decide';
import { onward } from './forward';
import type { RouteRequest } from './request';

/** One edge. `row` is the route of a router, or the key of a gateway route. */
export interface Hop {
  source: EntityKey;
  row?: string | undefined;
  target: EntityKey;
}

/** To every target that the route sends anything to: which of them answers is drawn by lot. */
const hopsOf = (router: Router, route: Route | undefined): Hop[] =>
  (route?.targets ?? [])
    .filter(({ weight }) => weight > 0)
    .map(({ key }) => ({ source: router.key, row: route?.name, target: key }));

/** Follows a request from a router or gateway on. Empty where no route takes it. `find` gives an object of the mesh by its key. */
export function trailOf(
  entity: Router | GatewayCard,
  request: RouteRequest,
  find: Parameters<typeof onward>[2],
): Hop[] {
  if (entity.kind === 'router') return hopsOf(entity, decide(entity, request).route);
  const { route } = decide(entity, request);
  if (!route) return [];
  const { service, router, node } = onward(route, request, find);
  const answers = router?.entity.key ?? node?.key;
  return [
    { source: entity.key, row: route.key, target: route.target.key },
    ...(service && answers ? [{ source: service.key, target: answers }] : []),
    ...(router ? hopsOf(router.entity, router.decision.route) : []),
  ];
}
