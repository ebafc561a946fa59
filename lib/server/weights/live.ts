/** A router as the cluster holds it at this moment, placed in the picture of its mesh. */
import 'server-only';
import { z } from 'zod';
import { routerKey } from '@/lib/mesh/keys';
import type { MeshModel, Route, Router } from '@/lib/mesh/model';
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, buildModels, type RawObject } from '@/lib/providers/app-mesh';
import { notReady } from '../call';
import { clusterFailure, type Attempt } from '../cluster-failure';
import { fail, type Failure } from '../problem';
import type { KubernetesSource } from '../kubernetes-source';

export interface RouterAddress {
  namespace: string;
  name: string;
}

export interface RouteAddress extends RouterAddress {
  route: string;
}

export interface LiveRouter {
  ok: true;
  raw: RawObject;
  model: MeshModel;
  router: Router;
}

export interface LiveRoute extends LiveRouter {
  route: Route;
}

const identified = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), uid: z.string(), resourceVersion: z.string() }),
});

/** Takes an answer of the API server for an object. The rest of it is parsed by the provider, field by field. */
export function asRawObject(body: unknown): RawObject {
  return identified.parse(body) as RawObject;
}

/** Where a router is in the Kubernetes API. */
export function routerPath({ namespace, name }: RouterAddress): string {
  const resource = APP_MESH_RESOURCES.find(({ plural }) => plural === 'virtualrouters');
  if (resource === undefined) throw new Error('virtualrouters are not among the watched resources');
  return resourcePath(resource, { namespace, name });
}

/** The words for a failed request about a router. */
export function attemptOf(cluster: ClusterClient, verb: string, { namespace, name }: RouterAddress): Attempt {
  return { verb, resource: 'virtualrouters', kind: 'VirtualRouter', namespace, name, server: cluster.server };
}

/** The mesh as it would be with this router object in place of the one last seen. `undefined` before the first reading. */
export function modelWith(source: KubernetesSource, raw: RawObject): MeshModel | undefined {
  const world = source.world();
  if (world === undefined) return undefined;
  const { namespace, name } = raw.metadata;
  const others = (world['virtualrouters'] ?? []).filter(
    (other) => other.metadata.namespace !== namespace || other.metadata.name !== name,
  );
  const key = routerKey(namespace ?? '', name);
  const next = { ...world, virtualrouters: [...others, raw] };
  return buildModels(next, new Date(), source.declared(), source.onlyNamespaces).find(
    (model) => model.entities.has(key) || model.malformed.some((bad) => bad.key === key),
  );
}

/** Reads a router from the cluster. Failures: those of the cluster, E303, E405, E503; `route` is named where it cannot be read. */
export async function readLive(
  source: KubernetesSource,
  cluster: ClusterClient,
  address: RouteAddress,
  signal: AbortSignal,
): Promise<LiveRouter | Failure> {
  const answer = await cluster.request('GET', routerPath(address), { signal });
  if (!answer.ok) return clusterFailure(answer, attemptOf(cluster, 'get', address));
  const raw = asRawObject(answer.body);
  const model = modelWith(source, raw);
  if (model === undefined) return notReady(source);
  const router = model.entities.get(routerKey(address.namespace, address.name));
  return router?.kind === 'router'
    ? { ok: true, raw, model, router }
    : fail('E405', { values: { route: address.route } });
}

/** The route of a router. Failures: E304, E405. */
export function routeIn(live: LiveRouter, name: string): LiveRoute | Failure {
  const { ref, routes } = live.router;
  const named = routes.filter((each) => each.name === name);
  const [route] = named;
  if (route === undefined)
    return fail('E304', { values: { route: name, router: `${ref.namespace}/${ref.name}` } });
  return route.protocol === 'unknown' || named.length > 1
    ? fail('E405', { values: { route: name } })
    : { ...live, route };
}
