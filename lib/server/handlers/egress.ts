/** PATCH …/meshes/{mesh}/egress */
import 'server-only';
import { egressRequest, type EgressAnswer, type EgressRequest } from '@/lib/api/egress';
import { readJson, unfitting } from '../body';
import { notReady, param, sourceOf, type Call, type Outcome } from '../call';
import { applyEgress } from '../egress/apply';
import { audit, type AuditLine } from '../log';
import { fail } from '../problem';
import { BY } from '../weights/send';

/** Reads the request, applies it and leaves an audit line. */
export async function patchEgress(call: Call): Promise<Outcome> {
  const { console, request } = call;
  const mesh = param(call, 'mesh');
  const line: Pick<AuditLine, 'dryRun' | 'outcome' | 'code'> = {
    ...{ dryRun: false, outcome: 'failed', code: 'E599' },
  };
  let body: EgressRequest | undefined;
  let answer: EgressAnswer | undefined;
  const attempt = async (): Promise<Outcome> => {
    const found = sourceOf(call);
    if (!found.ok) return found;
    if (console.config.readOnly) return fail('E201');
    const read = await readJson(request);
    if (!read.ok) return read;
    const parsed = egressRequest.safeParse(read.json);
    if (!parsed.success) return unfitting(parsed.error.issues);
    body = parsed.data;
    line.dryRun = body.dryRun === true;
    const { source } = found;
    // An App Mesh API has no compare-and-set and no place for a history: what it alone holds is shown and not written.
    if (source.kind === 'appmesh')
      return fail('E303', { values: { kind: 'Mesh', namespace: '_', name: mesh } });
    const { cluster } = source;
    if (cluster === undefined) return notReady(source);
    const { rules, log } = console;
    const result = await applyEgress({
      ...{ source, cluster, mesh, body, rules, log, by: BY, now: new Date(), signal: request.signal },
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
      action: body?.undo === undefined ? 'egress' : 'undo',
      source: param(call, 'source'),
      object: mesh,
      by: BY,
      reason: body?.reason,
      undoOf: body?.undo,
      egress: answer === undefined ? body?.type : `${answer.before} → ${answer.after}`,
      historyId: answer?.historyId,
      ...line,
    });
    console.metrics.write(line.outcome);
  }
}
