/** The knobs: what they are at the start, and which settings they take. */
import { OPERATIONS } from '../appmesh/http/operations';
import { isQuotaName, QUOTAS } from '../appmesh/quotas';
import { CLOUDWATCH_OPERATIONS } from '../cloudwatch/operations';
import type { Knobs } from '../kube/types';
import { TELEMETRY_MODES } from '../traffic/faults';
import { XRAY_OPERATIONS } from '../xray/operations';
import { StatusError } from '../kube/types';

export const DEFAULT_KNOBS: Readonly<Knobs> = {
  latencyMs: 0,
  errorRatio: 0,
  refusedWrites: [],
  throttled: false,
  apiDown: false,
  controllerDown: false,
  appMeshApi: 'up',
  appMeshOperations: [],
  appMeshThrottledRatio: 0.5,
  appMeshDelayMs: 2_000,
  appMeshQuotas: {},
  reconcileDelayMs: 300,
  trafficSeed: 1,
  trafficRate: 1,
  xraySampling: 0.05,
  xrayLostPropagation: [],
  xrayMalformed: false,
  xrayOversized: false,
  xrayMode: 'up',
  cloudWatchMode: 'up',
  xrayOperations: [],
  cloudWatchOperations: [],
  cloudWatchNames: 'statsd',
  telemetryClockSkewSeconds: 0,
  telemetryDelayMs: 2_000,
  telemetryThrottledRatio: 1,
};

const LONGEST_MS = 60_000;

const milliseconds = {
  takes: (given: unknown) =>
    typeof given === 'number' && Number.isInteger(given) && given >= 0 && given <= LONGEST_MS,
  wants: `a whole number of milliseconds from 0 to ${LONGEST_MS}`,
};
const ratio = {
  takes: (given: unknown) => typeof given === 'number' && given >= 0 && given <= 1,
  wants: 'a number from 0 to 1',
};
const flag = { takes: (given: unknown) => typeof given === 'boolean', wants: 'true or false' };

const number = (least: number, most: number, whole = false) => ({
  takes: (given: unknown) =>
    typeof given === 'number' && given >= least && given <= most && (!whole || Number.isInteger(given)),
  wants: `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
});
const oneOf = (...choices: unknown[]) => ({
  takes: (given: unknown) => choices.includes(given),
  wants: choices.join(', '),
});
const names = {
  takes: (given: unknown) =>
    Array.isArray(given) && given.every((name: unknown) => typeof name === 'string' && name !== ''),
  wants: 'a list of names',
};
const operationsOf = (api: string, operations: readonly string[], example: string) => ({
  takes: (given: unknown) =>
    Array.isArray(given) &&
    given.every((name: unknown) => typeof name === 'string' && operations.includes(name)),
  wants: `a list of operations of the ${api} API, such as ["${example}"]`,
});
const mode = oneOf(...TELEMETRY_MODES);
const quotas = {
  takes: (given: unknown) =>
    typeof given === 'object' &&
    given !== null &&
    Object.entries(given).every(
      ([name, most]) => isQuotaName(name) && typeof most === 'number' && Number.isInteger(most) && most >= 0,
    ),
  wants: `an object of whole numbers by ${Object.keys(QUOTAS).join(', ')}`,
};

const RULES: Record<keyof Knobs, { takes(given: unknown): boolean; wants: string }> = {
  latencyMs: milliseconds,
  errorRatio: ratio,
  refusedWrites: names,
  throttled: flag,
  apiDown: flag,
  controllerDown: flag,
  appMeshApi: oneOf('up', 'down', 'gone', 'forbidden', 'throttled', 'slow'),
  appMeshOperations: operationsOf('App Mesh', OPERATIONS, 'UpdateRoute'),
  appMeshThrottledRatio: ratio,
  appMeshDelayMs: milliseconds,
  appMeshQuotas: quotas,
  reconcileDelayMs: milliseconds,
  trafficSeed: number(0, 2 ** 32 - 1, true),
  trafficRate: number(0, 5),
  xraySampling: ratio,
  xrayLostPropagation: names,
  xrayMalformed: flag,
  xrayOversized: flag,
  xrayMode: mode,
  cloudWatchMode: mode,
  xrayOperations: operationsOf('X-Ray', XRAY_OPERATIONS, 'GetServiceGraph'),
  cloudWatchOperations: operationsOf('CloudWatch', CLOUDWATCH_OPERATIONS, 'GetMetricData'),
  cloudWatchNames: oneOf('statsd', 'prometheus', 'adot'),
  telemetryClockSkewSeconds: number(-86_400, 86_400),
  telemetryDelayMs: milliseconds,
  telemetryThrottledRatio: ratio,
};

const isKnob = (name: string): name is keyof Knobs => Object.hasOwn(RULES, name);

const bad = (message: string) => new StatusError(400, 'BadRequest', message);

/** Reads some knobs from JSON. Throws 400 for one that is not known or not set to what it takes; then none counts. */
export function parseKnobs(body: string): Partial<Knobs> {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw bad('The body is not JSON. Send an object of knobs, such as {"latencyMs": 800}.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw bad('Send an object of knobs, such as {"latencyMs": 800}.');
  for (const [name, setting] of Object.entries(given)) {
    if (!isKnob(name))
      throw bad(`There is no knob "${name}". The knobs are ${Object.keys(RULES).join(', ')}.`);
    if (!RULES[name].takes(setting))
      throw bad(`${name} must be ${RULES[name].wants}, not ${JSON.stringify(setting)}.`);
  }
  return given as Partial<Knobs>; // every field was checked above
}

/** Reads a time in epoch seconds from a query. Throws 400 for anything else. */
export function parseSeconds(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^\d{1,12}(\.\d+)?$/.test(text))
    throw bad(`${name} must be a time in seconds since 1970, not ${JSON.stringify(text)}.`);
  return Number(text);
}

/** Reads a number of milliseconds from a query. Throws 400 for anything else. */
export function parseMilliseconds(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const ms = text.trim() === '' ? NaN : Number(text);
  if (!milliseconds.takes(ms))
    throw bad(`${name} must be ${milliseconds.wants}, not ${JSON.stringify(text)}.`);
  return ms;
}
