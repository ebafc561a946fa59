/** PATCH /api/v1/sources/{source}/routers/{namespace}/{name}/routes/{route}/weights */
import 'server-only';
import { param, sourceOf, type Call, type Outcome } from '../call';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import type { RouteAddress } from '../weights/live';
import { readWeights } from '../weights/parse';
import { BY, sendWeights } from '../weights/send';

type Line = Pick<
  AuditLine,
  'action' | 'dryRun' | 'outcome' | 'code' | 'reason' | 'before' | 'after' | 'historyId' | 'undoOf'
>;

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
  const mesh = new URL(request.url).searchParams.get('mesh') ?? undefined;
  const { namespace, name, route } = address;
  const result = await sendWeights(call, source, {
    router: { namespace, name, mesh },
    routes: [{ route, body }],
    dryRun: line.dryRun,
  });
  if (!result.ok) return result;
  const [answer] = result.answers;
  if (answer === undefined) throw new Error('a change of one route has one answer');
  line.outcome = answer.outcome;
  line.before = answer.before;
  if (answer.historyId !== undefined) line.historyId = answer.historyId;
  return { ok: true, json: answer };
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
