/** Errors of the App Mesh API, in the words the controller's SDK puts them in. */
import { REGION, requestPath, type ResourceId } from './resource-id';

export class ApiError extends Error {
  constructor(
    readonly code: string,
    /** HTTP status; 0 where no answer came at all. */
    readonly status: number,
    message: string,
  ) {
    super(`${code}: ${message}`);
    this.name = 'ApiError';
  }
}

/** What the SDK says when the host name of the service no longer resolves. */
export function unreachable(method: string, id: ResourceId): ApiError {
  const host = `appmesh.${REGION}.amazonaws.com`;
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return new ApiError(
    'RequestError',
    0,
    `send request failed\ncaused by: ${verb} "https://${host}${requestPath(id)}": dial tcp: lookup ${host} on 10.100.0.10:53: no such host`,
  );
}
