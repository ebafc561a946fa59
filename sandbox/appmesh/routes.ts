/** Routes of a router: one resource of the API each, brought in line one after the other, not all at once. */
import type { KubeObject } from '../kube/types';
import { routeSpec, type RouteCr } from './api-spec';
import type { ApiSpec } from './control-plane';
import { arnOf, type ResourceId } from './resource-id';
import { put, type Tools } from './tools';

const routeId = ({ mesh, name }: ResourceId, route: string): ResourceId => ({
  kind: 'route',
  mesh,
  parent: name,
  name: route,
});

/** The API refuses to change the type of a route, so the controller deletes it and creates it anew. */
const typeOf = (spec: ApiSpec) => Object.keys(spec).find((field) => field.endsWith('Route'));

/** Deletes what is no longer wanted, then creates and updates by name. Gives the ARN of every route. */
export async function syncRoutes(
  router: ResourceId,
  object: KubeObject,
  wanted: RouteCr[],
  tools: Tools,
): Promise<Record<string, string>> {
  const specs = new Map(wanted.map((route) => [route.name, routeSpec(route, object, tools.references)]));
  for (const { id, spec } of tools.api.list('route', router.mesh, router.name)) {
    const next = specs.get(id.name);
    if (next && typeOf(next) === typeOf(spec)) continue;
    await tools.step();
    tools.api.delete(id);
  }
  const arns: Record<string, string> = {};
  for (const [name, spec] of [...specs].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { id } = await put(routeId(router, name), spec, tools);
    arns[name] = arnOf(id);
  }
  return arns;
}

export async function deleteRoutes(router: ResourceId, { api, step }: Tools): Promise<void> {
  for (const { id } of api.list('route', router.mesh, router.name)) {
    await step();
    api.delete(id);
  }
}
