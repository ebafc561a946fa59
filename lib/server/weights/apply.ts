/** The one function that changes weights of a cluster's routers. Editor, undo, changes of several and scripts all come through here. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import type { HistoryEntry, Route } from '@/lib/mesh/model';
import { seenTargets } from '@/lib/mesh/weights';
import type { ClusterClient } from '@/lib/kubernetes';
import { routesPatch, type JsonPatchOp, type RawObject } from '@/lib/providers/app-mesh';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import type { KubernetesSource } from '../kubernetes-source';
import { describeChange } from './answer';
import { asRawObject, ROUTER, type ObjectAddress } from '../writing/objects';
import { lastWriter } from '../writing/last-writer';
import { ATTEMPTS, sendPatch } from '../writing/send-patch';
import { conflict, expectedOf, isAsExpected, targetsDiffer, type Expected } from './conflict';
import { checkGuards } from './guards';
import { readLive, routeIn, type LiveRoute, type LiveRouter, type RouteAddress } from './live';
import { checkUndo } from './undo';

/** What is wanted of one route. */
export interface RouteChange {
  route: string;
  body: WeightsRequest;
}

/** New weights for routes of one router: written in one patch, so that all of them change or none does. */
export interface WeightsChange {
  source: KubernetesSource;
  cluster: ClusterClient;
  address: ObjectAddress;
  /** At least one, none twice. */
  routes: readonly RouteChange[];
  dryRun: boolean;
  /** Who changes, for the history. */
  by: string;
  now: Date;
  signal: AbortSignal;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
}

/** A wanted change that every guard let through. */
export interface GuardedChange {
  body: WeightsRequest;
  live: LiveRoute;
  entry: HistoryEntry;
  warnings: WeightsAnswer['warnings'];
}

/** One answer for each route, in the order of the change. A failure that is of one route names it. */
type Applied = { ok: true; answers: WeightsAnswer[] } | (Failure & { route?: string });
/** `again`: the object moved between reading and writing. */
type Attempted = Applied | 'again';

const plain = (targets: readonly { node: string; weight: number }[]) =>
  targets.map(({ node, weight }) => ({ node, weight }));

function historyEntry(body: WeightsRequest, route: Route, { by, now }: WeightsChange): HistoryEntry {
  const reason = body.reason === '' ? undefined : body.reason;
  return {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(reason === undefined ? {} : { reason }),
    route: route.name,
    before: plain(seenTargets(route)),
    after: plain(body.targets),
    ...(body.undo === undefined ? {} : { undoOf: body.undo }),
  };
}

function conflictWith(body: WeightsRequest, expected: Expected, live: LiveRoute): Failure {
  const { ref } = live.router;
  const named = {
    name: `${ref.namespace}/${ref.name}`,
    identity: ref,
    route: live.route,
    changedBy: lastWriter(live.raw),
  };
  return conflict(expected, named, body.targets);
}

/** The patch for exactly the object that was read: the guards looked at that one and at no other. */
function patchFor(
  live: LiveRouter,
  changes: readonly GuardedChange[],
): { ok: true; patch: JsonPatchOp[] } | (Failure & { route?: string }) {
  const made = routesPatch(
    live.raw,
    changes.map(({ body, live: { route }, entry }) => ({ route: route.name, next: body.targets, entry })),
  );
  if (!made.ok) {
    const wrong = changes.find((each) => each.live.route.name === made.route);
    return made.kind === 'targetsDiffer' && wrong
      ? { ...targetsDiffer(wrong.body.targets, wrong.live.route), route: made.route }
      : { ...fail('E405', { values: { route: made.route } }), route: made.route };
  }
  const version: JsonPatchOp = {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: live.raw.metadata.resourceVersion,
  };
  return { ok: true, patch: [version, ...made.patch] };
}

/** Checks one route against what the caller saw, and against every guard. */
function guard(
  change: WeightsChange,
  live: LiveRouter,
  { route, body }: RouteChange,
  expected: Expected,
): { ok: true; guarded: GuardedChange } | Failure {
  const found = routeIn(live, route);
  if (!found.ok) return found;
  if (!isAsExpected(expected, live.router.ref, found.route)) return conflictWith(body, expected, found);
  const named = routesPatch(live.raw, [{ route, next: body.targets }]);
  if (!named.ok && named.kind === 'targetsDiffer') return targetsDiffer(body.targets, found.route);
  const guarded = checkGuards(found, { ...body, dryRun: change.dryRun });
  if (!guarded.ok) return guarded;
  const refusedUndo = checkUndo(body, live.router, found.route);
  if (refusedUndo !== undefined) return refusedUndo;
  const entry = historyEntry(body, found.route, change);
  return { ok: true, guarded: { body, live: found, entry, warnings: guarded.warnings } };
}

