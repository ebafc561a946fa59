/** Reads the JSON of requests, and what is wrong with it. */
import { AwsError } from '../traffic/aws-error';

export type Fields = Record<string, unknown>;

export const invalid = (message: string) => new AwsError('ValidationError', 400, message);
export const badParameter = (message: string) => new AwsError('InvalidParameterValue', 400, message);

const isFields = (given: unknown): given is Fields =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

export function fieldsOf(body: string): Fields {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw invalid('The body is not JSON.');
  }
  if (!isFields(given)) throw invalid('The body must be a JSON object.');
  return given;
}

export function objects(fields: Fields, name: string): Fields[] {
  const list = fields[name] ?? [];
  if (!Array.isArray(list) || !list.every(isFields)) throw invalid(`${name} must be a list of objects.`);
  return list;
}

export function text(fields: Fields, name: string): string | undefined {
  const given = fields[name] ?? undefined;
  if (given !== undefined && typeof given !== 'string') throw invalid(`${name} must be a string.`);
  return given;
}

export function need(fields: Fields, name: string): string {
  const given = text(fields, name);
  if (given === undefined) throw invalid(`The parameter ${name} is required.`);
  return given;
}

export function object(fields: Fields, name: string): Fields | undefined {
  const given = fields[name] ?? undefined;
  if (given !== undefined && !isFields(given)) throw invalid(`${name} must be an object.`);
  return given;
}

/** Places a token leads to; none without a token. */
export function placesFrom(token: string | undefined, list: string, count: number): number[] {
  if (token === undefined) return Array.from({ length: count }, () => 0);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  const [of, ...places]: unknown[] = Array.isArray(parts) ? parts : [];
  if (of !== list || places.length !== count || !places.every((place) => typeof place === 'number'))
    throw new AwsError('InvalidNextToken', 400, 'The next token specified is invalid.');
  return places;
}

export const tokenFor = (list: string, ...places: number[]) =>
  Buffer.from(JSON.stringify([list, ...places])).toString('base64url');
