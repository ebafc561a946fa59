/** From a wanted change to whoever writes it: a cluster, or an App Mesh API. */
import 'server-only';
import type { WeightsAnswer } from '@/lib/api/weights';
import { notReady, type Call } from '../call';
import { fail, type Failure } from '../problem';
import type { ObjectAddress } from '../writing/objects';
import type { MeshSource } from '../source';
import { applyApiWeights } from './api-apply';
import { findApiRoute } from './api-route';
import { applyWeights, type RouteChange } from './apply';

/** Nobody signs in yet: every change is made by the console's own identity. */
export const BY = 'meshdeck';

/** How a path writes that an object has no namespace: those of an App Mesh API have none. */
export const NO_NAMESPACE = '_';

export interface WantedWrite {
  /** `mesh` tells apart routers of an App Mesh API. */
  router: ObjectAddress & { mesh?: string | undefined };
  /** Of an App Mesh API: exactly one, for there each route is an object of its own. */
  routes: readonly RouteChange[];
  dryRun: boolean;
}

type Sent = { ok: true; answers: WeightsAnswer[] } | (Failure & { route?: string });

/** Checks, guards, rehearses and, unless it is a dry run, writes. One answer for each route. */
export async function sendWeights(
  { console, request }: Pick<Call, 'console' | 'request'>,
  source: MeshSource,
  { router, routes, dryRun }: WantedWrite,
): Promise<Sent> {
  const { namespace, name, mesh } = router;
  const now = new Date();
  const [first, second] = routes;
  if (namespace === NO_NAMESPACE) {
    if (first === undefined || second !== undefined) throw new Error('a route of an API is written alone');
    const found = findApiRoute(source, { name, route: first.route, mesh });
    if (!found.ok) return found;
    const body = { ...first.body, dryRun };
    const applied = await applyApiWeights({ address: found.address, body, now, signal: request.signal });
    return applied.ok ? { ok: true, answers: [applied.answer] } : applied;
  }
  if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'VirtualRouter', namespace, name } });
  if (source.cluster === undefined) return notReady(source);
  return applyWeights({
    source,
    cluster: source.cluster,
    address: { namespace, name },
    routes,
    dryRun,
    by: BY,
    now,
    signal: request.signal,
    log: console.log,
  });
}
