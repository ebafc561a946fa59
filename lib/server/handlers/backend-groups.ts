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
import { notReady, param, type Call, type Outcome } from '../call';
import { createGroup } from '../groups/create';
import { editGroup } from '../groups/edit';
import { groupPlace, type GroupWriting, type GroupWritten } from '../groups/live';
import { removeGroup } from '../groups/remove';
import type { AuditLine } from '../log';
import { fail } from '../problem';
import { BY } from '../weights/send';
import type { ObjectAddress } from '../writing/objects';
import { writeOne } from './write-one';

interface Common {
  reason?: string | undefined;
  dryRun?: boolean | undefined;
  undo?: string | undefined;
}

function write<Body extends Common>(
  call: Call,
  action: AuditLine['action'],
  schema: z.ZodType<Body>,
  addressOf: (body: Body | undefined) => ObjectAddress,
  apply: (writing: GroupWriting<Body>) => Promise<GroupWritten>,
): Promise<Outcome> {
  const { console, request } = call;
  return writeOne<Body, GroupAnswer>(call, {
    schema,
    // Nothing need be said to delete a group as it stands.
    bodyOptional: action === 'deleteGroup',
    async apply(source, body) {
      const address = addressOf(body);
      // An App Mesh API knows no groups: there they are the backends of each node.
      if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'BackendGroup', ...address } });
      const { cluster } = source;
      if (cluster === undefined) return notReady(source);
      const { rules, log } = console;
      return apply({
        ...{ source, cluster, address, body, rules, log, by: BY, now: new Date(), signal: request.signal },
      });
    },
    told: (body, answer) => ({
      action: body?.undo === undefined ? action : 'undo',
      object: groupPlace(addressOf(body)),
      undoOf: body?.undo,
      ...(answer === undefined
        ? {}
        : { backends: { before: answer.before ?? [], after: answer.after ?? [] } }),
    }),
  });
}

const addressed = (call: Call) => (): ObjectAddress => ({
  namespace: param(call, 'namespace'),
  name: param(call, 'name'),
});

export const postGroup = (call: Call): Promise<Outcome> =>
  write<GroupCreation>(call, 'createGroup', groupCreation, (body) => body ?? addressed(call)(), createGroup);
export const patchGroup = (call: Call): Promise<Outcome> =>
  write(call, 'editGroup', groupEdit, addressed(call), editGroup);
export const deleteGroup = (call: Call): Promise<Outcome> =>
  write(call, 'deleteGroup', groupRemovalRequest, addressed(call), removeGroup);
