/** POST /api/v1/sources/{source}/routers/{namespace}/{name}/edits */
import 'server-only';
import { routerEditRequest } from '@/lib/api/router-edits';
import { readJson, unfitting } from '../body';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { applyEdit } from '../edits/apply';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import { BY } from '../weights/send';

type Line = Pick<
  AuditLine,
  'dryRun' | 'outcome' | 'code' | 'reason' | 'before' | 'after' | 'historyId' | 'route' | 'edit'
>;

/** Does what is asked and notes it in `line` as it goes. */
async function change(call: Call, line: Line): Promise<Outcome> {
  const { console, request } = call;
  const found = sourceOf(call);
  if (!found.ok) return found;
  if (console.config.readOnly) return fail('E201');
  const read = await readJson(request);
  if (!read.ok) return read;
  const parsed = routerEditRequest.safeParse(read.json);
  if (!parsed.success) return unfitting(parsed.error.issues);
  const body = parsed.data;
  line.edit = body.edit.kind;
  line.dryRun = body.dryRun === true;
  line.reason = body.reason;
  const { source } = found;
  const address = { namespace: param(call, 'namespace'), name: param(call, 'name') };
  // Routes of an App Mesh API are objects of their own, and are not made here.
  if (source.kind === 'appmesh') return fail('E303', { values: { kind: 'VirtualRouter', ...address } });
  if (source.cluster === undefined) return notReady(source);
  const { cluster } = source;
  const { signal } = request;
  const result = await applyEdit({ source, cluster, address, body, by: BY, now: new Date(), signal });
  if (!result.ok) return result;
  const { answer } = result;
  line.outcome = answer.outcome;
  line.route = answer.route;
  line.before = answer.before;
  line.after = answer.after;
  line.historyId = answer.historyId;
  return { ok: true, json: answer };
}

/** Reads the request, applies it and leaves an audit line, whatever came of it. */
export async function postRouterEdit(call: Call): Promise<Outcome> {
  const { console } = call;
  const line: Line = { dryRun: false, outcome: 'failed', code: 'E599' };
  try {
    const outcome = await change(call, line);
    line.code = outcome.ok ? undefined : outcome.problem.code;
    if (!outcome.ok) line.outcome = line.code === 'E505' ? 'unknown' : 'refused';
    return outcome;
  } finally {
    audit(console.log, {
      action: 'editRouter',
      ...line,
      source: param(call, 'source'),
      object: `${param(call, 'namespace')}/${param(call, 'name')}`,
      by: BY,
    });
    console.metrics.write(line.outcome);
  }
}
