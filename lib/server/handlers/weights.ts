/** PATCH /api/v1/sources/{source}/routers/{namespace}/{name}/routes/{route}/weights */
import 'server-only';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import { applyWeights } from '../weights/apply';
import { readWeights } from '../weights/parse';

/** Nobody signs in yet: every change is made by the console's own identity. */
const BY = 'meshdeck';

/** Reads the request, applies it and leaves an audit line, whatever came of it. */
export async function patchWeights(call: Call): Promise<Outcome> {
  const { console, request } = call;
  const found = sourceOf(call);
  if (!found.ok) return found;
  if (console.config.readOnly) return fail('E201');
  const read = await readWeights(request);
  if (!read.ok) return read;
  const { source } = found;
  if (source.cluster === undefined) return notReady(source);
  const { body } = read;
  const address = {
    namespace: param(call, 'namespace'),
    name: param(call, 'name'),
    route: param(call, 'route'),
  };
  const result = await applyWeights({
    source,
    cluster: source.cluster,
    address,
    body,
    by: BY,
    now: new Date(),
    signal: request.signal,
  });
  const line: AuditLine = {
    action: body.undo === undefined ? 'weights' : 'undo',
    source: source.id,
    object: `${address.namespace}/${address.name}`,
    route: address.route,
    dryRun: body.dryRun === true,
    outcome: result.ok ? result.answer.outcome : 'refused',
    code: result.ok ? undefined : result.problem.code,
    by: BY,
    reason: body.reason,
    before: result.ok ? result.answer.before : undefined,
    after: body.targets.map(({ node, weight }) => ({ node, weight })),
  };
  audit(console.log, line);
  console.metrics.write(line.outcome);
  return result.ok ? { ok: true, json: result.answer } : result;
}
