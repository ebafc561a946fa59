/** POST …/backendgroups, and PATCH and DELETE …/backendgroups/{namespace}/{name}. */
import 'server-only';
import type { z } from 'zod';
import {
  groupCreation,
  groupEdit,
  groupRemovalRequest,
  type GroupAnswer,
  type GroupCreation,
} from '@/lib/api/backend-groups';
import { readJson, unfitting } from '../body';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { createGroup } from '../groups/create';
import { editGroup } from '../groups/edit';
import { groupPlace, type GroupWriting, type GroupWritten } from '../groups/live';
import { removeGroup } from '../groups/remove';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import { BY } from '../weights/send';
import type { ObjectAddress } from '../writing/objects';

interface Common {
  reason?: string | undefined;
  dryRun?: boolean | undefined;
  undo?: string | undefined;
}

/** Reads the request, carries it out and leaves an audit line, whatever came of it. */
async function write<Body extends Common>(
  call: Call,
  action: AuditLine['action'],
  schema: z.ZodType<Body>,
  addressOf: (body: Body) => ObjectAddress,
  apply: (writing: GroupWriting<Body>) => Promise<GroupWritten>,
): Promise<Outcome> {
  const { console, request } = call;
  let body: Body | undefined;
  let answer: GroupAnswer | undefined;
  let address = { namespace: param(call, 'namespace'), name: param(call, 'name') };
  const line: Pick<AuditLine, 'outcome' | 'code'> = { outcome: 'failed', code: 'E599' };
  const attempt = async (): Promise<Outcome> => {
    const found = sourceOf(call);
    if (!found.ok) return found;
    if (console.config.readOnly) return fail('E201');
    // Nothing need be said to delete a group as it stands.
    const read =
      action === 'deleteGroup' && request.body === null
        ? { ok: true as const, json: {} }
        : await readJson(request);
    if (!read.ok) return read;
    const parsed = schema.safeParse(read.json);
    if (!parsed.success) return unfitting(parsed.error.issues);
    body = parsed.data;
    address = addressOf(body);
    const { source } = found;
    // An App Mesh API knows no groups: there they are the backends of each node.
    if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'BackendGroup', ...address } });
    const { cluster } = source;
    if (cluster === undefined) return notReady(source);
    const { rules, log } = console;
    const result = await apply({
      ...{ source, cluster, address, body, rules, log, by: BY, now: new Date(), signal: request.signal },
    });
    if (!result.ok) return result;
    ({ answer } = result);
    return { ok: true, json: answer };
  };
  try {
    const outcome = await attempt();
    if (outcome.ok) Object.assign(line, { outcome: answer?.outcome ?? 'failed', code: undefined });
    else {
      const { code } = outcome.problem;
      Object.assign(line, { outcome: code === 'E505' ? 'unknown' : 'refused', code });
    }
    return outcome;
  } finally {
    audit(console.log, {
      action: body?.undo === undefined ? action : 'undo',
      source: param(call, 'source'),
      object: groupPlace(address),
      by: BY,
      dryRun: body?.dryRun === true,
      reason: body?.reason,
      undoOf: body?.undo,
      ...(answer === undefined
        ? {}
        : { backends: { before: answer.before ?? [], after: answer.after ?? [] } }),
      historyId: answer?.historyId,
      ...line,
    });
    console.metrics.write(line.outcome);
  }
}

const addressed = (call: Call) => (): ObjectAddress => ({
  namespace: param(call, 'namespace'),
  name: param(call, 'name'),
});

export const postGroup = (call: Call): Promise<Outcome> =>
  write<GroupCreation>(call, 'createGroup', groupCreation, (body) => body, createGroup);
export const patchGroup = (call: Call): Promise<Outcome> =>
  write(call, 'editGroup', groupEdit, addressed(call), editGroup);
export const deleteGroup = (call: Call): Promise<Outcome> =>
  write(call, 'deleteGroup', groupRemovalRequest, addressed(call), removeGroup);
