/** What the SDK threw, sorted by what a caller does about it. */
import { detailOf, isConnectionTrouble, NEVER_SENT, readThrown } from './thrown';
import type { Thrown } from './thrown';
import type { ApiFailure, ApiFailureKind } from './types';

const BY_NAME: Record<string, ApiFailureKind> = {
  BadRequestException: 'invalid',
  LimitExceededException: 'invalid',
  TooManyTagsException: 'invalid',
  ValidationException: 'invalid',
  ForbiddenException: 'forbidden',
  AccessDeniedException: 'forbidden',
  CredentialsProviderError: 'forbidden',
  TokenProviderError: 'forbidden',
  NotFoundException: 'notFound',
  ConflictException: 'conflict',
  ResourceInUseException: 'conflict',
  TooManyRequestsException: 'throttled',
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  InternalServerErrorException: 'unreachable',
  ServiceUnavailableException: 'unreachable',
  // A service that ended knows no account; a key that never was one gets the same answer.
  UnrecognizedClientException: 'gone',
  UnknownOperationException: 'gone',
};

function byStatus(status: number): ApiFailureKind {
  if (status === 401 || status === 403) return 'forbidden';
  // The API's own 404 has a name. Any other is of somebody who does not know the API.
  if (status === 404 || status === 410) return 'gone';
  if (status === 409) return 'conflict';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unreachable';
  return status >= 400 ? 'invalid' : 'unknown';
}

function kindOf(thrown: Thrown): ApiFailureKind {
  const { name, code, status } = thrown;
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  if (status !== undefined) return byStatus(status);
  if (code === 'ENOTFOUND') return 'gone';
  return isConnectionTrouble(thrown) ? 'unreachable' : 'unknown';
}

/**
 * Sorts what a call threw. A write that was sent and not answered, or answered with trouble, is `unknown`: it may have been
 * taken.
 */
export function failureOf(
  operation: string,
  error: unknown,
  call: { about?: string; writes?: boolean } = {},
): ApiFailure {
  const thrown = readThrown(error);
  const { code, status } = thrown;
  const sorted = kindOf(thrown);
  const neverSent = NEVER_SENT.has(code ?? '') || status === 503;
  const lost = call.writes === true && sorted === 'unreachable' && !neverSent;
  return {
    kind: lost ? 'unknown' : sorted,
    operation,
    detail: detailOf(thrown, 'App Mesh API'),
    ...(call.about === undefined ? {} : { about: call.about }),
    ...(status === undefined ? {} : { status }),
  };
}

/** Whether the service as a whole is away, so that asking on makes no sense. */
export function isAway({ kind, status }: ApiFailure): boolean {
  return kind === 'gone' || (kind === 'unreachable' && status === undefined);
}
