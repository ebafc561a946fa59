/** A route as an App Mesh API holds it at this moment, placed in the picture of its mesh. */
import 'server-only';
import type { ApiMeshRef, ApiResource } from '@/lib/aws/app-mesh';
import { nodeKey, routerKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshModel, MeshNode, Route, Router, WeightedTarget } from '@/lib/mesh/model';
import { seenTargets, type SeenTarget } from '@/lib/mesh/weights';
import { toMeshModel } from '@/lib/providers/app-mesh-api';
import { apiFailure } from '../app-mesh/failure';
import type { AppMeshSource } from '../app-mesh/source';
import { notReady } from '../call';
import { fail, type Failure } from '../problem';

/** A route of an App Mesh API, and the picture it is shown in. */
export interface ApiRouteAddress {
  source: AppMeshSource;
  /** The name the mesh has in that source. */
  mesh: string;
  router: string;
  route: string;
  /** The mesh as it is on screen: of the API alone, or joined with a cluster. */
  pictured: MeshModel;
}

export interface LiveApiRoute {
  ok: true;
  ref: ApiMeshRef;
  resource: ApiResource;
  model: MeshModel;
  router: Router;
  /** With its targets as the picture names them. */
  route: Route;
  /** What the API calls the targets, in the same order. */
  apiNames: readonly string[];
}

/** The picture's own name for a node of the API: in a joined mesh it may be an object of the cluster. */
function nodesByAwsName(model: MeshModel): ReadonlyMap<string, MeshNode> {
  const nodes = new Map<string, MeshNode>();
  for (const entity of model.entities.values()) if (entity.kind === 'node') nodes.set(entity.awsName, entity);
  return nodes;
}

function placed(target: WeightedTarget, nodes: ReadonlyMap<string, MeshNode>): WeightedTarget {
  const node = nodes.get(target.name);
  if (node === undefined) return { ...target, key: nodeKey('', target.name) };
  const { namespace, name } = node.ref;
  return { ...target, key: node.key, namespace, name, resolution: 'ok' };
}

/** The mesh with one route of a router in place of the one last seen. */
export function withRoute(model: MeshModel, key: EntityKey, route: Route): MeshModel {
  const router = model.entities.get(key);
  if (router?.kind !== 'router') return model;
  const routes = router.routes.map((each) =>
    each.name === route.name ? { ...route, index: each.index } : each,
  );
  return { ...model, entities: new Map(model.entities).set(key, { ...router, routes }) };
}

/** Reads a route from the API and places it. Failures: those of the API, E303, E304, E405, E503. */
export async function readApiRoute(
  address: ApiRouteAddress,
  signal: AbortSignal,
): Promise<LiveApiRoute | Failure> {
  const { source, mesh, pictured } = address;
  const held = source.held(mesh);
  if (held?.snapshot === undefined) return notReady(source);
  const { ref, snapshot } = held;
  const answer = await source.api.describeRoute(ref.name, ref.owner, address.router, address.route, signal);
  if (!answer.ok)
    return apiFailure(answer.failure, { ...address, server: source.describe().server || source.spec.region });
  const key = routerKey('', address.router);
  const alone = toMeshModel({ ...snapshot, resources: [answer.result], unread: [] });
  const read = alone.entities.get(key);
  const row = read?.kind === 'router' ? read.routes[0] : undefined;
  const shown = pictured.entities.get(key);
  if (shown?.kind !== 'router')
    return fail('E303', { values: { kind: 'VirtualRouter', namespace: '', name: address.router } });
  if (row === undefined || row.protocol === 'unknown')
    return fail('E405', { values: { route: address.route } });
  const nodes = nodesByAwsName(pictured);
  const route = { ...row, targets: row.targets.map((target) => placed(target, nodes)) };
  const model = withRoute(pictured, key, route);
  const router = model.entities.get(key);
  if (router?.kind !== 'router') throw new Error(`${key} was there a moment ago`);
  return {
    ok: true,
    ref,
    resource: answer.result,
    model,
    router,
    route,
    apiNames: seenTargets(row).map(({ node }) => node),
  };
}

/** Wanted weights with the API's own names; a target that the route does not have keeps the name it was given. */
export function inApiNames<T extends SeenTarget>(
  { route, apiNames }: LiveApiRoute,
  wanted: readonly T[],
): T[] {
  const known = seenTargets(route).map(({ node }) => node);
  return wanted.map((target) => ({ ...target, node: apiNames[known.indexOf(target.node)] ?? target.node }));
}
