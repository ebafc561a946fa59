/** The one function that changes backends of a cluster's nodes. Matrix, graph, editor, undo, plans and scripts all come through here. */
import 'server-only';
import type { BackendsAnswer, BackendsRequest } from '@/lib/api/backends';
import { same } from '@/lib/mesh/plain';
import type { ClusterClient } from '@/lib/kubernetes';
import {
  backendsPatch,
  backendsSpecOf,
  changeBackends,
  changesNothing,
  recordOf,
  undoBackends,
  type BackendsRefusal,
  type ChangedBackends,
} from '@/lib/providers/app-mesh';
import type { Log } from '../log';
import { fail, type Failure } from '../problem';
import type { Judging } from '../writing/answer';
import { lastWriter } from '../writing/last-writer';
import { NODE, type ObjectAddress } from '../writing/objects';
import { listEntry } from '../writing/seen-list';
import { writeObject, type Guarded } from '../writing/write-object';
import { describeBackends } from './answer';
import { checkGuards } from './guards';
import { readLiveNode, type LiveNode } from './live';

export interface BackendsWriting extends Judging {
  cluster: ClusterClient;
  address: ObjectAddress;
  body: BackendsRequest;
  /** Who changes, for the history. */
  by: string;
  signal: AbortSignal;
  /** Told of what went wrong without the change having failed. */
  log: Pick<Log, 'error'>;
}

/** A wanted change that every guard let through. */
export interface GuardedBackends extends Guarded {
  live: LiveNode;
  changed: ChangedBackends;
  warnings: BackendsAnswer['warnings'];
}

type Applied = { ok: true; answer: BackendsAnswer } | Failure;
type Expected = NonNullable<BackendsRequest['expected']>;

const nameOf = ({ namespace, name }: ObjectAddress): string => `${namespace}/${name}`;

/** The fields of a whole without those that say nothing. */
const said = (spec: Expected['spec'] = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(spec).filter(([, held]) => held !== undefined && held !== null));

/**
 * Whether the node is the one that was expected: the same object, and either unchanged altogether or with what was seen of its
 * backends. A status update in between changes resourceVersion and is no conflict. Who replaces the whole must have seen the
 * whole: names do not tell of policies.
 */
function isAsExpected(expected: Expected, { raw, names }: LiveNode, wholly: boolean): boolean {
  if (expected.uid !== raw.metadata.uid) return false;
  if (expected.resourceVersion === raw.metadata.resourceVersion) return true;
  if (wholly) return expected.spec !== undefined && same(said(expected.spec), backendsSpecOf(raw));
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
  const values = { kind: NODE.kind, object: nameOf(address), by: by ?? 'none' };
  const { resourceVersion } = live.raw.metadata;
  const now = { resourceVersion, ...(by === undefined ? {} : { changedBy: by }) };
  if (body.spec !== undefined) {
    const base = said(expected.spec);
    return fail('E409', {
      values,
      specConflict: { base, theirs: backendsSpecOf(live.raw), mine: said({ ...base, ...body.spec }), ...now },
    });
  }
  const base = [...(expected.backends ?? [])];
  return fail('E409', {
    values,
    listConflict: { base, theirs: live.names, mine: wanted(body, base), ...now },
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
    if (!made.ok) return refusal(made, address);
    if (changesNothing(made.changed))
      return fail('E414', { values: { reason: 'same', node: nameOf(address), service: '' } });
    return made;
  }
  const entry = live.node.backendsHistory?.find(({ id }) => id === body.undo);
  if (entry === undefined) return fail('E404', { values: { reason: 'node' } });
  const made = undoBackends(live.raw, entry);
  return made.ok ? made : refusal(made, address);
}

/** Checks the request against what the caller saw, and against every guard. */
function guard(
  writing: BackendsWriting,
  live: LiveNode,
  expected: Expected,
): { ok: true; change: GuardedBackends } | Failure {
  const { address, body } = writing;
  if (!isAsExpected(expected, live, body.spec !== undefined)) return conflict(address, body, expected, live);
  const made = changeOf(live, writing);
  if (!made.ok) return made;
  const guarded = checkGuards(writing.source, live, body, made.changed);
  if (!guarded.ok) return guarded;
  const { changed } = made;
  const entry = listEntry(writing, recordOf(live.raw, changed));
  const patch = backendsPatch(live.raw, changed, entry);
  return { ok: true, change: { live, changed, warnings: guarded.warnings, patch, historyId: entry.id } };
}

/**
 * Reads the live node, checks what the caller saw against it, guards, rehearses as a dry run and writes. Nothing is written
 * unless every step before held. Failures: E202, E203, E204, E303, E404, E409, E410, E414, E501…E505.
 */
export function applyBackends(writing: BackendsWriting): Promise<Applied> {
  const { source, cluster, address, body, signal, log } = writing;
  let expected: Expected | undefined = body.expected;
  const seen = ({ raw, raw: { metadata }, names }: LiveNode): Expected =>
    (expected ??= {
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
      backends: names,
      spec: backendsSpecOf(raw),
    });
  return writeObject<LiveNode, GuardedBackends, BackendsAnswer>({
    ...{ cluster, kind: NODE, address, signal, log, dryRun: body.dryRun === true },
    // A field that is mistyped must not be lost without a word: it may be the one that insists on TLS.
    strict: body.spec !== undefined,
    read: () => readLiveNode(source, cluster, address, signal),
    guard: (live) => guard(writing, live, seen(live)),
    describe: (change, after, outcome) => describeBackends(writing, change, after, outcome),
    conflict: (live) => conflict(address, body, seen(live), live),
  });
}
