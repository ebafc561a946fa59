/**
 * Whether a request meets a condition of a match, and why. Proxies of App Mesh are Envoys: where the documentation of App
 * Mesh leaves a question open, Envoy's route matching answers it (docs/route-tester.md names each).
 */
import type { MatchCondition } from '../model';
import { patternTest } from '../query/pattern';
import type { SeenRequest } from './request';

/**
 * fits: met. differs: there, and not what is asked for. absent: not there. excluded: what must not be, is. notNumber: a range is asked
 * for, and this is no whole number. unreadable: a regular expression that cannot be read here.
 */
export type ConditionKey = 'fits' | 'differs' | 'absent' | 'excluded' | 'notNumber' | 'unreadable';

export interface ConditionReason {
  key: ConditionKey;
  met: boolean;
  condition: MatchCondition;
  /** What the request has there; `undefined` where it has nothing. */
  given: string | undefined;
}

/** The longest that the API takes. */
const LONGEST_REGEX = 255;

/** What a request has where a condition looks. */
function givenTo({ on, name = '' }: MatchCondition, request: SeenRequest): string | undefined {
  switch (on) {
    case 'prefix':
    case 'path':
      return request.plainPath;
    case 'service':
      return request.plainPath.slice(1);
    case 'method':
      return request.method;
    case 'scheme':
      return request.scheme;
    case 'hostname':
      return request.host === '' ? undefined : request.host;
    case 'port':
      return request.port === undefined ? undefined : String(request.port);
    case 'header':
    case 'metadata':
      return request.fields.get(name.toLowerCase());
    case 'query':
      return request.query.get(name);
  }
}

/** A range as the model writes it: the first number is part of it, the last is not. */
export function rangeOf(operand: string): { start: number; end: number } | undefined {
  const [, start, end] = /^(-?\d+)\.\.(-?\d+)$/.exec(operand) ?? [];
  return start === undefined ? undefined : { start: Number(start), end: Number(end) };
}

const WHOLE = /^[+-]?\d+$/;

/** The whole text has to fit, as a proxy wants it. `undefined`: the expression cannot be read here. */
function fitsRegex(source: string, text: string): boolean | undefined {
  const [flag = ''] = /^\(\?i\)/.exec(source) ?? [];
  const anyCase = flag !== '';
  const own = source.slice(flag.length);
  const read = patternTest(`^(?:${own})$`, { cased: !anyCase, longest: LONGEST_REGEX + 6 });
  return read.ok ? read.test(anyCase ? text.toLowerCase() : text) : undefined;
}

/** `undefined`: cannot be told. */
function holds({ on, operator, operand = '' }: MatchCondition, given: string): boolean | undefined {
  if (on === 'service') return holdsCall(operand, given);
  const [asked, text] = on === 'hostname' ? [operand.toLowerCase(), given.toLowerCase()] : [operand, given];
  switch (operator) {
    case 'present':
      return true;
    case 'exact':
      return text === asked;
    case 'prefix':
      return text.startsWith(asked);
    case 'suffix':
      return text.endsWith(asked);
    case 'range': {
      const range = rangeOf(asked);
      return range && WHOLE.test(text) && Number(text) >= range.start && Number(text) < range.end;
    }
    case 'regex':
      return fitsRegex(asked, text);
  }
}

/** `service`, `service/method`, or `/method` of whatever service, against `service/method`. */
function holdsCall(operand: string, given: string): boolean {
  const [service, method] = operand.split('/');
  const [calledService, calledMethod] = given.split('/');
  return (service === '' || service === calledService) && (method === undefined || method === calledMethod);
}

/**
 * Looks at one condition. What is not there meets no condition about its content, not even a negated one: only that it must not
 * be there. A port that nobody told meets what is asked of it.
 */
export function look(condition: MatchCondition, request: SeenRequest): ConditionReason {
  const given = givenTo(condition, request);
  const negated = condition.negated === true;
  const reason = (key: ConditionKey, met = false): ConditionReason => ({ key, met, condition, given });
  if (given === undefined) {
    if (condition.on === 'port' || (negated && condition.operator === 'present')) return reason('fits', true);
    return reason('absent');
  }
  const held = holds(condition, given);
  if (held === undefined) return reason('unreadable');
  if (held !== negated) return reason('fits', true);
  if (negated) return reason('excluded');
  return reason(condition.operator === 'range' && !WHOLE.test(given) ? 'notNumber' : 'differs');
}
