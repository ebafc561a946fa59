/** Reads the JSON of requests. What is wrong with one is an InvalidRequestException. */
import { AwsError } from '../traffic/aws-error';
import type { Span } from '../traffic/traffic';

export type Fields = Record<string, unknown>;

export const invalid = (message: string) => new AwsError('InvalidRequestException', 400, message);

export function fieldsOf(body: string): Fields {
  if (body === '') return {};
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw invalid('The body is not JSON.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid('The body must be a JSON object.');
  return { ...given };
}

/** The longest span of time that can be asked for. */
const LONGEST_S = 6 * 3600;

/** Epoch seconds as the proxies' clocks have them. */
export function spanOf({ StartTime: from, EndTime: to }: Fields): Span {
  if (typeof from !== 'number' || typeof to !== 'number')
    throw invalid('StartTime and EndTime are required.');
  if (from > to) throw invalid('StartTime must not be after EndTime.');
  if (to - from > LONGEST_S) throw invalid('The time range must not be longer than 6 hours.');
  return { from, to };
}

export function textOf(fields: Fields, name: string): string | undefined {
  const text = fields[name];
  if (text === undefined || text === null) return undefined;
  if (typeof text !== 'string') throw invalid(`${name} must be a string.`);
  return text;
}

/** Ids of one to five traces. */
export function traceIdsOf({ TraceIds: ids }: Fields): string[] {
  if (!Array.isArray(ids) || ids.length === 0) throw invalid('TraceIds must hold at least one id.');
  if (ids.length > 5) throw invalid('TraceIds must not hold more than 5 ids.');
  return ids.map((id: unknown) => {
    if (typeof id !== 'string' || !/^1-[0-9a-f]{8}-[0-9a-f]{24}$/.test(id))
      throw invalid(`${String(id)} is no trace id.`);
    return id;
  });
}

/** Where a page begins, from a token of the same list; 0 without a token. */
export function placeFrom(token: string | undefined, list: string): number[] {
  if (token === undefined) return [];
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  const [of, ...places]: unknown[] = Array.isArray(parts) ? parts : [];
  if (of !== list || !places.every((place): place is number => typeof place === 'number'))
    throw invalid('The NextToken is not one of this request.');
  return places;
}

export const tokenFor = (list: string, ...places: number[]) =>
  Buffer.from(JSON.stringify([list, ...places])).toString('base64url');
