/** Sending a JSON Patch to a cluster, rehearsed or for good. */
import 'server-only';
import type { Answer, ClusterClient } from '@/lib/kubernetes';
import type { JsonPatchOp } from '@/lib/providers/app-mesh';
import { clusterFailure, type Attempt } from '../cluster-failure';
import type { Failure } from '../problem';
import { attemptOf, objectPath, type ObjectAddress, type WrittenKind } from './objects';

/** Times a write is tried again when something that does not concern it (a status update) came in between. */
export const ATTEMPTS = 3;

export interface PatchToSend {
  cluster: ClusterClient;
  kind: WrittenKind;
  address: ObjectAddress;
  patch: JsonPatchOp[];
  dryRun: boolean;
  signal: AbortSignal;

  strict?: boolean | undefined;
  /** Whether the object is another one than the patch was made for: asked where the cluster refuses the patch. */
  hasMoved(): Promise<boolean>;
}

/**
 * Sends the patch. API servers answer a failed `test` with 422 just as they do a schema violation, so the object is read
 * again: if it moved, it was the test, and the answer is `again`.
 */
export async function sendPatch({
  cluster,
  kind,
  address,
  patch,
  dryRun,
  signal,
  strict = false,
  hasMoved,
}: PatchToSend): Promise<{ ok: true; body: unknown } | Failure | 'again'> {
  const answer = await cluster.request('PATCH', objectPath(kind, address), {
    query: {
      fieldManager: 'meshdeck',
      ...(strict ? { fieldValidation: 'Strict' } : {}),
      ...(dryRun ? { dryRun: 'All' } : {}),
    },
    body: patch,
    contentType: 'application/json-patch+json',
    writes: !dryRun,
    // A write that is under way is never abandoned because the browser went away: its outcome must be recorded.
    ...(dryRun ? { signal } : {}),
  });
  if (answer.ok) return answer;
  if (answer.kind === 'conflict') return 'again';
  if (answer.kind === 'invalid' && (await hasMoved())) return 'again';
  return writeFailure(answer, dryRun, attemptOf(cluster, 'patch', kind, address));
}

/** What a refused write means: a gateway in between, or a server that ran out of time, answers so although it may have been taken. */
export function writeFailure(
  refusal: Extract<Answer, { ok: false }>,
  dryRun: boolean,
  attempt: Attempt,
): Failure {
  const unsure = !dryRun && refusal.kind === 'refused' && (refusal.status ?? 0) >= 500;
  return clusterFailure(unsure ? { ...refusal, kind: 'outcomeUnknown' } : refusal, attempt);
}
