/** Answers in pages, followed to the end; what came before a page that fails stands. */
import type { Ask } from './calls';
import type { Reading, Trouble } from './trouble';
import type { Entries } from './entries';

export interface TokenPage<R> {
  $metadata: { attempts?: number };
  rows: R;
  nextToken: string | undefined;
}

/** More than any question has; a service that hands out tokens for ever is not followed for ever. */
const PAGES_MAX = 500;

/**
 * Reads all pages of one question. `result` is absent where already the first failed; where a later one fails, or the pages do
 * not end, it holds what came before, and a trouble says so.
 */
export async function readPages<C, R, T>(
  ask: Ask<C, Trouble>,
  operation: string,
  send: (
    client: C,
    token: string | undefined,
    options: { abortSignal: AbortSignal },
  ) => Promise<TokenPage<R>>,
  read: (rows: R) => Entries<T>,
  signal: AbortSignal,
): Promise<Reading<T[]>> {
  const result: T[] = [];
  const troubles: Trouble[] = [];
  let token: string | undefined;
  for (let calls = 1; calls <= PAGES_MAX; calls += 1) {
    const asked = token;
    const answer = await ask({ operation, send: (client, options) => send(client, asked, options) }, signal);
    if (!answer.ok) {
      troubles.push(answer.failure);
      return { result: calls === 1 ? undefined : result, troubles, calls };
    }
    const page = read(answer.result.rows);
    result.push(...page.entries);
    troubles.push(...page.troubles);
    const next = answer.result.nextToken;
    if (next === undefined || next === '') return { result, troubles, calls };
    if (next === token) {
      troubles.push({ kind: 'malformed', operation, detail: 'the pages go round in a circle' });
      return { result, troubles, calls };
    }
    token = next;
  }
  troubles.push({ kind: 'limit', operation, detail: `more than ${PAGES_MAX} pages` });
  return { result, troubles, calls: PAGES_MAX };
}

/** Several readings as one, with their results in order; `result` is absent where none has one. */
export function together<T>(readings: readonly Reading<T>[]): Reading<T[]> {
  const results = readings.flatMap(({ result }) => (result === undefined ? [] : [result]));
  return {
    result: results.length === 0 && readings.length > 0 ? undefined : results,
    troubles: distinct(readings.flatMap(({ troubles }) => troubles)),
    calls: readings.reduce((sum, { calls }) => sum + calls, 0),
  };
}

/** The same trouble said once. */
export function distinct(troubles: readonly Trouble[]): Trouble[] {
  const byText = new Map(troubles.map((each) => [`${each.kind}|${each.operation}|${each.detail}`, each]));
  return [...byText.values()];
}
