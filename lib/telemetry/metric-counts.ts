/** What metrics say of a call or proxy in one stretch of time, and the figures it gives. A count that was not told is absent. */
import type { Figures } from '@/lib/mesh/telemetry/measured';

/** A caller's counts of what it sent. */
export interface CallCount {
  requests?: number | undefined;
  /** Answers 4xx and 5xx. */
  errors?: number | undefined;
  faults?: number | undefined;
  bytes?: number | undefined;
  meanMs?: number | undefined;
  p50Ms?: number | undefined;
  p90Ms?: number | undefined;
  p99Ms?: number | undefined;
}

/** A proxy's own counts of what reached it. */
export interface OwnCount {
  requests?: number | undefined;
  bytes?: number | undefined;
  connections?: number | undefined;
}

type Counted = 'requests' | 'errors' | 'faults' | 'bytes';

/**
 * Calls to one node as one. Means are weighted by requests. A percentile is told only where one call carried all requests: those
 * of several cannot be put together. Answers are told only where every caller with requests tells them.
 */
export function addCalls(calls: readonly CallCount[]): CallCount {
  const busy = calls.filter(({ requests = 0 }) => requests > 0);
  const sum = (counted: Counted, of: readonly CallCount[]) => {
    const amounts = of.flatMap((call) => call[counted] ?? []);
    return amounts.length === 0 ? undefined : amounts.reduce((total, each) => total + each, 0);
  };
  const told = (counted: Counted) =>
    busy.every((call) => call[counted] !== undefined)
      ? sum(counted, busy.length === 0 ? calls : busy)
      : undefined;
  const requests = sum('requests', calls);
  const weighted = busy.flatMap(({ meanMs, requests: weight = 0 }) =>
    meanMs === undefined ? [] : meanMs * weight,
  );
  const [only] = busy.length === 1 ? busy : [];
  return {
    requests,
    errors: told('errors'),
    faults: told('faults'),
    bytes: sum('bytes', calls),
    meanMs:
      weighted.length === 0 || weighted.length < busy.length || !requests
        ? undefined
        : weighted.reduce((total, each) => total + each, 0) / requests,
    p50Ms: only?.p50Ms,
    p90Ms: only?.p90Ms,
    p99Ms: only?.p99Ms,
  };
}

const per = (amount: number | undefined, of: number | undefined) =>
  amount === undefined || of === undefined || of === 0 ? undefined : amount / of;

/** A retry may be answered more often than it was asked for: never more than all. */
const ratio = (amount: number | undefined, of: number | undefined) => {
  const share = per(amount, of);
  return share === undefined ? undefined : Math.min(1, share);
};

/** Figures of a call over so many seconds. 429 is among the errors and not told by itself. */
export const callFigures = (count: CallCount, seconds: number): Figures => ({
  requests: count.requests ?? 0,
  perSecond: per(count.requests, seconds),
  errorRatio: ratio(count.errors, count.requests),
  faultRatio: ratio(count.faults, count.requests),
  meanMs: count.meanMs,
  p50Ms: count.p50Ms,
  p90Ms: count.p90Ms,
  p99Ms: count.p99Ms,
  bytesPerSecond: per(count.bytes, seconds),
});

/**
 * Figures of a proxy as a receiver. Its own: requests, rate, bytes and connections; without its own count of requests or bytes,
 * its callers'. Its callers', added up: shares of errors and faults, and latency, as they saw them.
 */
export function proxyFigures(own: OwnCount, calls: readonly CallCount[], seconds: number): Figures {
  const received = addCalls(calls);
  const requests = own.requests ?? received.requests;
  return {
    ...callFigures(received, seconds),
    requests: requests ?? 0,
    perSecond: per(requests, seconds),
    bytesPerSecond: per(own.bytes ?? received.bytes, seconds),
    connections: own.connections,
  };
}
