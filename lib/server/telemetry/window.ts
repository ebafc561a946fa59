/** Which stretch of time a request is about. */
import 'server-only';
import type { TimeWindow } from '@/lib/mesh/telemetry/measured';
import { fail, type Failure } from '../problem';

/** Lengths a picker offers, in seconds. */
const NAMED: Readonly<Record<string, number>> = {
  '5m': 300,
  '15m': 900,
  '1h': 3_600,
  '6h': 21_600,
  '24h': 86_400,
};
/** Metrics are put together once a minute. */
const MINUTE_MS = 60_000;
const POINTS = 120;
/** X-Ray keeps traces for 30 days. */
const LONGEST_MS = 30 * 86_400_000;
/** What is longer ago than this does not change any more. */
const SETTLED_MS = 5 * MINUTE_MS;

export interface AskedWindow extends TimeWindow {
  /** What it is called, the same for all that ask for it at a time. */
  key: string;
  /** It ends now, and moves on. */
  live: boolean;
  /** Nothing in it changes any more. */
  settled: boolean;
  /** Epoch milliseconds of the last refresh: what counts by seconds may be asked up to here. `toMs` of a window that is over. */
  latestMs: number;
}

const stepOf = (lengthMs: number): number => 60 * Math.max(1, Math.ceil(lengthMs / POINTS / MINUTE_MS));

const bad = (path: string, message: string): Failure =>
  fail('E101', { errors: [{ path, message }], values: { count: 1, first: `${path} ${message}` } });

/** Epoch milliseconds of a number or ISO 8601 text. */
function momentOf(text: string): number | undefined {
  const at = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return Number.isFinite(at) ? at : undefined;
}

/**
 * `window=5m|15m|1h|6h|24h` ends with the last whole minute before the last multiple of `everyMs`, so that everybody who asks in
 * between asks for the same; `from` and `to` are whole minutes of the past. 5 minutes without any. E101 for anything else.
 */
export function windowOf(
  query: URLSearchParams,
  nowMs: number,
  everyMs: number,
): { ok: true; window: AskedWindow } | Failure {
  const [from, to] = [query.get('from'), query.get('to')];
  if (from === null && to === null) {
    const name = query.get('window') ?? '5m';
    const seconds = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    if (seconds === undefined) return bad('window', `is one of ${Object.keys(NAMED).join(', ')}`);
    const latestMs = Math.floor(nowMs / everyMs) * everyMs;
    // A minute that is not over would count with less than its length.
    const toMs = Math.floor(latestMs / MINUTE_MS) * MINUTE_MS;
    const fromMs = toMs - seconds * 1000;
    const stepSeconds = stepOf(seconds * 1000);
    return {
      ok: true,
      window: { fromMs, toMs, stepSeconds, key: `${name} ${toMs}`, live: true, settled: false, latestMs },
    };
  }
  const [begin, end] = [momentOf(from ?? ''), momentOf(to ?? '')];
  if (begin === undefined) return bad('from', 'is epoch milliseconds or ISO 8601');
  if (end === undefined) return bad('to', 'is epoch milliseconds or ISO 8601');
  const fromMs = Math.floor(begin / MINUTE_MS) * MINUTE_MS;
  const toMs = Math.ceil(end / MINUTE_MS) * MINUTE_MS;
  if (toMs <= fromMs) return bad('to', 'is after from');
  if (toMs - fromMs > LONGEST_MS) return bad('from', 'is at most 30 days before to');
  if (fromMs > nowMs) return bad('from', 'is in the past');
  return {
    ok: true,
    window: {
      fromMs,
      toMs,
      stepSeconds: stepOf(toMs - fromMs),
      key: `${fromMs} ${toMs}`,
      live: false,
      settled: toMs < nowMs - SETTLED_MS,
      latestMs: toMs,
    },
  };
}
