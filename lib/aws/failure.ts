/** What the SDK threw, sorted by what a caller does about it. */
import { z } from 'zod';
import type { ApiFailure, ApiFailureKind } from './types';

const thrown = z.looseObject({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z.looseObject({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
});

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

/** Words of the connection that say the write was never sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const CONNECTION = new Set([
  ...NEVER_SENT,
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ECONNABORTED',
  'TimeoutError',
]);

function byStatus(status: number): ApiFailureKind {
  if (status === 401 || status === 403) return 'forbidden';
  // The API's own 404 has a name. Any other is of somebody who does not know the API.
  if (status === 404 || status === 410) return 'gone';
  if (status === 409) return 'conflict';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unreachable';
  return status >= 400 ? 'invalid' : 'unknown';
}

function kindOf(name: string, code: string | undefined, status: number | undefined): ApiFailureKind {
  const known = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  if (known !== undefined) return known;
  if (status !== undefined) return byStatus(status);
  if (code === 'ENOTFOUND') return 'gone';
  return CONNECTION.has(code ?? name) || CONNECTION.has(name) ? 'unreachable' : 'unknown';
}

/** Texts that would show a credential, or quote a request that carries one. */
const SECRET = /x-amz-security-token|canonical string|signature|credential=|\b(?:AKIA|ASIA)[A-Z0-9]{8,}/i;
const LONGEST = 300;

function detailOf(name: string, message: string, code: string | undefined, status: number | undefined) {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError')
    return 'no AWS credentials could be had';
  if (name === 'SyntaxError') return `the answer is none of the App Mesh API (HTTP ${status ?? '?'})`;
  // Its message is the SDK's own name for an answer without one.
  if (message === 'UnknownError' || message === '')
    return status === undefined ? (code ?? name) : `HTTP ${status}`;
  // The SDK's own words about it are those of its parts.
  if (message.startsWith('@smithy/')) return 'no answer in time';
  const [line = ''] = message.trim().split('\n', 1);
  return SECRET.test(line) ? name : line.slice(0, LONGEST);
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
  const parsed = thrown.safeParse(error);
  const { name, message, code, $metadata } = parsed.success
    ? parsed.data
    : { name: 'Error', message: String(error), code: undefined, $metadata: undefined };
  const status = $metadata?.httpStatusCode;
  const sorted = kindOf(name, code, status);
  const neverSent = NEVER_SENT.has(code ?? '') || status === 503;
  const lost = call.writes === true && sorted === 'unreachable' && !neverSent;
  return {
    kind: lost ? 'unknown' : sorted,
    operation,
    detail: detailOf(name, message, code, status),
    ...(call.about === undefined ? {} : { about: call.about }),
    ...(status === undefined ? {} : { status }),
  };
}

/** Whether the service as a whole is away, so that asking on makes no sense. */
export function isAway({ kind, status }: ApiFailure): boolean {
  return kind === 'gone' || (kind === 'unreachable' && status === undefined);
}
