/** The one function that changes backends of a cluster's nodes. Matrix, graph, undo, plans and scripts all come through here. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import type { BackendsAnswer, BackendsRequest } from '@/lib/api/backends';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import type { BackendsEntry } from '@/lib/mesh/model';
import type { ClusterClient } from '@/lib/kubernetes';
import {
  backendsPatch,
  changeBackends,
  changedNames,
  undoBackends,
  type BackendsRefusal,
  type ChangedBackends,
  type JsonPatchOp,
} from '@/lib/providers/app-mesh';
import type { KubernetesSource } from '../kubernetes-source';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import { lastWriter } from '../writing/last-writer';
import { asRawObject, NODE, type ObjectAddress } from '../writing/objects';
import { ATTEMPTS, sendPatch } from '../writing/send-patch';
import { describeBackends } from './answer';
import { checkGuards } from './guards';
import { readLiveNode, type LiveNode } from './live';

export interface BackendsWriting {
  source: KubernetesSource;
  cluster: ClusterClient;
  address: ObjectAddress;
  body: BackendsRequest;
  /** Rules for the whitelist: what a change would break of them is told. */
  rules: readonly PolicyRule[];
  /** Who changes, for the history. */
  by: string;
  now: Date;
  signal: AbortSignal;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
}

/** A wanted change that every guard let through. */
export interface GuardedBackends {
  live: LiveNode;
  changed: ChangedBackends;
  entry: BackendsEntry;
  warnings: BackendsAnswer['warnings'];
}

type Applied = { ok: true; answer: BackendsAnswer } | Failure;
interface Expected {
  uid: string;
  resourceVersion: string;
  backends?: readonly string[] | undefined;
}

const nameOf = ({ namespace, name }: ObjectAddress): string => `${namespace}/${name}`;

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/**
 * Whether the node is the one that was expected: the same object, and either unchanged altogether or with the entries that were
 * seen. A status update in between changes resourceVersion and is no conflict.
 */
function isAsExpected(expected: Expected, { raw, names }: LiveNode): boolean {
  if (expected.uid !== raw.metadata.uid) return false;
  if (expected.resourceVersion === raw.metadata.resourceVersion) return true;
  return expected.backends !== undefined && same(expected.backends, names);
}

/** The names a request asks for, on top of what it saw. */
function wanted({ allow = [], revoke = [] }: BackendsRequest, base: readonly string[]): string[] {
  return [...base.filter((name) => !revoke.includes(name)), ...allow.map(({ service }) => service)];
}

function conflict(
  address: ObjectAddress,
  body: BackendsRequest,
  expected: Expected,
  live: LiveNode,
): Failure {
  const by = lastWriter(live.raw);
  const base = [...(expected.backends ?? [])];
  return fail('E409', {
    values: { router: nameOf(address), by: by ?? 'none' },
    listConflict: {
      base,
      theirs: live.names,
      mine: wanted(body, base),
      resourceVersion: live.raw.metadata.resourceVersion,
      ...(by === undefined ? {} : { changedBy: by }),
    },
  });
}

function refusal(made: BackendsRefusal, address: ObjectAddress): Failure {
  const node = nameOf(address);
  switch (made.kind) {
    case 'changed':
      return fail('E404', { values: { reason: 'list' } });
    case 'malformed':
      return fail('E414', { values: { reason: 'malformed', node, service: '' } });
    case 'present':
    case 'absent':
      return fail('E414', { values: { reason: made.kind, node, service: made.service } });
  }
}

/** What the request makes of the list: its own entries, or the exact opposite of a recorded change. */
function changeOf(
  live: LiveNode,
  { body, address }: BackendsWriting,
): { ok: true; changed: ChangedBackends } | Failure {
  if (body.undo === undefined) {
    const made = changeBackends(live.raw, body);
    return made.ok ? made : refusal(made, address);
  }
  const entry = live.node.backendsHistory?.find(({ id }) => id === body.undo);
  if (entry === undefined) return fail('E404', { values: { reason: 'node' } });
  const made = undoBackends(live.raw, entry);
  return made.ok ? made : refusal(made, address);
}

