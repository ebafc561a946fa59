/** A change of one object by one request: read, carried out, and told of in the audit log and the metrics, whatever came of it. */
import 'server-only';
import type { z } from 'zod';
import { BODY_LIMIT_BYTES, readJson, unfitting } from '../body';
import { param, sourceOf, type Call, type Outcome } from '../call';
import { audit, type AuditLine } from '../log';
import { fail, type Failure } from '../problem';
import type { MeshSource } from '../source';
import { BY } from '../weights/send';

interface Body {
  dryRun?: boolean | undefined;
  reason?: string | undefined;
}

interface Answer {
  outcome: 'dryRun' | 'applied';
  historyId?: string | undefined;
}

interface OneWrite<B extends Body, A extends Answer> {
  schema: z.ZodType<B>;
  limitBytes?: number;
  /** A request without a body asks for the change as it stands. */
  bodyOptional?: boolean;
  apply(source: MeshSource, body: B): Promise<{ ok: true; answer: A } | Failure>;
  /** What the audit line says of this kind of change; without a body where it could not be read, without an answer where it was not made. */
  told(
    body: B | undefined,
    answer: A | undefined,
  ): Omit<AuditLine, 'source' | 'by' | 'reason' | 'dryRun' | 'outcome' | 'code' | 'historyId'>;
}

/** Whether a write that failed may have been made all the same. */
const outcomeOf = ({ problem }: Failure): AuditLine['outcome'] =>
  problem.code === 'E505' ? 'unknown' : 'refused';

/** Failures: E101, E201, E301, and those of `apply`. */
export async function writeOne<B extends Body, A extends Answer>(
  call: Call,
  { schema, limitBytes = BODY_LIMIT_BYTES, bodyOptional = false, apply, told }: OneWrite<B, A>,
): Promise<Outcome> {
  const { console, request } = call;
  let body: B | undefined;
  let answer: A | undefined;
  const line: Pick<AuditLine, 'outcome' | 'code'> = { outcome: 'failed', code: 'E599' };
  const attempt = async (): Promise<Outcome> => {
    const found = sourceOf(call);
    if (!found.ok) return found;
    if (console.config.readOnly) return fail('E201');
    const read =
      bodyOptional && request.body === null
        ? { ok: true as const, json: {} }
        : await readJson(request, limitBytes);
    if (!read.ok) return read;
    const parsed = schema.safeParse(read.json);
    if (!parsed.success) return unfitting(parsed.error.issues);
    body = parsed.data;
    const result = await apply(found.source, body);
    if (!result.ok) return result;
    ({ answer } = result);
    return { ok: true, json: answer };
  };
  try {
    const outcome = await attempt();
    line.outcome = outcome.ok ? (answer?.outcome ?? 'failed') : outcomeOf(outcome);
    line.code = outcome.ok ? undefined : outcome.problem.code;
    return outcome;
  } finally {
    audit(console.log, {
      ...told(body, answer),
      source: param(call, 'source'),
      by: BY,
      reason: body?.reason,
      dryRun: body?.dryRun === true,
      historyId: answer?.historyId,
      ...line,
    });
    console.metrics.write(line.outcome);
  }
}
