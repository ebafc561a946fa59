/** How an AWS API is reached: region, address, credentials and patience, the same for every client. */
import { createPace } from './pace';
import type { Pace, PaceLimits } from './pace';

export interface ConnectionOptions {
  region: string;
  /** Else what the SDK's variable for the service (`AWS_ENDPOINT_URL_…`) or for all services says, else AWS's own address. */
  endpoint?: string;
  profile?: string;
  /** Else the SDK's chain: environment, profile, container, instance. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  concurrency?: number;
  /** Calls per second. */
  perSecond?: number;
  burst?: number;
  /** Attempts at one call, the first included. */
  attempts?: number;
  /** Longest wait for a connection and for an answer, in milliseconds. */
  connectTimeoutMs?: number;
  answerTimeoutMs?: number;
}

const ATTEMPTS = 3;
const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 10_000;

/** What the SDK says once about coming versions on Node 20. */
const HUSH = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

/** The options in the words of an SDK client's constructor. */
export function clientSettings(options: ConnectionOptions) {
  process.env[HUSH] ??= 'true';
  const { region, endpoint, profile, credentials } = options;
  return {
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: options.attempts ?? ATTEMPTS,
    retryMode: 'standard' as const,
    requestHandler: {
      connectionTimeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      requestTimeout: options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  };
}

/** The pace that is asked for, else the service's usual one. */
export const paceOf = (options: ConnectionOptions, usual: PaceLimits): Pace =>
  createPace({
    concurrency: options.concurrency ?? usual.concurrency,
    perSecond: options.perSecond ?? usual.perSecond,
    burst: options.burst ?? usual.burst,
  });

/** Where an API is asked, without a user name or password; `undefined`: AWS's own address for the region. */
export function shownEndpoint({ endpoint }: ConnectionOptions, variable: string): string | undefined {
  const asked = endpoint ?? process.env[variable] ?? process.env['AWS_ENDPOINT_URL'];
  if (asked === undefined || !URL.canParse(asked)) return asked;
  const url = new URL(asked);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
