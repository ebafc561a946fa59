/** Which App Mesh API a route without a namespace is written to. */
import 'server-only';
import { routerKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import { unfitting } from '../body';
import { notReady } from '../call';
import { fail, type Failure } from '../problem';
import type { MeshSource } from '../source';
import type { ApiRouteAddress } from './api-live';

interface Asked {
  /** Name of the mesh in the source asked for; may be left out where only one has such a router. */
  mesh: string | undefined;
  /** Of the router. */
  name: string;
  route: string;
}

/** The API behind a mesh of a source: itself, or one that a cluster is joined with and that holds the router. */
function apiOf(
  source: MeshSource,
  model: MeshModel,
  router: string,
): Pick<ApiRouteAddress, 'source' | 'mesh'> | undefined {
  const mesh = model.mesh.ref.name;
  if (source.kind === 'appmesh') return { source, mesh };
  const key = routerKey('', router);
  const taken = source.taken(mesh).find((each) => each.model.entities.has(key));
  return taken && { source: taken.source, mesh: taken.name };
}

/** Finds the API and the picture of a router. Failures: E303, E503, and E101 where the mesh must be named. */
export function findApiRoute(
  source: MeshSource,
  { mesh, name, route }: Asked,
): { ok: true; address: ApiRouteAddress } | Failure {
  const key = routerKey('', name);
  const holding = source.hub
    .models()
    .filter((model) => (mesh === undefined || model.mesh.ref.name === mesh) && model.entities.has(key));
  const [pictured, another] = holding;
  if (another !== undefined)
    return unfitting([
      {
        code: 'custom',
        path: ['mesh'],
        message: `several meshes have a router ${name}; name one with ?mesh=`,
        input: mesh,
      },
    ]);
  const api = pictured && apiOf(source, pictured, name);
  if (pictured === undefined || api === undefined)
    return source.hub.ready()
      ? fail('E303', { values: { kind: 'VirtualRouter', namespace: '', name } })
      : notReady(source);
  return { ok: true, address: { ...api, router: name, route, pictured } };
}
