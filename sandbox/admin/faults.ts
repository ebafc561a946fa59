/** What the knobs do to a request of the Kubernetes API before it is answered, if it is. */
import type { Knobs } from '../kube/types';
import { StatusError } from '../kube/types';

/** The refusal the knobs want for a request. `chance`: a number from 0 to 1, another for each request. */
export function refusalOf({ throttled, errorRatio }: Knobs, chance: number): StatusError | undefined {
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
  return undefined;
}
