/** Which routes a shift may begin with, and which move along. */
import { nodeName } from '@/lib/shifts';
import type { ShiftRoute } from '@/lib/shifts';
import { shortName } from '../templates';
import type { ShiftableRoute } from '../use-routes';

/** A route as a shift names it: from the target with most traffic to the first of the others. */
export function shiftRoute({ namespace, router, route, targets }: ShiftableRoute): ShiftRoute {
  const [from] = [...targets].sort((a, b) => b.weight - a.weight);
  const to = targets.find(({ node }) => node !== from?.node);
  return {
    router,
    route,
    from: shortName(from?.node ?? '', namespace),
    to: shortName(to?.node ?? '', namespace),
  };
}

/** Of other routes those that lead to both nodes of the first one, the same way: what a release most often moves along. */
export function routesAlike(
  [first]: readonly ShiftRoute[],
  others: readonly ShiftableRoute[],
  namespace: string,
): ShiftRoute[] {
  if (first === undefined) return [];
  const pair = [first.from, first.to].map((node) => nodeName(node, namespace));
  return others
    .filter(({ targets }) => pair.every((node) => targets.some((target) => target.node === node)))
    .map(({ router, route }) => ({ router, route, from: first.from, to: first.to }));
}
