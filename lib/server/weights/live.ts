/** A router as the cluster holds it at this moment, placed in the picture of its mesh. */
import 'server-only';
import { routerKey } from '@/lib/mesh/keys';
import type { MeshModel, Route, Router } from '@/lib/mesh/model';
import type { ClusterClient } from '@/lib/kubernetes';
import type { RawObject } from '@/lib/providers/app-mesh';
import { notReady } from '../call';
import { clusterFailure } from '../cluster-failure';
import { fail, type Failure } from '../problem';
import type { KubernetesSource } from '../kubernetes-source';
import { asRawObject, attemptOf, modelWith, objectPath, ROUTER } from '../writing/objects';
import type { ObjectAddress } from '../writing/objects';

export interface RouteAddress extends ObjectAddress {
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

/** Reads a router from the cluster. Failures: those of the cluster, E303, E405, E503; `route` is named where it cannot be read. */
export async function readLive(
  source: KubernetesSource,
  cluster: ClusterClient,
  address: RouteAddress,
  signal: AbortSignal,
): Promise<LiveRouter | Failure> {
  const answer = await cluster.request('GET', objectPath(ROUTER, address), { signal });
  if (!answer.ok) return clusterFailure(answer, attemptOf(cluster, 'get', ROUTER, address));
  const raw = asRawObject(answer.body);
  const model = modelWith(source, ROUTER, raw);
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
