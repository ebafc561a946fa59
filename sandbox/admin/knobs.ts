/** The knobs: what they are at the start, and which settings they take. */
import { OPERATIONS } from '../appmesh/http/operations';
import { isQuotaName, QUOTAS } from '../appmesh/quotas';
import type { Knobs } from '../kube/types';
import { StatusError } from '../kube/types';

export const DEFAULT_KNOBS: Readonly<Knobs> = {
  latencyMs: 0,
  errorRatio: 0,
  throttled: false,
  apiDown: false,
  controllerDown: false,
  appMeshApi: 'up',
  appMeshOperations: [],
  appMeshThrottledRatio: 0.5,
  appMeshDelayMs: 2_000,
  appMeshQuotas: {},
  reconcileDelayMs: 300,
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

const STATES: unknown[] = [
  'up',
  'down',
  'gone',
  'forbidden',
  'throttled',
  'slow',
] satisfies Knobs['appMeshApi'][];
const state = { takes: (given: unknown) => STATES.includes(given), wants: STATES.join(', ') };
const operations = {
  takes: (given: unknown) =>
    Array.isArray(given) &&
    given.every((name: unknown) => typeof name === 'string' && OPERATIONS.includes(name)),
  wants: 'a list of operations of the App Mesh API, such as ["UpdateRoute"]',
};
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
  throttled: flag,
  apiDown: flag,
  controllerDown: flag,
  appMeshApi: state,
  appMeshOperations: operations,
  appMeshThrottledRatio: ratio,
  appMeshDelayMs: milliseconds,
  appMeshQuotas: quotas,
  reconcileDelayMs: milliseconds,
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

/** Reads a number of milliseconds from a query. Throws 400 for anything else. */
export function parseMilliseconds(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const ms = text.trim() === '' ? NaN : Number(text);
  if (!milliseconds.takes(ms))
    throw bad(`${name} must be ${milliseconds.wants}, not ${JSON.stringify(text)}.`);
  return ms;
}
