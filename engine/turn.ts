/** One turn of one shift: read, decide, store, do. */
import { isDeepStrictEqual } from 'node:util';
import type { MeshModel } from '@/lib/mesh/model';
import type { RawObject } from '@/lib/providers/app-mesh';
import { meshOf, nodeStates, routerFacts } from '@/lib/providers/app-mesh/shift-world';
import type { TrafficShift } from '@/lib/providers/app-mesh/shifts';
import { isFinal, transition, type Sample, type ShiftStatus, type ShiftWorld } from '@/lib/shifts';
import { readLive, type ShiftName } from './live';
import type { Notifier } from './notify/notifier';
import { perform, storeStatus, type Performer } from './perform';

export interface TurnTools extends Performer {
  /** Of the lease. */
  term: number;
  measurable: boolean;
  models(routers: readonly RawObject[], now: Date): readonly MeshModel[];
  samplesOf(uid: string): readonly Sample[];
  notifier: Notifier;
  /** Why the last write of a shift failed, and where to note it. */
  writeProblems: Map<string, string>;
  /** Epoch milliseconds by the cluster's clock, from the first turn on. */
  ledSinceMs?: number;
  /** Somebody with a later term has written. */
  onOvertaken(): void;
  signal: AbortSignal;
}

/** again: take the next turn at once. idle: nothing to do until something changes, or until then. gone: forget it. */
export type TurnOutcome =
  | { kind: 'again' }
  | { kind: 'idle'; wakeAtMs?: number | undefined }
  | { kind: 'gone' }
  | { kind: 'failed'; message: string };

function worldOf(tools: TurnTools, shift: TrafficShift, routers: ReadonlyMap<string, RawObject>): ShiftWorld {
  const { namespace, name, uid, generation, deleting, kept, spec } = shift;
  const models = tools.models([...routers.values()], new Date(tools.now()));
  const mesh = meshOf(models, namespace, spec.routes[0]?.router ?? '')?.mesh;
  const writeProblem = tools.writeProblems.get(uid);
  return {
    self: { namespace, name, uid, generation, deleting, kept },
    routers: Object.fromEntries([...routers].map(([router, raw]) => [router, routerFacts(raw, models)])),
    nodes: nodeStates(spec, namespace, models),
    controlPlane: mesh?.controlPlane ?? 'unknown',
    measurable: tools.measurable,
    samples: tools.samplesOf(uid),
    told: tools.notifier.toldOf(uid),
    ...(tools.ledSinceMs === undefined ? {} : { ledSinceMs: tools.ledSinceMs }),
    ...(writeProblem === undefined ? {} : { writeProblem }),
  };
}

/** What is stored: without what JSON does not carry. */
const plain = (status: ShiftStatus): ShiftStatus => JSON.parse(JSON.stringify(status)) as ShiftStatus;

/** Takes one turn. Nothing of it is kept but what is in the cluster. */
export async function takeTurn(tools: TurnTools, name: ShiftName): Promise<TurnOutcome> {
  const live = await readLive(tools.cluster, name, tools.signal);
  if (!live.ok) {
    if (live.kind === 'gone') return { kind: 'gone' };
    return { kind: 'failed', message: live.message };
  }
  tools.ledSinceMs ??= tools.now();
  const { routers } = live;
  let { shift } = live;
  if ((shift.status?.leader?.term ?? 0) > tools.term) {
    tools.onOvertaken();
    return { kind: 'failed', message: 'an engine of a later term is at work' };
  }
  const { status, effects, wakeAtMs } = transition(
    shift.spec,
    shift.status,
    worldOf(tools, shift, routers),
    tools.now(),
  );
  const { leader: _, ...before } = shift.status ?? {};
  const { leader: __, ...after } = plain(status);
  const changed = !isDeepStrictEqual(before, after);
  if (changed) {
    const leader = { holder: tools.identity, term: tools.term };
    const stored = await storeStatus(tools, shift, { ...after, leader });
    if (stored.kind !== 'stored') return stored;
    shift = { ...shift, raw: stored.raw };
  }
  tools.notifier.offer(shift, after);
  let again = changed;
  for (const effect of effects) {
    const performed = await perform(tools, shift, routers, effect);
    if (effect.kind === 'event' || effect.kind === 'measure') continue;
    again = true;
    if (performed.kind === 'failed') {
      if (effect.kind === 'write') tools.writeProblems.set(shift.uid, performed.message);
      return performed;
    }
    if (effect.kind === 'write') tools.writeProblems.delete(shift.uid);
    // What follows was decided for a router that is another by now.
    if (performed.kind === 'again') break;
  }
  if (again) return { kind: 'again' };
  // One that has ended and holds nothing needs no turn because the world changes; what became of its notices wakes it.
  return isFinal(status) && !shift.kept ? { kind: 'gone' } : { kind: 'idle', wakeAtMs };
}
