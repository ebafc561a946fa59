/** TrafficShifts of a source as the watch holds them. */
import 'server-only';
import type { ListedShift, ShiftsAnswer, ShownShift } from '@/lib/api/shifts';
import { routerKey } from '@/lib/mesh/keys';
import type { MeshModel, Router } from '@/lib/mesh/model';
import { targetReference } from '@/lib/mesh/weights';
import type { RawObject } from '@/lib/providers/app-mesh';
import { readShift, type TrafficShift } from '@/lib/providers/app-mesh/shifts';
import { stepsOf, type RouteWeights, type ShiftSpec } from '@/lib/shifts';
import type { KubernetesSource } from '../kubernetes-source';

/** The command that installs what is missing, in a clone of the project. */
const INSTALL = 'kubectl apply -f deploy/crds';

/** Cached objects are parsed here, each time they are asked for: a cluster has few. */
const rawShifts = (source: KubernetesSource) => (source.shifts?.objects() ?? []) as readonly RawObject[];

/** One of them; `undefined` where it is not among what was read. */
export function heldShift(
  source: KubernetesSource,
  namespace: string,
  name: string,
): ReturnType<typeof readShift> | undefined {
  const raw = rawShifts(source).find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
  return raw && readShift(raw);
}

function routerOf(models: readonly MeshModel[], namespace: string, name: string) {
  const key = routerKey(namespace, name);
  for (const model of models) {
    const router = model.entities.get(key);
    if (router?.kind === 'router') return { model, router };
  }
  return undefined;
}

/** The mesh of the routers of a shift. */
export function meshOf(
  source: KubernetesSource,
  { namespace, spec }: Pick<TrafficShift, 'namespace' | 'spec'>,
): MeshModel | undefined {
  const found = spec.routes.flatMap(
    ({ router }) => routerOf(source.declared(), namespace, router)?.model ?? [],
  );
  return found[0];
}

const weightsOf = (router: Router, route: string): RouteWeights['targets'] | undefined =>
  router.routes
    .find(({ name }) => name === route)
    ?.targets.map((target) => ({ node: targetReference(target), weight: target.weight }));

/** What the routes of a shift say now. Those that are gone are left out. */
export function liveWeights(source: KubernetesSource, namespace: string, spec: ShiftSpec): RouteWeights[] {
  return spec.routes.flatMap(({ router: name, route }) => {
    const router = routerOf(source.declared(), namespace, name)?.router;
    const targets = router && weightsOf(router, route);
    return targets ? [{ router: name, route, targets }] : [];
  });
}

export function shownShift(shift: TrafficShift): ShownShift {
  const { namespace, name, uid, resourceVersion, generation, createdAt, deleting, spec, status } = shift;
  return { namespace, name, uid, resourceVersion, generation, createdAt, deleting, spec, status };
}

function listedShift(source: KubernetesSource, shift: TrafficShift): ListedShift {
  const { namespace, name, uid, createdAt, spec, status } = shift;
  const { canary, blueGreen } = spec.strategy;
  return {
    namespace,
    name,
    uid,
    mesh: meshOf(source, shift)?.mesh.ref.name,
    createdAt,
    routes: spec.routes,
    strategy: canary !== undefined ? 'canary' : blueGreen !== undefined ? 'blueGreen' : 'none',
    by: spec.by,
    phase: status?.phase,
    reason: status?.reason,
    message: status?.message,
    step: status?.step ?? -1,
    steps: stepsOf(spec.strategy).map(({ percent }) => percent),
    weights: status?.weights ?? '',
    startedAt: status?.startedAt,
    finishedAt: status?.finishedAt,
  };
}

/** Whether the shifts of a cluster can be told at all. */
export function shiftsState(source: KubernetesSource): Pick<ShiftsAnswer, 'state' | 'detail' | 'install'> {
  const state = source.shifts?.state();
  const detail = state?.problem?.detail;
  const told = detail === undefined ? {} : { detail };
  if (state?.phase === 'failed' && state.problem?.code === 'notFound')
    return { state: 'absent', install: INSTALL, ...told };
  if (state?.phase === 'failed' && state.problem?.code === 'forbidden')
    return { state: 'forbidden', ...told };
  if (state === undefined || state.phase === 'reconnecting' || state.problem !== undefined)
    return { state: 'unreachable', ...told };
  return { state: state.currentAsOf === undefined ? 'reading' : 'live' };
}

/** All shifts, newest first, and those that cannot be read. */
export function listHeld(source: KubernetesSource): Pick<ShiftsAnswer, 'shifts' | 'unread'> {
  const read = rawShifts(source).map((raw) => ({ raw, read: readShift(raw) }));
  const shifts = read.flatMap(({ read: each }) => (each.ok ? [listedShift(source, each.shift)] : []));
  return {
    shifts: shifts.sort((a, b) => b.createdAt.localeCompare(a.createdAt) || a.name.localeCompare(b.name)),
    unread: read.flatMap(({ raw: { metadata }, read: each }) =>
      each.ok ? [] : [{ namespace: metadata.namespace ?? '', name: metadata.name, message: each.message }],
    ),
  };
}
