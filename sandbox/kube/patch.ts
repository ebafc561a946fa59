/** JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7386) as the API server applies them. */
import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import { StatusError } from './types';

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

/**
 * Applies operations to a copy. A patch that cannot be read is 400; one that does not apply, a failed `test` among
 * them, is 422 Invalid.
 */
export function applyJsonPatch<T extends object>(object: T, patch: unknown): T {
  if (!Array.isArray(patch))
    throw new StatusError(400, 'BadRequest', 'error decoding patch: a JSON Patch is a list of operations');
  for (const operation of patch as unknown[])
    if (!isOperation(operation))
      throw new StatusError(
        400,
        'BadRequest',
        `error decoding patch: no operation: ${JSON.stringify(operation)}`,
      );
  try {
    // Each element was checked right above.
    return jsonPatch.applyPatch(structuredClone(object), patch as Operation[], true).newDocument;
  } catch (error) {
    const failed = error as { index?: number; name?: string; operation?: { op: string; path: string } };
    const { op = 'patch', path = '' } = failed.operation ?? {};
    const why =
      failed.name === 'TEST_OPERATION_FAILED'
        ? `testing path ${path}: test failed`
        : `${op} ${path}: cannot be applied`;
    throw new StatusError(
      422,
      'Invalid',
      `the server rejected our request due to an error in our request: ${why}`,
    );
  }
}

function isOperation(candidate: unknown): boolean {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { op, path } = candidate as Record<string, unknown>; // only read as unknown
  return typeof op === 'string' && OPERATIONS.includes(op) && typeof path === 'string';
}

type Fields = Record<string, unknown>;
const isFields = (at: unknown): at is Fields => typeof at === 'object' && at !== null && !Array.isArray(at);

/** Objects merge, `null` removes, everything else (lists too) replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const merged: Fields = isFields(target) ? { ...target } : {};
  for (const [name, wanted] of Object.entries(patch)) {
    if (wanted === null) Reflect.deleteProperty(merged, name);
    else merged[name] = applyMergePatch(merged[name], wanted);
  }
  return merged;
}
