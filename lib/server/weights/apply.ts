/** The one function that changes weights. Editor, undo and scripts all come through here. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { WeightsAnswer, WeightsRequest } from '@/lib/api/weights';
import type { HistoryEntry } from '@/lib/mesh/model';
import { seenTargets } from '@/lib/mesh/weights';
import type { ClusterClient } from '@/lib/kubernetes';
import { weightsPatch, type JsonPatchOp, type RawObject } from '@/lib/providers/app-mesh';
import { clusterFailure } from '../cluster-failure';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import type { KubernetesSource } from '../kubernetes-source';
import { describeChange } from './answer';
import { conflict, expectedOf, isAsExpected, lastWriter, targetsDiffer, type Expected } from './conflict';
import { checkGuards } from './guards';
import { asRawObject, attemptOf, readLive, routerPath, type LiveRoute, type RouteAddress } from './live';
import { checkUndo } from './undo';

/** Times a write is tried again when something that does not concern it (a status update) came in between. */
const ATTEMPTS = 3;

export interface WeightsChange {
  source: KubernetesSource;
  cluster: ClusterClient;
  address: RouteAddress;
  body: WeightsRequest;
  /** Who changes, for the history. */
  by: string;
  now: Date;
  signal: AbortSignal;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
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

function conflictWith(change: WeightsChange, expected: Expected, live: LiveRoute): Failure {
  const { ref } = live.router;
  const named = {
    name: `${ref.namespace}/${ref.name}`,
    identity: ref,
    route: live.route,
    changedBy: lastWriter(live.raw),
  };
  return conflict(expected, named, change.body.targets);
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
      ? targetsDiffer(change.body.targets, live.route)
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
): Promise<{ ok: true; body: unknown } | Failure | 'again'> {
  const { cluster, address, signal } = change;
  const answer = await cluster.request('PATCH', routerPath(address), {
    query: { fieldManager: 'meshdeck', ...(dryRun ? { dryRun: 'All' } : {}) },
    body: patch,
    contentType: 'application/json-patch+json',
    writes: !dryRun,
    // A write that is under way is never abandoned because the browser went away: its outcome must be recorded.
    ...(dryRun ? { signal } : {}),
  });
  if (answer.ok) return answer;
  if (answer.kind === 'conflict') return 'again';
  if (answer.kind === 'invalid') {
    const now = await readLive(change.source, cluster, address, signal);
    if (now.ok && now.raw.metadata.resourceVersion !== live.raw.metadata.resourceVersion) return 'again';
  }
  // A gateway in between, or a server that ran out of time, answers so although the write may have been taken.
  const unsure = !dryRun && answer.kind === 'refused' && (answer.status ?? 0) >= 500;
  return clusterFailure(
    unsure ? { ...answer, kind: 'outcomeUnknown' } : answer,
    attemptOf(cluster, 'patch', address),
  );
}

/**
 * The answer to a write that was taken. From here on the change stands, whatever it looks like: where what came back cannot
 * be described, what was rehearsed is, and where neither can, the outcome is called unknown (E505) and never a failure.
 */
function described(
  change: WeightsChange,
  live: LiveRoute,
  after: { written: unknown; rehearsed: RawObject },
  warnings: WeightsAnswer['warnings'],
  historyId: string,
): Applied {
  let message = '';
  for (const read of [() => asRawObject(after.written), () => after.rehearsed])
    try {
      return {
        ok: true,
        answer: { ...describeChange(change, live, read(), 'applied', warnings), historyId },
      };
    } catch (error) {
      change.log.error({ err: error, historyId }, 'a change that was written could not be described');
      message = error instanceof Error ? error.message : String(error);
    }
  return fail('E505', { values: { message } });
}

async function attempt(change: WeightsChange, live: LiveRoute, expected: Expected): Promise<Attempted> {
  const { body } = change;
  if (!isAsExpected(expected, live.router.ref, live.route)) return conflictWith(change, expected, live);
  const entry = historyEntry(change, live);
  const made = patchFor(change, live, entry);
  if (!made.ok) return made;
  const guarded = checkGuards(live, body);
  if (!guarded.ok) return guarded;
  const refusedUndo = checkUndo(body, live.router, live.route);
  if (refusedUndo !== undefined) return refusedUndo;

  const sent = await send(change, live, made.patch, true);
  if (sent === 'again' || !sent.ok) return sent;
  const rehearsed = asRawObject(sent.body);
  if (body.dryRun === true)
    return { ok: true, answer: describeChange(change, live, rehearsed, 'dryRun', guarded.warnings) };
  const written = await send(change, live, made.patch, false);
  if (written === 'again' || !written.ok) return written;
  return described(change, live, { written: written.body, rehearsed }, guarded.warnings, entry.id);
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
    expected ??= expectedOf(body, live.router.ref, live.route);
    const outcome = await attempt(change, live, expected);
    if (outcome !== 'again') return outcome;
    if (tries === ATTEMPTS) return conflictWith(change, expected, live);
  }
}
