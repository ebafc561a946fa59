/** What the knobs do to a request of the App Mesh API. */
import type { Knobs } from '../../kube/types';
import { ApiError } from '../api-errors';
import { ACCOUNT, REGION } from '../resource-id';

/** Whether the state of the API concerns this operation: all of them, unless some are named. */
const concerned = ({ appMeshOperations }: Knobs, operation: string) =>
  appMeshOperations.length === 0 || appMeshOperations.includes(operation);

/** How long an answer is held back, in milliseconds. */
export function delayOf(knobs: Knobs, operation: string): number {
  return knobs.appMeshApi === 'slow' && concerned(knobs, operation) ? knobs.appMeshDelayMs : 0;
}

/** The refusal the knobs want for an operation. `chance`: a number from 0 to 1, another for each request. */
export function refusalOf(knobs: Knobs, operation: string, chance: number): ApiError | undefined {
  if (!concerned(knobs, operation)) return undefined;
  if (knobs.appMeshApi === 'forbidden')
    return new ApiError(
      'AccessDeniedException',
      `User: arn:aws:sts::${ACCOUNT}:assumed-role/sandbox/session is not authorized to perform: appmesh:${operation} on resource: arn:aws:appmesh:${REGION}:${ACCOUNT}:*`,
    );
  if (knobs.appMeshApi === 'throttled' && chance < knobs.appMeshThrottledRatio)
    return new ApiError('TooManyRequestsException', 'Rate exceeded');
  return undefined;
}
