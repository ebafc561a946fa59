/** Does what the machine decided. Everything is guarded by what was read, so that doing it late, or twice, changes nothing. */
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import type { RawObject } from '@/lib/providers/app-mesh';
import { finalizerPatch, shiftWritePatch, unlockPatch } from '@/lib/providers/app-mesh/shift-patch';
import { SHIFT_RESOURCE, type TrafficShift } from '@/lib/providers/app-mesh/shifts';
import { audit, type Log } from '@/lib/server/log';
import { lockOf, type Effect } from '@/lib/shifts';
import { tell } from './events';
import { asObject, routerPath, shiftPath } from './live';

const MANAGER = 'meshdeck-engine';
const JSON_PATCH = 'application/json-patch+json';

export interface Performer {
  cluster: ClusterClient;
  log: Log;
  identity: string;
  source: string;
  /** Epoch milliseconds by the cluster's clock. */
  now(): number;
  /** Asked right before each write. */
  mayWrite(): boolean;
  /** Begins to measure; the answer comes to a later turn. */
  measure(shift: TrafficShift, question: Extract<Effect, { kind: 'measure' }>['question']): void;
}

/** done: it holds now. again: something came in between. failed: the cluster refused, or did not answer; unsure: it may hold all the same. */
export type Performed =
  { kind: 'done' } | { kind: 'again' } | { kind: 'failed'; message: string; unsure?: boolean };

const DONE: Performed = { kind: 'done' };

type Patch = ReturnType<typeof finalizerPatch>;

async function patch({ cluster, mayWrite }: Performer, path: string, ops: Patch): Promise<Performed> {
  if (!mayWrite()) return { kind: 'failed', message: 'the lease is not held' };
  const answer = await cluster.request('PATCH', path, {
    query: { fieldManager: MANAGER },
    body: ops,
    contentType: JSON_PATCH,
  });
  if (answer.ok) return DONE;
  // A failed test is a 422 like a refusal by the schema; the next turn reads what it was.
  if (answer.kind === 'conflict') return { kind: 'again' };
  return { kind: 'failed', message: answer.message, unsure: answer.kind === 'outcomeUnknown' };
}

const outcomeOf = (performed: Performed): 'applied' | 'refused' | 'unknown' => {
  if (performed.kind === 'done') return 'applied';
  return performed.kind === 'failed' && performed.unsure === true ? 'unknown' : 'refused';
};

async function write(
  performer: Performer,
  shift: TrafficShift,
  router: RawObject | undefined,
  effect: Extract<Effect, { kind: 'write' }>,
): Promise<Performed> {
  if (router === undefined) return { kind: 'again' };
  const at = new Date(performer.now()).toISOString();
  const ops = shiftWritePatch(router, effect, lockOf(shift), at);
  if (ops === undefined) return { kind: 'again' };
  const path = routerPath({ namespace: shift.namespace, name: effect.router });
  const performed = await patch(performer, path, ops);
  for (const { route, before, after } of effect.routes)
    audit(performer.log, {
      action: 'shift',
      source: performer.source,
      object: `${shift.namespace}/${effect.router}`,
      route,
      dryRun: false,
      outcome: outcomeOf(performed),
      by: effect.by,
      reason: effect.reason,
      historyId: `${shift.uid}.${effect.intent}`,
      before,
      after,
    });
  return performed;
}

/** Performs one effect. `routers` are as the machine saw them. */
export async function perform(
  performer: Performer,
  shift: TrafficShift,
  routers: ReadonlyMap<string, RawObject>,
  effect: Effect,
): Promise<Performed> {
  const { cluster, identity, now } = performer;
  switch (effect.kind) {
    case 'keep':
    case 'letGo':
      return patch(performer, shiftPath(shift), finalizerPatch(shift.raw, effect.kind === 'keep'));
    case 'write':
      return write(performer, shift, routers.get(effect.router), effect);
    case 'unlock': {
      const router = routers.get(effect.router);
      if (router === undefined) return DONE;
      const path = routerPath({ namespace: shift.namespace, name: effect.router });
      return patch(performer, path, unlockPatch(router, lockOf(shift)));
    }
    case 'measure':
      performer.measure(shift, effect.question);
      return DONE;
    case 'event': {
      const about = [shift.raw, ...effect.routers.flatMap((name) => routers.get(name) ?? [])];
      for (const object of about) await tell(cluster, object, effect, now(), identity);
      return DONE;
    }
  }
}

/** Stores a status over the one that was read, and gives the object as it is then. Somebody else's write in between refuses it. */
export async function storeStatus(
  { cluster, mayWrite }: Performer,
  shift: TrafficShift,
  status: TrafficShift['status'],
): Promise<Exclude<Performed, { kind: 'done' }> | { kind: 'stored'; raw: RawObject }> {
  if (!mayWrite()) return { kind: 'failed', message: 'the lease is not held' };
  const path = `${resourcePath(SHIFT_RESOURCE, shift)}/status`;
  const answer = await cluster.request('PUT', path, {
    query: { fieldManager: MANAGER },
    body: { ...shift.raw, status },
  });
  if (answer.ok) return { kind: 'stored', raw: asObject(answer.body) };
  if (answer.kind === 'conflict') return { kind: 'again' };
  return { kind: 'failed', message: answer.message };
}