function entryFor(
  live: LiveNode,
  changed: ChangedBackends,
  { body, by, now }: BackendsWriting,
): BackendsEntry {
  const { before, after } = changedNames(live.raw, changed);
  const { removed, added } = changed;
  const reason = body.reason === '' ? undefined : body.reason;
  return {
    id: randomUUID(),
    at: now.toISOString(),
    by,
    ...(reason === undefined ? {} : { reason }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    removed,
    added,
    ...(body.undo === undefined ? {} : { undoOf: body.undo }),
  };
}

/** Checks the request against what the caller saw, and against every guard. */
function guard(
  writing: BackendsWriting,
  live: LiveNode,
  expected: Expected,
): { ok: true; guarded: GuardedBackends } | Failure {
  const { address, body } = writing;
  if (!isAsExpected(expected, live)) return conflict(address, body, expected, live);
  const made = changeOf(live, writing);
  if (!made.ok) return made;
  const guarded = checkGuards(live, body, made.changed.after?.length ?? 0);
  if (!guarded.ok) return guarded;
  const entry = entryFor(live, made.changed, writing);
  return { ok: true, guarded: { live, changed: made.changed, entry, warnings: guarded.warnings } };
}

/** The answer to a write that was taken. From here on the change stands, whatever it looks like. */
function described(
  writing: BackendsWriting,
  guarded: GuardedBackends,
  after: { written: unknown; rehearsed: unknown },
): Applied {
  let message = '';
  for (const object of [after.written, after.rehearsed])
    try {
      const answer = describeBackends(writing, guarded, asRawObject(object), 'applied');
      return { ok: true, answer: { ...answer, historyId: guarded.entry.id } };
    } catch (error) {
      writing.log.error(
        { err: error, historyId: guarded.entry.id },
        'a change that was written could not be described',
      );
      message = error instanceof Error ? error.message : String(error);
    }
  return fail('E505', { values: { message } });
}

async function attempt(
  writing: BackendsWriting,
  live: LiveNode,
  expected: Expected,
): Promise<Applied | 'again'> {
  const { source, cluster, address, body, signal } = writing;
  const checked = guard(writing, live, expected);
  if (!checked.ok) return checked;
  const { guarded } = checked;
  const { resourceVersion } = live.raw.metadata;
  // The guards looked at this very object and at no other.
  const version: JsonPatchOp = { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion };
  const patch = [version, ...backendsPatch(live.raw, guarded.changed, guarded.entry)];
  const send = (dryRun: boolean) =>
    sendPatch({
      cluster,
      kind: NODE,
      address,
      patch,
      dryRun,
      signal,
      async hasMoved() {
        const now = await readLiveNode(source, cluster, address, signal);
        return now.ok && now.raw.metadata.resourceVersion !== resourceVersion;
      },
    });
  const rehearsed = await send(true);
  if (rehearsed === 'again' || !rehearsed.ok) return rehearsed;
  if (body.dryRun === true)
    return { ok: true, answer: describeBackends(writing, guarded, asRawObject(rehearsed.body), 'dryRun') };
  const written = await send(false);
  if (written === 'again' || !written.ok) return written;
  return described(writing, guarded, { written: written.body, rehearsed: rehearsed.body });
}

/**
 * Reads the live node, checks what the caller saw against it, guards, rehearses as a dry run and writes. Nothing is written
 * unless every step before held. Failures: E202, E203, E204, E303, E404, E409, E410, E414, E501…E505.
 */
export async function applyBackends(writing: BackendsWriting): Promise<Applied> {
  const { source, cluster, address, body, signal } = writing;
  let expected: Expected | undefined = body.expected;
  for (let tries = 1; ; tries += 1) {
    const live = await readLiveNode(source, cluster, address, signal);
    if (!live.ok) return live;
    const { uid, resourceVersion } = live.raw.metadata;
    expected ??= { uid, resourceVersion, backends: live.names };
    const outcome = await attempt(writing, live, expected);
    if (outcome !== 'again') return outcome;
    if (tries >= ATTEMPTS) return conflict(address, body, expected, live);
  }
}
