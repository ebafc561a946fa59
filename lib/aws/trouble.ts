/** What kept X-Ray or CloudWatch from answering, sorted by what a person does about it. */
import { detailOf, isConnectionTrouble, isWithoutCredentials, readThrown } from './thrown';
import type { Thrown } from './thrown';

/**
 * credentials: none were found, or the service does not know them. expired: they were once good. forbidden: this operation is
 * not allowed. unreachable: no answer, or an unknown region. clock: this machine's clock differs too much. groupGone: the X-Ray
 * group is not there. malformed: an answer that cannot be read. limit: more was asked than the service answers. invalid: the
 * request was refused for what it says, such as a filter expression that is none.
 */
export type TroubleKind =
  | 'credentials'
  | 'expired'
  | 'forbidden'
  | 'throttled'
  | 'unreachable'
  | 'clock'
  | 'groupGone'
  | 'malformed'
  | 'limit'
  | 'invalid';

export interface Trouble {
  kind: TroubleKind;
  /** The API's name of the operation. */
  operation: string;
  /** The service's own words, without anything secret. */
  detail: string;
}

/** What was read, perhaps in part; absent where nothing was. */
export interface Reading<T> {
  result?: T | undefined;
  troubles: Trouble[];
  /** Calls sent. */
  calls: number;
}

type Rule = [name: RegExp, kind: TroubleKind];

/** By the names AWS services share: https://docs.aws.amazon.com/awssupport/latest/user/CommonErrors.html and the SDKs' retry rules. */
const BY_NAME: readonly Rule[] = [
  [/^ExpiredToken/, 'expired'],
  [/^(?:RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)/, 'clock'],
  [
    /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|MissingAuthenticationToken)/,
    'credentials',
  ],
  [/^(?:AccessDenied|Unauthorized|NotAuthorized|AuthorizationError|OptInRequired)/, 'forbidden'],
  [/^(?:Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown)/, 'throttled'],
  [/^LimitExceeded/, 'limit'],
  [/^SyntaxError$/, 'malformed'],
  [/^(?:Invalid|Missing|Validation|MalformedQuery|ResourceNotFound)/, 'invalid'],
];

const SIGNATURE = /^(?:SignatureDoesNotMatch|InvalidSignature)/;
const OF_TIME = /not yet current|expired|too skewed|clock/i;
const TOO_MUCH = /exceed|maximum|too (?:many|large|long)/i;

function byStatus(status: number): TroubleKind {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 429) return 'throttled';
  // 404 and 410: nobody who knows the API is at this address.
  if (status >= 500 || status === 404 || status === 410) return 'unreachable';
  return status >= 400 ? 'invalid' : 'malformed';
}

function kindOf(thrown: Thrown): TroubleKind {
  const { name, message, status } = thrown;
  // A login of the AWS CLI that ran out is found while looking for credentials.
  if (isWithoutCredentials(thrown)) return /expired/i.test(message) ? 'expired' : 'credentials';
  if (SIGNATURE.test(name)) return OF_TIME.test(message) ? 'clock' : 'credentials';
  const [, known] = BY_NAME.find(([pattern]) => pattern.test(name)) ?? [];
  if (known === 'invalid') return TOO_MUCH.test(message) ? 'limit' : 'invalid';
  if (known !== undefined) return known;
  if (isConnectionTrouble(thrown) || name === 'AbortError') return 'unreachable';
  return status === undefined ? 'unreachable' : byStatus(status);
}

/** Sorts what a call threw. `api`: whose answer was awaited, for the words shown. */
export function troubleOf(operation: string, error: unknown, api: string): Trouble {
  const thrown = readThrown(error);
  return { kind: kindOf(thrown), operation, detail: detailOf(thrown, api) };
}

/** A trouble about entries that could not be read and were left out; none where all could. */
export const unreadTrouble = (operation: string, count: number, first: string): Trouble[] =>
  count === 0
    ? []
    : [{ kind: 'malformed', operation, detail: `${count} entries could not be read, the first: ${first}` }];
