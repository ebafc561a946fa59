import type { GatewayRoute, Route } from '@/lib/mesh/model';

/** A route by its name; a gateway route, which is an object, with its namespace. */
export const routeName = (route: Route | GatewayRoute): string =>
  'kind' in route ? `${route.ref.namespace}/${route.ref.name}` : route.name;
