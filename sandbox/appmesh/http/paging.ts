/** Pages of a list, and the tokens that lead from one to the next. */
import { ApiError } from '../api-errors';

const bad = (message: string) => new ApiError('BadRequestException', message);

/** The wanted size of a page. Throws BadRequestException for one out of bounds. */
export function limitOf(query: URLSearchParams, most: number): number {
  const text = query.get('limit');
  if (text === null) return most;
  const limit = /^\d+$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > most) throw bad(`limit must be a whole number from 1 to ${most}, not ${text}.`);
  return limit;
}

export interface Page<T> {
  entries: T[];
  /** Leads to the entries after these; `undefined` when there are none. */
  nextToken: string | undefined;
}

/**
 * One page of what is in `list`, sorted by `place`. A token holds the list's name and the place of the last entry, so
 * that what comes or goes between two pages neither repeats nor hides another entry.
 */
export function pageOf<T>(
  entries: readonly T[],
  {
    list,
    query,
    most,
    place,
  }: { list: string; query: URLSearchParams; most: number; place: (entry: T) => number },
): Page<T> {
  const limit = limitOf(query, most);
  const token = query.get('nextToken');
  const after = token === null ? -Infinity : read(token, list);
  const rest = entries.filter((entry) => place(entry) > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const nextToken = last !== undefined && rest.length > limit ? write(list, place(last)) : undefined;
  return { entries: page, nextToken };
}

const write = (list: string, place: number) =>
  Buffer.from(JSON.stringify([list, place])).toString('base64url');

function read(token: string, list: string): number {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    parts = undefined;
  }
  const [of, place]: unknown[] = Array.isArray(parts) ? parts : [];
  if (of !== list || typeof place !== 'number') throw bad('The nextToken is not one of this list.');
  return place;
}
