/** The one function that changes the egress filter of a cluster's Mesh. Screen, undo and scripts all come through here. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { EgressAnswer, EgressRequest } from '@/lib/api/egress';
import type { EgressEntry, EgressType, MeshModel } from '@/lib/mesh/model';
import { OWNER_NAMES, ownerLevel } from '@/lib/mesh/ownership';
import type { ClusterClient } from '@/lib/kubernetes';
import {
  effectiveEgress,
  egressHistory,
  egressOf,
  egressPatch,
  kubectlEgressCommand,
  type RawObject,
} from '@/lib/providers/app-mesh';
import { notReady } from '../call';
import { clusterFailure } from '../cluster-failure';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import { beforeAndAfter, kustomizeYaml, type Judging } from '../writing/answer';
import { lastWriter } from '../writing/last-writer';
import { asRawObject, attemptOf, MESH, modelWith, objectPath } from '../writing/objects';
import { writeObject, type Guarded } from '../writing/write-object';

export interface EgressWriting extends Judging {
  cluster: ClusterClient;
  mesh: string;
  body: EgressRequest;
  /** Who changes, for the history. */
  by: string;
  signal: AbortSignal;
  log: Pick<Log, 'error'>;
}

interface LiveMesh {
  raw: RawObject;
  model: MeshModel;
  /** As written; absent where there is no filter. */
  type: EgressType | undefined;
}

interface GuardedEgress extends Guarded {
  live: LiveMesh;
  after: EgressType | undefined;
  warnings: EgressAnswer['warnings'];
}

type Expected = NonNullable<EgressRequest['expected']>;

/** Failures: those of the cluster, E303, E503. */
async function readLive({ source, cluster, mesh, signal }: EgressWriting) {
  const address = { namespace: '', name: mesh };
  const answer = await cluster.request('GET', objectPath(MESH, address), { signal });
  if (!answer.ok) return clusterFailure(answer, attemptOf(cluster, 'get', MESH, address));
  const raw = asRawObject(answer.body);
  const model = modelWith(source, MESH, raw);
  return model === undefined ? notReady(source) : { ok: true as const, raw, model, type: egressOf(raw) };
}

/** The same object, and either unchanged altogether or with the filter that was seen. */
function isAsExpected(expected: Expected, { raw: { metadata }, type }: LiveMesh): boolean {
  if (expected.uid !== metadata.uid) return false;
  return expected.resourceVersion === metadata.resourceVersion || expected.type === effectiveEgress(type);
}

function conflict({ mesh, body }: EgressWriting, expected: Expected, { raw, type }: LiveMesh): Failure {
  const by = lastWriter(raw);
  const theirs = effectiveEgress(type);
  const base = expected.type ?? theirs;
  return fail('E409', {
    values: { kind: 'Mesh', object: mesh, by: by ?? 'none' },
    egressConflict: {
      ...{ base, theirs, mine: body.type ?? base },
      resourceVersion: raw.metadata.resourceVersion,
      ...(by === undefined ? {} : { changedBy: by }),
    },
  });
}

/** What is wanted: a type, or what stood before a recorded change, while what that change left still stands. */
function wanted({ raw, type }: LiveMesh, { body }: EgressWriting) {
  if (body.undo === undefined) return { ok: true as const, after: body.type };
  const entry = egressHistory(raw).find(({ id }) => id === body.undo);
  if (entry === undefined) return fail('E404', { values: { reason: 'mesh' } });
  return entry.after === type
    ? { ok: true as const, after: entry.before }
    : fail('E404', { values: { reason: 'egress' } });
}

/** Who restores objects must be acknowledged (E204); whoever takes no changes is told of. */
function warningsOf(
  { model: { mesh } }: LiveMesh,
  { acknowledgeOwner, dryRun }: EgressRequest,
): { ok: true; warnings: EgressAnswer['warnings'] } | Failure {
  const { ownership, controlPlane } = mesh;
  const { manager, name = '' } = ownership;
  const warnings = controlPlane === 'frozen' ? [{ code: 'frozen', details: {} }] : [];
  if (manager === 'none') return { ok: true, warnings };
  const details = { owner: OWNER_NAMES[manager], name };
  const level = ownerLevel(ownership);
  // Who sets weights has nothing to say about a mesh.
  if (level === 'free' || level === 'blocked') return { ok: true, warnings };
  if (level === 'note') return { ok: true, warnings: [...warnings, { code: 'owner-helm', details }] };
  // A dry run shows what would happen, the warning included, before anybody has to acknowledge it.
  if (acknowledgeOwner !== true && dryRun !== true) return fail('E204', { values: details });
  return { ok: true, warnings: [...warnings, { code: 'owner-gitops', details }] };
}

function guard(
  writing: EgressWriting,
  live: LiveMesh,
  expected: Expected,
): { ok: true; change: GuardedEgress } | Failure {
  const { body, by, now } = writing;
  if (!isAsExpected(expected, live)) return conflict(writing, expected, live);
  const made = wanted(live, writing);
  if (!made.ok) return made;
  const warned = warningsOf(live, body);
  if (!warned.ok) return warned;
  const { after } = made;
  const entry: EgressEntry = {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(body.reason === undefined || body.reason === '' ? {} : { reason: body.reason }),
    ...(live.type === undefined ? {} : { before: live.type }),
    ...(after === undefined ? {} : { after }),
    ...(body.undo === undefined ? {} : { undoOf: body.undo }),
  };
  const patch = egressPatch(live.raw, after, entry);
  return { ok: true, change: { live, after, warnings: warned.warnings, patch, historyId: entry.id } };
}

function describe(
  writing: EgressWriting,
  { live, after, warnings, historyId }: GuardedEgress,
  written: RawObject,
  outcome: EgressAnswer['outcome'],
): EgressAnswer {
  const { object, yaml, findings } = beforeAndAfter(writing, MESH, live, written);
  return {
    outcome,
    mesh: object,
    before: effectiveEgress(live.type),
    after: effectiveEgress(egressOf(written)),
    yaml,
    kubectl: kubectlEgressCommand(live.raw, after),
    kustomize: kustomizeYaml(live.raw, egressPatch(live.raw, after)),
    findings,
    warnings,
    ...(outcome === 'applied' ? { historyId } : {}),
  };
}

/**
 * Reads the live Mesh, checks what the caller saw against it, guards, rehearses as a dry run and writes. Failures: E202, E204, E303, E404,
 * E409, E410, E501…E505.
 */
export function applyEgress(writing: EgressWriting): Promise<{ ok: true; answer: EgressAnswer } | Failure> {
  const { cluster, mesh, body, signal, log } = writing;
  let expected: Expected | undefined = body.expected;
  const seen = ({ raw: { metadata }, type }: LiveMesh): Expected =>
    (expected ??= {
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      type: effectiveEgress(type),
    });
  return writeObject<LiveMesh, GuardedEgress, EgressAnswer>({
    ...{ cluster, kind: MESH, address: { namespace: '', name: mesh }, signal, log },
    dryRun: body.dryRun === true,
    read: () => readLive(writing),
    guard: (live) => guard(writing, live, seen(live)),
    describe: (change, written, outcome) => describe(writing, change, written, outcome),
    conflict: (live) => conflict(writing, seen(live), live),
  });
}
