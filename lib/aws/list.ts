/** Whole lists out of pages. */
import type { Ask, Call } from './calls';
import type { Page } from './kinds';
import type { ApiResult } from './types';

/** More pages than any quota allows; a service that hands out tokens for ever is not followed for ever. */
const PAGES_MAX = 1000;

/**
 * Reads a list to its end. A page that fails fails the list: what comes after it would be missing unseen. `read` gives
 * `undefined` for an entry that is none, and that fails the list as well.
 */
export async function listAll<T>(
  ask: Ask,
  pageAfter: (nextToken: string | undefined) => Call<Page>,
  read: (item: unknown) => T | undefined,
  signal: AbortSignal,
): Promise<ApiResult<T[]>> {
  const found: T[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    const call = pageAfter(token);
    const answer = await ask(call, signal);
    if (!answer.ok) return answer;
    const refused = (detail: string): ApiResult<T[]> => ({
      ok: false,
      failure: {
        kind: 'unknown',
        operation: call.operation,
        detail,
        ...(call.about === undefined ? {} : { about: call.about }),
      },
    });
    const { items, nextToken } = answer.result;
    if (!Array.isArray(items)) return refused('the answer holds no list');
    for (const item of items) {
      const entry = read(item);
      if (entry === undefined) return refused('the list holds an entry that cannot be read');
      found.push(entry);
    }
    if (nextToken === undefined || nextToken === '') return { ok: true, result: found };
    if (nextToken === token) return refused('the list goes round in a circle');
    token = nextToken;
  }
  return {
    ok: false,
    failure: {
      kind: 'unknown',
      operation: pageAfter(token).operation,
      detail: `more than ${PAGES_MAX} pages`,
    },
  };
}
