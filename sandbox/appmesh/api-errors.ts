/** Errors of the App Mesh API, in the words the controller's SDK puts them in. */
import { REGION, requestPath, type ResourceId } from './resource-id';

/** HTTP status of each error; 0 where no answer came at all. */
const STATUS = {
  RequestError: 0,
  BadRequestException: 400,
  LimitExceededException: 400,
  TooManyTagsException: 400,
  AccessDeniedException: 403,
  IncompleteSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  NotFoundException: 404,
  UnknownOperationException: 404,
  ConflictException: 409,
  ResourceInUseException: 409,
  TooManyRequestsException: 429,
  InternalServerErrorException: 500,
} as const;

export type ErrorCode = keyof typeof STATUS;

/** A refusal; `message` has the code in front, as the controller's SDK writes it, `detail` has not. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ApiError';
  }

  get status(): number {
    return STATUS[this.code];
  }
}

/** `gone`: the host name of the service no longer resolves. `down`: it does, and nobody listens there. */
export type Silence = 'down' | 'gone';

/** What the SDK of the controller says when the service does not answer. */
export function unreachable(method: string, id: ResourceId, silence: Silence): ApiError {
  const host = `appmesh.${REGION}.amazonaws.com`;
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  const cause =
    silence === 'gone'
      ? `dial tcp: lookup ${host} on 10.100.0.10:53: no such host`
      : 'dial tcp 192.0.2.10:443: connect: connection refused';
  return new ApiError(
    'RequestError',
    `send request failed\ncaused by: ${verb} "https://${host}${requestPath(id)}": ${cause}`,
  );
}
