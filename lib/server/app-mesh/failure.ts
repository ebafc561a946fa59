/** What a failure of an App Mesh API means to the source and to the caller of ours. */
import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import type { SourcePart } from '@/lib/api/topology';
import type { ApiFailure } from '@/lib/aws/app-mesh';
import { fail, type Failure } from '../problem';

const CODES: Record<ApiFailure['kind'], ProblemCode> = {
  forbidden: 'E202',
  throttled: 'E504',
  unreachable: 'E501',
  gone: 'E501',
  invalid: 'E410',
  notFound: 'E303',
  conflict: 'E502',
  unknown: 'E502',
};

/** The trouble of a source, as its state tells it. */
export const troubleOf = ({ kind, operation, detail }: ApiFailure): NonNullable<SourcePart['problem']> => ({
  code: CODES[kind],
  detail: `${operation}: ${detail}`,
});

/** Nobody answers there: not a matter of permission, pace, or one request. */
export const isAwayFailure = ({ kind }: ApiFailure): boolean => kind === 'unreachable' || kind === 'gone';

/** Trying again soon makes no sense. */
export const isHopeless = ({ kind }: ApiFailure): boolean =>
  kind === 'forbidden' || kind === 'gone' || kind === 'invalid';

/** Seconds after which a throttled caller may come back; the API tells none. */
const THROTTLED_S = 2;

/** Turns the failure of one request about a route into a problem. `server` is where the API is. */
export function apiFailure(
  failure: ApiFailure,
  about: { server: string; router: string; route: string },
): Failure {
  const { server, router, route } = about;
  const message = failure.detail;
  const party = 'api';
  switch (failure.kind) {
    case 'forbidden':
      return fail('E202', {
        values: { party, verb: failure.operation, resource: 'routes', namespace: '', message },
      });
    case 'throttled':
      return fail('E504', { values: { party, seconds: THROTTLED_S }, retryAfterS: THROTTLED_S });
    case 'unreachable':
    case 'gone':
      return fail('E501', { values: { party, server, message } });
    case 'invalid':
      return fail('E410', { values: { party, message } });
    case 'notFound':
      return fail('E304', { values: { router, route } });
    case 'conflict':
      return fail('E502', { values: { party, status: failure.status ?? 409, message } });
    case 'unknown':
      // Of a write: it may have been taken.
      return failure.operation.startsWith('Update')
        ? fail('E505', { values: { message } })
        : fail('E502', { values: { party, status: failure.status ?? 0, message } });
  }
}
