/** What a cluster's refusal means to the caller of the API. */
import 'server-only';
import type { Answer } from '@/lib/kubernetes';
import { fail, type Failure } from './problem';

type Refusal = Extract<Answer, { ok: false }>;

/** What was attempted, in kubectl's words; `server` is the API server's address. `namespace` is '' for what is of the whole cluster. */
export interface Attempt {
  verb: string;
  resource: string;
  kind: string;
  namespace: string;
  name: string;
  server: string;
}

/**
 * Turns a refusal into a problem. `conflict` is not for here where the caller can show both sides: read again and build
 * E409 with them.
 */
export function clusterFailure(refusal: Refusal, attempt: Attempt): Failure {
  const { verb, resource, kind, name, server } = attempt;
  const namespace = attempt.namespace || '_';
  const message = refusal.message;
  switch (refusal.kind) {
    case 'forbidden':
      return fail('E202', { values: { verb, resource, namespace, message } });
    case 'notFound':
      return fail('E303', { values: { kind, namespace, name } });
    case 'invalid':
      return fail('E410', { values: { message } });
    case 'throttled': {
      const seconds = refusal.retryAfterS ?? 1;
      return fail('E504', { values: { seconds }, retryAfterS: seconds });
    }
    case 'unreachable':
      return fail('E501', { values: { server, message } });
    case 'outcomeUnknown':
      return fail('E505', { values: { message } });
    case 'conflict':
    case 'refused':
      return fail('E502', { values: { status: refusal.status ?? 0, message } });
  }
}
