/** What an SDK throws, read once: its name, its status, and words that can be shown. */
import { z } from 'zod';

const thrown = z.looseObject({
  name: z.string().catch('Error'),
  message: z.string().catch(''),
  code: z.string().optional().catch(undefined),
  $metadata: z.looseObject({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
});

export interface Thrown {
  name: string;
  message: string;
  /** Node's word for what happened to the connection. */
  code: string | undefined;
  /** HTTP status, where there was an answer. */
  status: number | undefined;
}

/** Reads whatever was thrown; never fails. */
export function readThrown(error: unknown): Thrown {
  const parsed = thrown.safeParse(error);
  if (!parsed.success) return { name: 'Error', message: String(error), code: undefined, status: undefined };
  const { name, message, code, $metadata } = parsed.data;
  return { name, message, code, status: $metadata?.httpStatusCode };
}

/** Words of the connection that say a request was never sent. */
export const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const CONNECTION = new Set([
  ...NEVER_SENT,
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ECONNABORTED',
  'TimeoutError',
]);

/** Whether there was no connection, it broke, or no answer came in time. */
export const isConnectionTrouble = ({ name, code }: Thrown): boolean =>
  CONNECTION.has(code ?? name) || CONNECTION.has(name);

/** Whether credentials could not even be had: nothing was sent. */
export const isWithoutCredentials = ({ name }: Thrown): boolean =>
  name === 'CredentialsProviderError' || name === 'TokenProviderError';

/** Texts that would show a credential, or quote a request that carries one. */
const SECRET = /x-amz-security-token|canonical string|signature|credential=|\b(?:AKIA|ASIA)[A-Z0-9]{8,}/i;
/** How a service tells that clocks differ: two times, and no part of the request. */
const TIMES = /^Signature (?:expired|not yet current): [\dTZ]{16} is [ \w]+ [\dTZ]{16}/;
const LONGEST = 300;

/** What the service or SDK said, in one line and without anything secret; `api` names whose answer was awaited. */
export function detailOf({ name, message, code, status }: Thrown, api: string): string {
  if (isWithoutCredentials({ name, message, code, status })) return 'no AWS credentials could be had';
  if (name === 'SyntaxError') return `the answer is none of the ${api} (HTTP ${status ?? '?'})`;
  // Its message is the SDK's own name for an answer without one.
  if (message === 'UnknownError' || message === '')
    return status === undefined ? (code ?? name) : `HTTP ${status}`;
  // The SDK's own words about it are those of its parts.
  if (message.startsWith('@smithy/')) return 'no answer in time';
  const [line = ''] = message.trim().split('\n', 1);
  const [times] = TIMES.exec(line) ?? [];
  if (times !== undefined) return times;
  return SECRET.test(line) ? name : line.slice(0, LONGEST);
}
