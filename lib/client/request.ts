/** Requests to the console's own API. Every failure comes back as a problem, none is thrown. */
import type { z } from 'zod';
import { problem } from '@/lib/api/problem';
import type { Problem } from '@/lib/api/problem';

export type Result<T> = { ok: true; answer: T } | { ok: false; problem: Problem };

const made = (code: Problem['code'], status: number, detail: string): Problem => ({
  type: 'about:blank',
  title: detail,
  status,
  code,
  detail,
});

const readBody = (text: string): { json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/**
 * Sends a request and reads its answer by `schema`. A console that does not answer is E501, for a write E505: it may have
 * been carried out although its answer never came. An answer of another shape is E599.
 */
export async function requestJson<T>(
  path: string,
  schema: z.ZodType<T>,
  init: RequestInit = {},
  send: typeof fetch = fetch,
): Promise<Result<T>> {
  const write = init.method !== undefined && init.method !== 'GET';
  let answer: Response;
  let text: string;
  try {
    answer = await send(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
    text = await answer.text();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: made(write ? 'E505' : 'E501', 0, `The console does not answer: ${words}`) };
  }
  const read = readBody(text);
  if (!read) {
    // A proxy that gave up on the console does not know what the console did.
    const code = write && (answer.status === 502 || answer.status === 504) ? 'E505' : 'E599';
    return { ok: false, problem: made(code, answer.status, `HTTP ${answer.status} without JSON`) };
  }
  const body = read.json;
  if (!answer.ok) return { ok: false, problem: asProblem(body, answer.status) };
  const parsed = schema.safeParse(body);
  return parsed.success
    ? { ok: true, answer: parsed.data }
    : { ok: false, problem: made('E599', answer.status, `unexpected answer: ${parsed.error.message}`) };
}

const asProblem = (body: unknown, status: number): Problem =>
  problem.safeParse(body).data ?? made('E599', status, `HTTP ${status}`);

/** The problem of an answer that is none of the success kind, for those who read the body themselves otherwise. */
export const problemOf = async (answer: Response): Promise<Problem> =>
  asProblem(readBody(await answer.text())?.json, answer.status);

/** A problem as an error, for code that throws (queries). */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ProblemError';
  }
}

/** Like `requestJson`, throwing `ProblemError`. */
export async function fetchJson<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<T> {
  const result = await requestJson(path, schema, init);
  if (!result.ok) throw new ProblemError(result.problem);
  return result.answer;
}

/** An answer with the tag by which the server knows it again. */
export interface Tagged<T> {
  tag: string | undefined;
  answer: T;
}

/** Like `fetchJson`, for what is asked again and again: an answer that the server says still stands (304) is the one given. */
export async function fetchTagged<T>(
  path: string,
  schema: z.ZodType<T>,
  last: Tagged<T> | undefined,
  signal: AbortSignal,
): Promise<Tagged<T>> {
  let tag: string | undefined;
  let stands = false;
  const seen: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    stands = answer.status === 304;
    tag = answer.headers.get('etag') ?? undefined;
    return answer;
  };
  const headers = last?.tag === undefined ? {} : { 'if-none-match': last.tag };
  const result = await requestJson(path, schema, { signal, headers }, seen);
  if (stands && last) return last;
  if (!result.ok) throw new ProblemError(result.problem);
  return { tag, answer: result.answer };
}
