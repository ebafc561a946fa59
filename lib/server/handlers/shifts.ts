/** TrafficShifts: list, one, start one, and say what is wanted of one. */
import 'server-only';
import type { ControlRequest, ShiftAnswer, ShiftsAnswer, StartRequest } from '@/lib/api/shifts';
import { CONTROL_ACTIONS, controlRequest } from '@/lib/api/shifts';
import type { ControlAction } from '@/lib/shifts';
import type { ClusterClient } from '@/lib/kubernetes';
import { readJson, unfitting } from '../body';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import type { KubernetesSource } from '../kubernetes-source';
import { audit, type AuditLine } from '../log';
import { fail, type Failure } from '../problem';
import { startRequest } from '../shifts/contract';
import { controlShift } from '../shifts/control';
import { heldShift, listHeld, liveWeights, meshOf, shiftsState, shownShift } from '../shifts/read';
import { notInstalled, startShift } from '../shifts/start';
import { specFor } from '../telemetry/spec';

/** Nobody signs in yet: everything is done by the console's own identity. */
const BY = 'meshdeck';

type Line = Pick<AuditLine, 'object' | 'dryRun' | 'outcome' | 'code' | 'reason' | 'control'>;

/** The cluster a call is about. An App Mesh API holds no TrafficShifts: E303. */
function clusterOf(
  call: Call,
  address: { namespace: string; name: string },
): { ok: true; source: KubernetesSource; cluster: ClusterClient } | Failure {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const { source } = found;
  if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'TrafficShift', ...address } });
  if (source.cluster === undefined) return notReady(source);
  return { ok: true, source, cluster: source.cluster };
}

/** GET /api/v1/sources/{source}/shifts */
export function listShifts(call: Call): Outcome {
  const found = sourceOf(call);
  if (!found.ok) return found;
  const now = new Date().toISOString();
  const { source } = found;
  const channels = call.console.channels.map(({ name, kind, namespaces }) => ({
    name,
    kind,
    ...(namespaces === undefined ? {} : { namespaces }),
  }));
  const answer: ShiftsAnswer =
    source.kind === 'appmesh'
      ? { shifts: [], unread: [], state: 'unsupported', channels, now }
      : { ...listHeld(source), ...shiftsState(source), channels, now };
  return { ok: true, json: answer };
}

const addressOf = (call: Call) => ({ namespace: param(call, 'namespace'), name: param(call, 'name') });

/** GET /api/v1/sources/{source}/shifts/{namespace}/{name} */
export function getShift(call: Call): Outcome {
  const address = addressOf(call);
  const found = clusterOf(call, address);
  if (!found.ok) return found;
  const { source } = found;
  const held = heldShift(source, address.namespace, address.name);
  if (held === undefined) {
    const absent = notInstalled(source);
    if (absent) return absent;
    if (shiftsState(source).state === 'reading') return notReady(source);
    return fail('E303', { values: { kind: 'TrafficShift', ...address } });
  }
  if (!held.ok) return fail('E502', { values: { status: 200, message: held.message } });
  const mesh = meshOf(source, held.shift)?.mesh;
  const answer: ShiftAnswer = {
    shift: shownShift(held.shift),
    ...(mesh === undefined ? {} : { mesh: { name: mesh.ref.name, controlPlane: mesh.controlPlane } }),
    live: liveWeights(source, address.namespace, held.shift.spec),
    readOnly: call.console.config.readOnly,
    now: new Date().toISOString(),
  };
  return { ok: true, json: answer };
}

/** Does a write and leaves its audit line, whatever came of it. */
async function audited(
  call: Call,
  action: AuditLine['action'],
  line: Line,
  write: (line: Line) => Promise<Outcome>,
): Promise<Outcome> {
  const { console } = call;
  try {
    const outcome = console.config.readOnly ? fail('E201') : await write(line);
    line.code = outcome.ok ? undefined : outcome.problem.code;
    if (outcome.ok) line.outcome = line.dryRun ? 'dryRun' : 'applied';
    else line.outcome = line.code === 'E505' ? 'unknown' : 'refused';
    return outcome;
  } finally {
    audit(console.log, { ...line, action, source: param(call, 'source'), by: BY });
    console.metrics.write(line.outcome);
  }
}

/** POST /api/v1/sources/{source}/shifts */
export function postShift(call: Call): Promise<Outcome> {
  const line: Line = { object: '', dryRun: false, outcome: 'failed', code: 'E599' };
  return audited(call, 'createShift', line, async () => {
    const read = await readJson(call.request);
    if (!read.ok) return read;
    const parsed = startRequest.safeParse(read.json);
    if (!parsed.success) return unfitting(parsed.error.issues);
    const { namespace, name, spec, dryRun = false }: StartRequest = parsed.data;
    Object.assign(line, { object: `${namespace}/${name}`, dryRun, reason: spec.reason });
    const found = clusterOf(call, { namespace, name });
    if (!found.ok) return found;
    const measurable = specFor(call.console.config.telemetry, found.source.id) !== undefined;
    const started = await startShift({
      source: found.source,
      cluster: found.cluster,
      namespace,
      name,
      spec: { ...spec, by: spec.by ?? BY },
      dryRun,
      measurable,
      now: new Date(),
      signal: call.request.signal,
    });
    return started.ok ? { ok: true, json: started.answer } : started;
  });
}

const isAction = (text: string): text is ControlAction => CONTROL_ACTIONS.some((action) => action === text);

/** POST /api/v1/sources/{source}/shifts/{namespace}/{name}/{action} */
export function postControl(call: Call): Promise<Outcome> {
  const address = addressOf(call);
  const action = param(call, 'action');
  const line: Line = {
    object: `${address.namespace}/${address.name}`,
    dryRun: false,
    outcome: 'failed',
    code: 'E599',
    control: { action, requestId: '' },
  };
  return audited(call, 'controlShift', line, async () => {
    const { pathname } = new URL(call.request.url);
    if (!isAction(action)) return fail('E305', { values: { method: 'POST', path: pathname } });
    const read = await readJson(call.request);
    if (!read.ok) return read;
    const parsed = controlRequest.safeParse(read.json);
    if (!parsed.success) return unfitting(parsed.error.issues);
    const body: ControlRequest = parsed.data;
    Object.assign(line, { reason: body.reason, control: { action, requestId: body.requestId } });
    const found = clusterOf(call, address);
    if (!found.ok) return found;
    const { cluster } = found;
    const done = await controlShift({ cluster, ...address, action, body, by: BY });
    return done.ok ? { ok: true, json: done.answer } : done;
  });
}
