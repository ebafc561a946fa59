/** What would refuse a shift at its start, or keep it waiting: the machine's own answer, asked before anything is made. */
import 'server-only';
import type { StartAnswer } from '@/lib/api/shifts';
import { routerKey } from '@/lib/mesh/keys';
import type { MeshModel } from '@/lib/mesh/model';
import type { RawObject, World } from '@/lib/providers/app-mesh';
import { nodeStates, routerFacts } from '@/lib/providers/app-mesh/shift-world';
import { transition, type Reason, type RouterFacts, type ShiftSpec, type ShiftWorld } from '@/lib/shifts';

export type Obstacle = StartAnswer['obstacles'][number];

export interface Surroundings {
  namespace: string;
  name: string;
  /** What was read of the cluster. */
  world: World;
  models: readonly MeshModel[];
  /** Somebody can be asked to measure. */
  measurable: boolean;
}

function worldOf(spec: ShiftSpec, { namespace, name, world, models, measurable }: Surroundings): ShiftWorld {
  const routers = (world['virtualrouters'] ?? []).filter(
    ({ metadata }: RawObject) =>
      metadata.namespace === namespace && spec.routes.some(({ router }) => router === metadata.name),
  );
  const mesh = models.find(({ entities }) =>
    spec.routes.some(({ router }) => entities.has(routerKey(namespace, router))),
  );
  return {
    self: { namespace, name, uid: '', generation: 1, deleting: false, kept: false },
    routers: Object.fromEntries(routers.map((raw) => [raw.metadata.name, routerFacts(raw, models)])),
    nodes: nodeStates(spec, namespace, models),
    controlPlane: mesh?.mesh.controlPlane ?? 'unknown',
    measurable,
    samples: [],
  };
}

const each = (world: ShiftWorld, change: (router: RouterFacts) => RouterFacts): ShiftWorld => ({
  ...world,
  routers: Object.fromEntries(Object.entries(world.routers).map(([name, facts]) => [name, change(facts)])),
});

/** The world without one obstacle, to see what comes after it; `undefined` where nothing could be seen beyond it. */
function without(reason: Reason, world: ShiftWorld): ShiftWorld | undefined {
  switch (reason) {
    case 'Locked':
      return each(world, (facts) => ({ ...facts, lock: undefined, ownership: { manager: 'none' } }));
    case 'Owned':
    case 'Unacknowledged':
      return each(world, (facts) => ({ ...facts, ownership: { manager: 'none' } }));
    case 'Frozen':
      return { ...world, controlPlane: 'live' };
    case 'NoTelemetry':
      return { ...world, measurable: true };
    case 'TargetNotReady':
      return {
        ...world,
        nodes: Object.fromEntries(
          Object.entries(world.nodes).map(([name, state]) => [name, state === 'notReady' ? 'ready' : state]),
        ),
      };
    case 'RouterPending':
      return each(world, (facts) => ({ ...facts, acceptedGeneration: facts.generation }));
    default:
      return undefined;
  }
}

/** Everything in the way of a start, what refuses it before what only delays it. */
export function startObstacles(spec: ShiftSpec, around: Surroundings, nowMs: number): Obstacle[] {
  const found: Obstacle[] = [];
  let world: ShiftWorld | undefined = worldOf(spec, around);
  const seen = new Set<Reason>();
  while (world !== undefined) {
    const { status } = transition(spec, undefined, world, nowMs);
    const { phase, reason, message = '', said } = status;
    if (reason === undefined || seen.has(reason)) break;
    seen.add(reason);
    found.push({ reason, message, ...(said ? { said } : {}), waits: phase !== 'Refused' });
    world = without(reason, world);
  }
  return found;
}
