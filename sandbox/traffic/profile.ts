/** How a node or gateway behaves under traffic: from its name, unless an annotation says otherwise. */
import { fractionOf } from './random';

export const TRAFFIC_ANNOTATION = 'sandbox.meshdeck.dev/traffic';

/** What the annotation may say, all of it optional. */
export interface TrafficCr {
  p50Ms?: number;
  p99Ms?: number;
  /** Shares of the requests it answers with 5xx, 4xx and 429. */
  faultRatio?: number;
  errorRatio?: number;
  throttleRatio?: number;
  /** Requests per second that come to it from outside the mesh, on average over a day. */
  rps?: number;
  /** Services or nodes that it calls without having them among its backends. */
  calls?: string[];
  /** Name under which its application sends segments of its own. */
  app?: string;
}

export interface Profile {
  /** Of the time it works itself: mean and deviation of the logarithm of the milliseconds. */
  mu: number;
  sigma: number;
  faultRatio: number;
  errorRatio: number;
  throttleRatio: number;
  rps: number | undefined;
  undeclaredCalls: string[];
  app: string | undefined;
  /** Bytes of an answer, on average. */
  answerBytes: number;
}

/** The 99th percentile of a standard normal distribution. */
const Z99 = 2.3263;

/** `name`: what the profile is made of where `given` says nothing. */
export function profileOf(name: string, given: TrafficCr = {}): Profile {
  const p50Ms = given.p50Ms ?? 5 * 16 ** (fractionOf(name, 'p50') ** 1.5);
  const p99Ms = given.p99Ms ?? p50Ms * (2.5 + 4 * fractionOf(name, 'p99'));
  return {
    mu: Math.log(p50Ms),
    sigma: Math.max(0, Math.log(Math.max(p99Ms, p50Ms) / p50Ms) / Z99),
    faultRatio: given.faultRatio ?? 0.005 * fractionOf(name, 'faults') ** 2,
    errorRatio: given.errorRatio ?? 0.012 * fractionOf(name, 'errors') ** 2,
    throttleRatio: given.throttleRatio ?? (fractionOf(name, 'throttles') > 0.85 ? 0.001 : 0),
    rps: given.rps,
    undeclaredCalls: given.calls ?? [],
    app: given.app,
    answerBytes: Math.round(800 * 40 ** fractionOf(name, 'bytes')),
  };
}

const NUMBERS = ['p50Ms', 'p99Ms', 'faultRatio', 'errorRatio', 'throttleRatio', 'rps'] as const;

/** Reads the annotation. What is no JSON object, and each field that is not what it should be, counts as left out. */
export function trafficFrom(text: string | undefined): TrafficCr {
  const given = text === undefined ? undefined : parsed(text);
  if (typeof given !== 'object' || given === null) return {};
  const fields: Record<string, unknown> = { ...given };
  const traffic: TrafficCr = {};
  for (const name of NUMBERS) {
    const number = fields[name];
    if (typeof number !== 'number' || !(number >= 0)) continue;
    if (name === 'p50Ms' || name === 'p99Ms') traffic[name] = Math.max(0.1, Math.min(number, 60_000));
    else traffic[name] = name === 'rps' ? Math.min(number, MOST_RPS) : Math.min(number, 1);
  }
  const { calls, app } = fields;
  if (Array.isArray(calls))
    traffic.calls = calls.filter((each: unknown): each is string => typeof each === 'string');
  if (typeof app === 'string' && app !== '') traffic.app = app;
  return traffic;
}

/** More than this from outside would make a minute of the past expensive to draw. */
export const MOST_RPS = 100;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
