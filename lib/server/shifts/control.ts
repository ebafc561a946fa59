/** Writing what somebody wants of a shift into `spec.control`, once for each request. */
import 'server-only';
import type { ControlAnswer, ControlRequest } from '@/lib/api/shifts';
import { resourcePath, type ClusterClient } from '@/lib/kubernetes';
import type { JsonPatchOp } from '@/lib/providers/app-mesh';
import { readShift, SHIFT_RESOURCE, type TrafficShift } from '@/lib/providers/app-mesh/shifts';
import { controlObstacle, controlRefusal, type Control, type ControlAction } from '@/lib/shifts';
import { clusterFailure } from '../cluster-failure';
import { fail, type Failure } from '../problem';
import { asRawObject } from '../writing/objects';
import { shownShift } from './read';

/** An engine writes the status of a shift under way every few seconds: a write that met one is tried again. */
const ATTEMPTS = 5;

export interface ControlOrder {
  cluster: ClusterClient;
  namespace: string;
  name: string;
  action: ControlAction;
  body: ControlRequest;
  by: string;
}

type Done = { ok: true; answer: ControlAnswer } | Failure;

const failureOf = (
  { cluster, namespace, name }: ControlOrder,
  verb: string,
  refused: Parameters<typeof clusterFailure>[0],
): Failure =>
  clusterFailure(refused, {
    verb,
    resource: SHIFT_RESOURCE.plural,
    kind: SHIFT_RESOURCE.kind,
    namespace,
    name,
    server: cluster.server,
  });

async function readLive(order: ControlOrder): Promise<{ ok: true; shift: TrafficShift } | Failure> {
  const { cluster, namespace, name, body } = order;
  const answer = await cluster.request('GET', resourcePath(SHIFT_RESOURCE, { namespace, name }));
  if (!answer.ok) return failureOf(order, 'get', answer);
  const read = readShift(asRawObject(answer.body));
  if (!read.ok) return fail('E502', { values: { status: answer.status, message: read.message } });
  const { uid } = read.shift;
  if (body.uid !== undefined && body.uid !== uid)
    return fail('E303', { values: { kind: SHIFT_RESOURCE.kind, namespace, name } });
  return read;
}

/** What became of a request that was sent before; `undefined` for a new one. */
function known({ spec, status, ...rest }: TrafficShift, { body }: ControlOrder): Done | undefined {
  const shift = shownShift({ spec, status, ...rest });
  const dealt = status?.controls.find(({ requestId }) => requestId === body.requestId);
  if (dealt) {
    const { outcome, message } = dealt;
    return { ok: true, answer: { outcome, ...(message === undefined ? {} : { message }), shift } };
  }
  if (spec.control?.requestId === body.requestId) return { ok: true, answer: { outcome: 'waiting', shift } };
  return undefined;
}

/** What stands in the way of a new request. An abort takes the place of whatever waits. */
function refusal({ spec, status }: TrafficShift, { action, body }: ControlOrder): Failure | undefined {
  const waiting = spec.control;
  const dealtWith = status?.controls.some(({ requestId }) => requestId === waiting?.requestId) ?? false;
  if (waiting !== undefined && !dealtWith && (action !== 'abort' || waiting.action === 'abort'))
    return fail('E408', { values: { action: waiting.action, by: waiting.by } });
  // Before an engine has seen it, only going back and waiting make sense; the engine decides of them.
  if (status === undefined)
    return action === 'abort' || action === 'pause'
      ? undefined
      : fail('E407', { values: { action, obstacle: 'notBegun', message: 'it has not begun' } });
  const asked = { action, expectedStep: body.expectedStep };
  const obstacle = controlObstacle(asked, status);
  if (obstacle === undefined) return undefined;
  const message = controlRefusal(asked, status) ?? '';
  return fail('E407', { values: { action, obstacle, message, step: status.step + 1 } });
}

/** The generation moves with the spec alone: an engine that writes down how far it is, never comes between. */
function patchOf({ uid, generation }: TrafficShift, { action, body, by }: ControlOrder): JsonPatchOp[] {
  const { requestId, expectedStep, reason = '' } = body;
  const control: Control = {
    action,
    requestId,
    ...(expectedStep === undefined ? {} : { expectedStep }),
    by,
    ...(reason === '' ? {} : { reason }),
  };
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/generation', value: generation },
    { op: 'add', path: '/spec/control', value: control },
  ];
}

/**
 * Reads the shift, checks the request against it and writes it down for the engine. Failures: E303, E407, E408, and those of the
 * cluster; E502 where the object never stood still long enough.
 */
export async function controlShift(order: ControlOrder): Promise<Done> {
  const { cluster, namespace, name } = order;
  for (let tries = 1; ; tries += 1) {
    const live = await readLive(order);
    if (!live.ok) return live;
    const done = known(live.shift, order) ?? refusal(live.shift, order);
    if (done) return done;
    const answer = await cluster.request('PATCH', resourcePath(SHIFT_RESOURCE, { namespace, name }), {
      query: { fieldManager: 'meshdeck' },
      body: patchOf(live.shift, order),
      contentType: 'application/json-patch+json',
    });
    if (answer.ok) {
      const read = readShift(asRawObject(answer.body));
      const shift = shownShift(read.ok ? read.shift : live.shift);
      return { ok: true, answer: { outcome: 'sent', shift } };
    }
    if (answer.kind !== 'conflict' && answer.kind !== 'invalid') return failureOf(order, 'patch', answer);
    // A failed test is answered like a bad object: only where it moved was it the test.
    const again = await readLive(order);
    if (!again.ok) return again;
    const moved = again.shift.generation !== live.shift.generation;
    if (!moved || tries === ATTEMPTS) return failureOf(order, 'patch', answer);
  }
}
