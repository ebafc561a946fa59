/** PATCH /api/v1/sources/{source}/routers/{namespace}/{name}/routes/{route}/weights */
import 'server-only';
import type { WeightsRequest } from '@/lib/api/weights';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import type { MeshSource } from '../source';
import { applyApiWeights } from '../weights/api-apply';
import { findApiRoute } from '../weights/api-route';
import { applyWeights } from '../weights/apply';
import type { RouteAddress } from '../weights/live';
import { readWeights } from '../weights/parse';

/** Nobody signs in yet: every change is made by the console's own identity. */
const BY = 'meshdeck';

type Line = Pick<
  AuditLine,
  'action' | 'dryRun' | 'outcome' | 'code' | 'reason' | 'before' | 'after' | 'historyId' | 'undoOf'
>;

/** Objects of an App Mesh API have no namespace. */
const NO_NAMESPACE = '_';

function send(call: Call, source: MeshSource, address: RouteAddress, body: WeightsRequest) {
  const { console, request } = call;
  const change = { body, by: BY, now: new Date(), signal: request.signal, log: console.log };
  if (address.namespace === NO_NAMESPACE) {
    const mesh = new URL(request.url).searchParams.get('mesh') ?? undefined;
    const found = findApiRoute(source, { ...address, mesh });
    return found.ok ? applyApiWeights({ ...change, address: found.address }) : found;
  }
  if (source.kind === 'appmesh')
    return fail('E303', {
      values: { kind: 'VirtualRouter', namespace: address.namespace, name: address.name },
    });
  if (source.cluster === undefined) return notReady(source);
  return applyWeights({ ...change, source, cluster: source.cluster, address });
}

/** Does what is asked and notes it in `line` as it goes. */
async function change(call: Call, address: RouteAddress, line: Line): Promise<Outcome> {
  const { console, request } = call;
  const found = sourceOf(call);
  if (!found.ok) return found;
  if (console.config.readOnly) return fail('E201');
  const read = await readWeights(request);
  if (!read.ok) return read;
  const { source } = found;
  const { body } = read;
  line.action = body.undo === undefined ? 'weights' : 'undo';
  line.dryRun = body.dryRun === true;
  line.reason = body.reason;
  if (body.undo !== undefined) line.undoOf = body.undo;
  line.after = body.targets.map(({ node, weight }) => ({ node, weight }));
  const result = await send(call, source, address, body);
  if (!result.ok) return result;
  line.outcome = result.answer.outcome;
  line.before = result.answer.before;
  if (result.answer.historyId !== undefined) line.historyId = result.answer.historyId;
  return { ok: true, json: result.answer };
}

/** Reads the request, applies it and leaves an audit line, whatever came of it. */
export async function patchWeights(call: Call): Promise<Outcome> {
  const { console } = call;
  const address = {
    namespace: param(call, 'namespace'),
    name: param(call, 'name'),
    route: param(call, 'route'),
  };
  const line: Line = { action: 'weights', dryRun: false, outcome: 'failed', code: 'E599' };
  try {
    const outcome = await change(call, address, line);
    line.code = outcome.ok ? undefined : outcome.problem.code;
    if (!outcome.ok) line.outcome = line.code === 'E505' || line.code === 'E406' ? 'unknown' : 'refused';
    return outcome;
  } finally {
    const { namespace, name, route } = address;
    audit(console.log, {
      ...line,
      source: param(call, 'source'),
      object: `${namespace}/${name}`,
      route,
      by: BY,
    });
    console.metrics.write(line.outcome);
  }
}
