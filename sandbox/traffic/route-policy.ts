/** Retries and timeouts of a route, in milliseconds. */
import type { ApiResource } from '../appmesh/control-plane';
import { bodyOf } from './matching';

interface Duration {
  unit?: string;
  value?: number;
}

interface Policies {
  retryPolicy?: {
    maxRetries?: number;
    perRetryTimeout?: Duration;
    httpRetryEvents?: string[];
    grpcRetryEvents?: string[];
    tcpRetryEvents?: string[];
  };
  timeout?: { perRequest?: Duration };
}

export interface Retry {
  most: number;
  perTryMs: number | undefined;
  retries(status: number, connected: boolean): boolean;
}

/** Which events a status sets off: HTTP statuses stand for those of gRPC too. */
const EVENTS: Record<string, (status: number, connected: boolean) => boolean> = {
  'server-error': (status) => status >= 500,
  'gateway-error': (status) => status >= 502 && status <= 504,
  'client-error': (status) => status === 409,
  'stream-error': (status) => status === 502,
  'connection-error': (_, connected) => !connected,
  unavailable: (status) => status === 503,
  internal: (status) => status === 500,
  'deadline-exceeded': (status) => status === 504,
  'resource-exhausted': (status) => status === 429,
};

export function retryOf(route: ApiResource): Retry | undefined {
  const { retryPolicy: policy } = policiesOf(route);
  if (!policy?.maxRetries) return undefined;
  const { httpRetryEvents = [], grpcRetryEvents = [], tcpRetryEvents = [] } = policy;
  const events = [...httpRetryEvents, ...grpcRetryEvents, ...tcpRetryEvents];
  return {
    most: policy.maxRetries,
    perTryMs: milliseconds(policy.perRetryTimeout),
    retries: (status, connected) => events.some((event) => EVENTS[event]?.(status, connected) ?? false),
  };
}

export const timeoutOf = (route: ApiResource) => milliseconds(policiesOf(route).timeout?.perRequest);

const policiesOf = (route: ApiResource): Policies => bodyOf(route)?.body ?? {};

function milliseconds({ unit, value }: Duration = {}): number | undefined {
  if (value === undefined || value <= 0) return undefined;
  return unit === 's' ? value * 1000 : value;
}
