/** Problem documents (RFC 9457): built here, from a code and its values, and nowhere else. */
import 'server-only';
import { withParty, type Problem, type ProblemCode } from '@/lib/api/problem';
import { createTranslate } from '@/lib/i18n/translate';

const STATUS: Record<ProblemCode, number> = {
  E100: 400,
  E101: 422,
  E102: 413,
  E103: 415,
  E104: 403,
  E105: 400,
  E106: 400,
  E201: 403,
  E202: 403,
  E203: 409,
  E204: 409,
  E301: 404,
  E302: 404,
  E303: 404,
  E304: 404,
  E305: 404,
  E306: 404,
  E307: 404,
  E308: 404,
  E401: 422,
  E402: 422,
  E403: 422,
  E404: 409,
  E405: 422,
  E406: 409,
  E407: 409,
  E408: 409,
  E409: 409,
  E410: 422,
  E411: 422,
  E412: 409,
  E413: 409,
  E414: 422,
  E415: 409,
  E416: 409,
  E417: 422,
  E501: 503,
  E502: 502,
  E503: 503,
  E504: 503,
  E505: 504,
  E506: 502,
  E599: 500,
};

const english = createTranslate('en');

/** A failure on its way to the caller. `retryAfterS` becomes the Retry-After header. */
export interface Failure {
  ok: false;
  problem: Problem;
  retryAfterS?: number | undefined;
}

type Extras = Pick<
  Problem,
  'errors' | 'conflict' | 'listConflict' | 'specConflict' | 'egressConflict' | 'values'
> & {
  retryAfterS?: number | undefined;
  /** Where the status differs from the code's usual one. */
  status?: number | undefined;
};

/** Builds the failure of a code. `values` must hold what the messages of the code name; the `party` is a cluster unless named. */
export function fail(code: ProblemCode, extras: Extras = {}): Failure {
  const { retryAfterS, values, status = STATUS[code], ...rest } = extras;
  const named = withParty(values);
  const what = english(`problem.${code}.what`, named);
  const next = english(`problem.${code}.next`, named);
  const problem: Problem = {
    type: `urn:meshdeck:problem:${code}`,
    title: english(`problem.${code}.title`, named),
    status,
    code,
    detail: `${/[.!?]$/.test(what) ? what : `${what}.`} ${next}`, // it may end with the words of a cluster
    ...(values === undefined ? {} : { values }),
    ...rest,
  };
  return { ok: false, problem, retryAfterS };
}

/** The HTTP answer of a failure. `instance` is the path that was asked for. */
export function problemResponse(failure: Failure, instance: string): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json; charset=utf-8' });
  if (failure.retryAfterS !== undefined) headers.set('retry-after', String(Math.ceil(failure.retryAfterS)));
  return new Response(JSON.stringify({ ...failure.problem, instance }), {
    status: failure.problem.status,
    headers,
  });
}