/** Sends the patch for the router that was read. */
function send(
  change: WeightsChange,
  live: LiveRouter,
  patch: JsonPatchOp[],
  dryRun: boolean,
): Promise<{ ok: true; body: unknown } | Failure | 'again'> {
  const { source, cluster, address, signal } = change;
  return sendPatch({
    cluster,
    kind: ROUTER,
    address,
    patch,
    dryRun,
    signal,
    async hasMoved() {
      const now = await readLive(source, cluster, firstOf(change), signal);
      return now.ok && now.raw.metadata.resourceVersion !== live.raw.metadata.resourceVersion;
    },
  });
}

/** The router, by its first route: a router that cannot be read at all is told by the route that was asked for. */
const firstOf = ({ address, routes }: WeightsChange): RouteAddress => ({
  ...address,
  route: routes[0]?.route ?? '',
});

/**
 * The answer to a write that was taken. From here on the change stands, whatever it looks like: where what came back cannot
 * be described, what was rehearsed is, and where neither can, the outcome is called unknown (E505) and never a failure.
 */
function described(
  change: WeightsChange,
  changes: readonly GuardedChange[],
  after: { written: unknown; rehearsed: RawObject },
): Applied {
  let message = '';
  for (const read of [() => asRawObject(after.written), () => after.rehearsed])
    try {
      const written = read();
      const answers = changes.map((each) => ({
        ...describeChange(change, each, written, 'applied'),
        historyId: each.entry.id,
      }));
      return { ok: true, answers };
    } catch (error) {
      const historyId = changes.map(({ entry }) => entry.id).join(' ');
      change.log.error({ err: error, historyId }, 'a change that was written could not be described');
      message = error instanceof Error ? error.message : String(error);
    }
  return fail('E505', { values: { message } });
}

async function attempt(
  change: WeightsChange,
  live: LiveRouter,
  expected: readonly Expected[],
): Promise<Attempted> {
  const changes: GuardedChange[] = [];
  for (const [i, wanted] of change.routes.entries()) {
    const saw = expected[i];
    const checked = saw && guard(change, live, wanted, saw);
    if (checked === undefined) throw new Error(`nothing was expected of ${wanted.route}`);
    if (!checked.ok) return { ...checked, route: wanted.route };
    changes.push(checked.guarded);
  }
  const made = patchFor(live, changes);
  if (!made.ok) return made;
  const sent = await send(change, live, made.patch, true);
  if (sent === 'again' || !sent.ok) return sent;
  const rehearsed = asRawObject(sent.body);
  if (change.dryRun)
    return { ok: true, answers: changes.map((each) => describeChange(change, each, rehearsed, 'dryRun')) };
  const written = await send(change, live, made.patch, false);
  if (written === 'again' || !written.ok) return written;
  return described(change, changes, { written: written.body, rehearsed });
}

/** What the caller saw of each route, or, where it did not say, what was read first on its behalf. */
function expectedOfAll(change: WeightsChange, live: LiveRouter): Expected[] | (Failure & { route: string }) {
  const all: Expected[] = [];
  for (const { route, body } of change.routes) {
    const found = routeIn(live, route);
    if (!found.ok) return { ...found, route };
    all.push(expectedOf(body, live.router.ref, found.route));
  }
  return all;
}

/**
 * Reads the live router, checks what the caller saw against it, guards, rehearses as a dry run and writes. Nothing is
 * written unless every step before held for every route. Failures: E202, E203, E204, E303, E304, E401…E405, E409, E410, E501…E505.
 */
export async function applyWeights(change: WeightsChange): Promise<Applied> {
  const { source, cluster, signal } = change;
  let expected: Expected[] | undefined;
  for (let tries = 1; ; tries += 1) {
    const live = await readLive(source, cluster, firstOf(change), signal);
    if (!live.ok) return live;
    if (expected === undefined) {
      const all = expectedOfAll(change, live);
      if (!Array.isArray(all)) return all;
      expected = all;
    }
    const outcome = await attempt(change, live, expected);
    if (outcome !== 'again') return outcome;
    if (tries < ATTEMPTS) continue;
    // Whatever keeps moving, it is the object: the first route stands for it.
    const [first] = change.routes;
    const [saw] = expected;
    const found = first && routeIn(live, first.route);
    if (first === undefined || saw === undefined || found === undefined)
      throw new Error('a change names a route');
    return found.ok ? conflictWith(first.body, saw, found) : found;
  }
}
