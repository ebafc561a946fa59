/** What the knobs do to a request of the Kubernetes API before it is answered, if it is. */
import type { Knobs } from '../kube/types';
import { StatusError } from '../kube/types';

/** Whether a request is a write, and no dry run, to one of these objects (`plural/namespace/name`). */
function isRefusedWrite(refused: readonly string[], { method, url }: AskedFor): boolean {
  if (refused.length === 0 || method === 'GET') return false;
  const { pathname, searchParams } = new URL(url, 'http://sandbox');
  if (searchParams.get('dryRun') === 'All') return false;
  return refused.some((object) => {
    const [plural, namespace, name] = object.split('/');
    return pathname.endsWith(`/namespaces/${namespace}/${plural}/${name}`);
  });
}

/** A request as far as the knobs look at it. */
export interface AskedFor {
  method: string;
  url: string;
}

/** The refusal the knobs want for a request. `chance`: a number from 0 to 1, another for each request. */
export function refusalOf(
  { throttled, errorRatio, refusedWrites }: Knobs,
  chance: number,
  asked: AskedFor,
): StatusError | undefined {
  if (throttled)
    return new StatusError(429, 'TooManyRequests', 'too many requests, please try again later', {
      retryAfterSeconds: 1,
    });
  if (chance < errorRatio)
    return new StatusError(
      500,
      'InternalError',
      `Internal error occurred: a share of ${errorRatio} of all requests fails (knob errorRatio)`,
    );
  if (isRefusedWrite(refusedWrites, asked))
    return new StatusError(500, 'InternalError', 'Internal error occurred: this object takes no change (knob refusedWrites)'); // prettier-ignore
  return undefined;
}
