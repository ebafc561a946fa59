/** A shift and its routers as the cluster holds them at this moment. Watches are behind; what is decided here must not be. */
import { resourcePath, type Answer, type ClusterClient } from '@/lib/kubernetes';
import { APP_MESH_RESOURCES, type RawObject } from '@/lib/providers/app-mesh';
import { readShift, SHIFT_RESOURCE, type TrafficShift } from '@/lib/providers/app-mesh/shifts';

/** Which shift. */
export interface ShiftName {
  namespace: string;
  name: string;
}

export const shiftPath = (name: ShiftName): string => resourcePath(SHIFT_RESOURCE, name);

export function routerPath(name: ShiftName): string {
  const resource = APP_MESH_RESOURCES.find(({ plural }) => plural === 'virtualrouters');
  if (resource === undefined) throw new Error('virtualrouters are not among the watched resources');
  return resourcePath(resource, name);
}

/** An object of the API server; below the metadata nothing is believed before it is parsed. */
export const asObject = (body: unknown): RawObject => body as RawObject;

export type Live =
  | { ok: true; shift: TrafficShift; routers: Map<string, RawObject> }
  /** gone: there is no such shift. malformed: it cannot be read. unreachable: the cluster did not answer, or refused. */
  | { ok: false; kind: 'gone' | 'malformed' | 'unreachable'; message: string };

const failed = (answer: Extract<Answer, { ok: false }>): Live => ({
  ok: false,
  kind: 'unreachable',
  message: answer.message,
});

/** Reads a shift and each of its routers; a router that is not there is not in the answer. */
export async function readLive(cluster: ClusterClient, name: ShiftName, signal: AbortSignal): Promise<Live> {
  const answer = await cluster.request('GET', shiftPath(name), { signal });
  if (!answer.ok)
    return answer.kind === 'notFound' ? { ok: false, kind: 'gone', message: answer.message } : failed(answer);
  const read = readShift(asObject(answer.body));
  if (!read.ok) return { ok: false, kind: 'malformed', message: read.message };
  const { shift } = read;
  const routers = new Map<string, RawObject>();
  for (const router of new Set(shift.spec.routes.map((route) => route.router))) {
    const path = routerPath({ namespace: name.namespace, name: router });
    const found = await cluster.request('GET', path, { signal });
    if (found.ok) routers.set(router, asObject(found.body));
    else if (found.kind !== 'notFound') return failed(found);
  }
  return { ok: true, shift, routers };
}
