/** What the API server answered, sorted by what a caller does about it. */

export type RefusalKind =
  /** 401 or 403. */
  | 'forbidden'
  /** 404. */
  | 'notFound'
  /** 409. */
  | 'conflict'
  /** 400 or 422, an admission webhook's no included. */
  | 'invalid'
  /** 429. */
  | 'throttled'
  /** No connection could be made, or it ended before an answer to a read. */
  | 'unreachable'
  /** Any other answer. */
  | 'refused'
  /** A write was sent and the connection ended before the answer. */
  | 'outcomeUnknown';

export interface Refusal {
  ok: false;
  kind: RefusalKind;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** The cluster's own words, or the connection's. */
  message: string;
  retryAfterS?: number;
}

export type Answer =
  | {
      ok: true;
      status: number;
      body: unknown;
      /** The server's clock as it answered, epoch milliseconds in whole seconds; absent where it does not tell. */
      dateMs?: number;
    }
  | Refusal;

/** A webhook's no is a 403 to the API server; it is about the object, not about permissions. */
const WEBHOOK_DENIAL = /admission webhook ".*" denied the request/;

function kindOf(status: number, message: string): RefusalKind {
  if (WEBHOOK_DENIAL.test(message)) return 'invalid';
  switch (status) {
    case 401:
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    case 400:
    case 422:
      return 'invalid';
    case 429:
      return 'throttled';
    default:
      return 'refused';
  }
}

/** The message of a Kubernetes Status object, else the text itself, shortened. */
function messageOf(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'message' in parsed &&
      typeof parsed.message === 'string'
    )
      return parsed.message;
  } catch {
    // not JSON: a proxy's page, for example
  }
  return text.trim().slice(0, 300);
}

/** Sorts an answer that is no success. `retryAfter` is the header's text. */
export function refusal(status: number, text: string, retryAfter?: string): Refusal {
  const message = messageOf(text) || `HTTP ${status}`;
  const seconds = Number(retryAfter);
  return {
    ok: false,
    kind: kindOf(status, message),
    status,
    message,
    ...(retryAfter !== undefined && Number.isFinite(seconds) ? { retryAfterS: seconds } : {}),
  };
}
