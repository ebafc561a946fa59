/** Reading a request body: bounded, JSON, and fitting a schema. */
import 'server-only';
import type { z } from 'zod';
import { fail, type Failure } from './problem';

/** Largest request body the API reads, in bytes. */
export const BODY_LIMIT_BYTES = 64 * 1024;

const tooLarge = (limitBytes: number): Failure => fail('E102', { values: { limitKiB: limitBytes / 1024 } });

async function readBounded(request: Request, limitBytes: number): Promise<string | undefined> {
  const announced = Number(request.headers.get('content-length') ?? 0);
  if (announced > limitBytes) return undefined;
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength;
    if (size > limitBytes) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Path of an issue as a reader writes it: `targets[1].weight`. */
export function issuePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
}

/** The E101 failure of a request that does not fit its schema. */
export function unfitting(issues: readonly z.core.$ZodIssue[]): Failure {
  const errors = issues.map((issue) => ({ path: issuePath(issue.path), message: issue.message }));
  const first = errors[0];
  return fail('E101', {
    errors,
    values: {
      count: errors.length,
      first: first === undefined ? '' : [first.path, first.message].filter((part) => part !== '').join(': '),
    },
  });
}

/** Reads a JSON body of at most 64 KiB, unless told otherwise. Failures: E103 for another content type, E102 beyond the limit, E100 for no JSON. */
export async function readJson(
  request: Request,
  limitBytes: number = BODY_LIMIT_BYTES,
): Promise<{ ok: true; json: unknown } | Failure> {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^application\/json\s*(;|$)/i.test(contentType)) return fail('E103', { values: { contentType } });
  const text = await readBounded(request, limitBytes);
  if (text === undefined) return tooLarge(limitBytes);
  try {
    return { ok: true, json: JSON.parse(text) as unknown };
  } catch {
    return fail('E100');
  }
}
