/** The one function that changes weights. Editor, undo and scripts all come through here. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import type { HistoryEntry } from '@/lib/mesh/model';
import { seenTargets } from '@/lib/mesh/weights';
import type { ClusterClient } from '@/lib/kubernetes';
import { weightsPatch, type JsonPatchOp, type RawObject } from '@/lib/providers/app-mesh';
import { clusterFailure } from '../cluster-failure';
import { fail, type Failure } from '../problem';
import type { MeshSource } from '../source';
import { describeChange } from './answer';
import { conflict, expectedOf, isAsExpected, type Expected } from './conflict';
import { checkGuards } from './guards';
import { asRawObject, attemptOf, readLive, routerPath, type LiveRoute, type RouteAddress } from './live';
import { checkUndo } from './undo';

/** Times a write is tried again when something that does not concern it (a status update) came in between. */
const ATTEMPTS = 3;

export interface WeightsChange {
  source: MeshSource;
  cluster: ClusterClient;
  address: RouteAddress;
  body: WeightsRequest;
  /** Who changes, for the history. */
  by: string;
  now: Date;
  signal: AbortSignal;
}

type Applied = { ok: true; answer: WeightsAnswer } | Failure;
/** `again`: the object moved between reading and writing. */
type Attempted = Applied | 'again';

const plain = (targets: readonly { node: string; weight: number }[]) =>
  targets.map(({ node, weight }) => ({ node, weight }));

function historyEntry(change: WeightsChange, live: LiveRoute): HistoryEntry {
  const { body, by, now } = change;
  const reason = body.reason === '' ? undefined : body.reason;
  return {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(reason === undefined ? {} : { reason }),
    route: live.route.name,
    before: plain(seenTargets(live.route)),
    after: plain(body.targets),
    ...(body.undo === undefined ? {} : { undoOf: body.undo }),
  };
}

function targetsDiffer(change: WeightsChange, live: LiveRoute): Failure {
  const names = (targets: readonly { node: string }[]) => targets.map(({ node }) => node).join(', ') || '–';
  return fail('E402', {
    values: { given: names(change.body.targets), present: names(seenTargets(live.route)) },
  });
}

/** The patch for exactly the object that was read: the guards looked at that one and at no other. */
function patchFor(
  change: WeightsChange,
  live: LiveRoute,
  entry: HistoryEntry,
): { ok: true; patch: JsonPatchOp[] } | Failure {
  const made = weightsPatch(live.raw, live.route.name, change.body.targets, entry);
  if (!made.ok)
    return made.kind === 'targetsDiffer'
      ? targetsDiffer(change, live)
      : fail('E405', { values: { route: live.route.name } });
  const version: JsonPatchOp = {
    op: 'test',
    path: '/metadata/resourceVersion',
    value: live.raw.metadata.resourceVersion,
  };
  return { ok: true, patch: [version, ...made.patch] };
}

/**
 * Sends the patch. API servers answer a failed `test` with 422 just as they do a schema violation, so the object is read
 * again: if it moved, it was the test.
 */
async function send(
  change: WeightsChange,
  live: LiveRoute,
  patch: JsonPatchOp[],
  dryRun: boolean,
): Promise<{ ok: true; raw: RawObject } | Failure | 'again'> {
  const { cluster, address, signal } = change;
  const answer = await cluster.request('PATCH', routerPath(address), {
    query: { fieldManager: 'meshdeck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: patch,
    contentType: 'application/json-patch+json',
    // A write that is under way is never abandoned because the browser went away: its outcome must be recorded.
    ...(dryRun ? { signal } : {}),
  });
  if (answer.ok) return { ok: true, raw: asRawObject(answer.body) };
  if (answer.kind === 'conflict') return 'again';
  if (answer.kind === 'invalid') {
    const now = await readLive(change.source, cluster, address, signal);
    if (now.ok && now.raw.metadata.resourceVersion !== live.raw.metadata.resourceVersion) return 'again';
  }
  if (dryRun && answer.kind === 'outcomeUnknown')
    return fail('E501', { values: { server: cluster.server, message: answer.message } });
  return clusterFailure(answer, attemptOf(cluster, 'patch', address));
}

async function attempt(change: WeightsChange, live: LiveRoute, expected: Expected): Promise<Attempted> {
  const { body } = change;
  if (!isAsExpected(expected, live.router, live.route)) return conflict(expected, live, body.targets);
  const entry = historyEntry(change, live);
  const made = patchFor(change, live, entry);
  if (!made.ok) return made;
  const guarded = checkGuards(live, body);
  if (!guarded.ok) return guarded;
  const refusedUndo = checkUndo(body, live.router, live.route);
  if (refusedUndo !== undefined) return refusedUndo;

  const rehearsed = await send(change, live, made.patch, true);
  if (rehearsed === 'again' || !rehearsed.ok) return rehearsed;
  if (body.dryRun === true)
    return { ok: true, answer: describeChange(change, live, rehearsed.raw, 'dryRun', guarded.warnings) };
  const written = await send(change, live, made.patch, false);
  if (written === 'again' || !written.ok) return written;
  const answer = describeChange(change, live, written.raw, 'applied', guarded.warnings);
  return { ok: true, answer: { ...answer, historyId: entry.id } };
}

/**
 * Reads the live router, checks what the caller saw against it, guards, rehearses as a dry run and writes. Nothing is
 * written unless every step before held. Failures: E202, E203, E204, E303, E304, E401…E405, E409, E410, E501…E505.
 */
export async function applyWeights(change: WeightsChange): Promise<Applied> {
  const { source, cluster, address, body, signal } = change;
  let expected: Expected | undefined;
  for (let tries = 1; ; tries += 1) {
    const live = await readLive(source, cluster, address, signal);
    if (!live.ok) return live;
    expected ??= expectedOf(body, live.router, live.route);
    const outcome = await attempt(change, live, expected);
    if (outcome !== 'again') return outcome;
    if (tries === ATTEMPTS) return conflict(expected, live, body.targets);
  }
}
