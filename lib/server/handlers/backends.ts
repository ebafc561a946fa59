/** PATCH …/nodes/{namespace}/{name}/backends, and PATCH /api/v1/nodes/backends: several nodes in one change. */
import 'server-only';
import { randomUUID } from 'node:crypto';
import {
  backendsRequest,
  bulkBackendsRequest,
  type BackendsAnswer,
  type BackendsRequest,
  type BackendsWrite,
} from '@/lib/api/backends';
import { applyBackends } from '../backends/apply';
import { readJson, unfitting } from '../body';
import { notReady, param, type Call, type Outcome } from '../call';
import { audit, type AuditLine } from '../log';
import { fail, type Failure } from '../problem';
import type { MeshSource } from '../source';
import { carryOut } from '../writing/carry-out';
import type { ObjectAddress } from '../writing/objects';
import { BY } from '../weights/send';
import { writeOne } from './write-one';

/** 200 nodes, each with what was seen of 50 entries; or a few whole lists with their policies. */
const LIMIT_BYTES = 1024 * 1024;

async function send(
  { console, request }: Pick<Call, 'console' | 'request'>,
  source: MeshSource,
  address: ObjectAddress,
  body: BackendsRequest,
): Promise<{ ok: true; answer: BackendsAnswer } | Failure> {
  // An App Mesh API has no compare-and-set for nodes either, and no place for a history: its nodes are shown and not written.
  if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'VirtualNode', ...address } });
  if (source.cluster === undefined) return notReady(source);
  return applyBackends({
    source,
    cluster: source.cluster,
    address,
    body,
    rules: console.rules,
    by: BY,
    now: new Date(),
    signal: request.signal,
    log: console.log,
  });
}

/** What the audit line of a node says: of a change that was not made, what was asked for. */
const told = (
  { namespace, name }: ObjectAddress,
  body: BackendsRequest | undefined,
  answer: BackendsAnswer | undefined,
) =>
  ({
    action: body?.undo === undefined ? 'backends' : 'undo',
    object: `${namespace}/${name}`,
    undoOf: body?.undo,
    backends:
      answer === undefined
        ? { allow: body?.allow?.map(({ service }) => service), revoke: body?.revoke }
        : { before: answer.before, after: answer.after },
  }) as const;

export function patchBackends(call: Call): Promise<Outcome> {
  const address = { namespace: param(call, 'namespace'), name: param(call, 'name') };
  return writeOne<BackendsRequest, BackendsAnswer>(call, {
    schema: backendsRequest,
    limitBytes: LIMIT_BYTES,
    apply: (source, body) => send(call, source, address, body),
    told: (body, answer) => told(address, body, answer),
  });
}

interface Planned {
  source: MeshSource;
  address: ObjectAddress;
  body: BackendsRequest;
}

const described = ({ source, address }: Planned) => ({
  source: source.id,
  namespace: address.namespace,
  node: address.name,
});

async function write(call: Call, planned: Planned, dryRun: boolean): Promise<BackendsWrite> {
  const sent = await send(call, planned.source, planned.address, { ...planned.body, dryRun });
  if (sent.ok) return { ...described(planned), state: dryRun ? 'rehearsed' : 'applied', answer: sent.answer };
  const { problem } = sent;
  return {
    ...described(planned),
    state: !dryRun && problem.code === 'E505' ? 'unknown' : 'refused',
    problem,
  };
}

/** Who restores objects must be acknowledged before anything is written, and not when half of it is. */
function acknowledged(planned: Planned, rehearsed: BackendsWrite): BackendsWrite {
  const warning = rehearsed.answer?.warnings.find(({ code }) => code === 'owner-gitops');
  if (warning === undefined || planned.body.acknowledgeOwner === true) return rehearsed;
  const { owner = '', name = '' } = warning.details;
  return {
    ...described(planned),
    state: 'refused',
    problem: fail('E204', { values: { owner, name } }).problem,
  };
}

/** What is written is measured against what was rehearsed, whether the caller said what it saw or not. */
function asRehearsed(planned: Planned, { answer }: BackendsWrite): Planned {
  if (planned.body.expected !== undefined || answer === undefined) return planned;
  const { uid, resourceVersion } = answer.node;
  const expected = { uid, resourceVersion, backends: answer.before };
  return { ...planned, body: { ...planned.body, expected } };
}

const OUTCOMES = {
  rehearsed: 'dryRun',
  applied: 'applied',
  refused: 'refused',
  unknown: 'unknown',
  notSent: 'refused',
} as const satisfies Record<BackendsWrite['state'], AuditLine['outcome']>;

/**
 * Reads the request and carries it out. What became of each node is told in the answer, also where some were refused: the status is
 * then still 200, since the account is what was asked for.
 */
export async function patchBulkBackends(call: Call): Promise<Outcome> {
  if (call.console.config.readOnly) return fail('E201');
  const read = await readJson(call.request, LIMIT_BYTES);
  if (!read.ok) return read;
  const parsed = bulkBackendsRequest.safeParse(read.json);
  if (!parsed.success) return unfitting(parsed.error.issues);
  const { changes, reason, acknowledgeOwner, dryRun = false } = parsed.data;
  const planned: Planned[] = [];
  const places = new Set<string>();
  for (const { source: id, namespace, node, ...wanted } of changes) {
    const source = call.console.sources.find((each) => each.id === id);
    if (source === undefined) return fail('E301', { values: { source: id } });
    const place = JSON.stringify([id, namespace, node]);
    if (places.has(place))
      return fail('E101', { values: { count: 1, first: `${namespace}/${node} is named twice` } });
    places.add(place);
    planned.push({
      source,
      address: { namespace, name: node },
      body: { ...wanted, reason, acknowledgeOwner },
    });
  }
  const answer = await carryOut<Planned, BackendsWrite>({
    planned,
    dryRun,
    write: (each, rehearsing) => write(call, each, rehearsing),
    settled: acknowledged,
    asRehearsed,
    notSent: (each) => ({ ...described(each), state: 'notSent' }),
  });
  const bulk = randomUUID();
  answer.writes.forEach(({ state, problem, answer: one }, i) => {
    const each = planned[i];
    if (each === undefined) return;
    const outcome = OUTCOMES[state];
    audit(call.console.log, {
      ...told(each.address, each.body, one),
      source: each.source.id,
      by: BY,
      reason: each.body.reason,
      dryRun,
      outcome,
      code: problem?.code,
      historyId: one?.historyId,
      bulk,
    });
    call.console.metrics.write(outcome);
  });
  return { ok: true, json: answer };
}
