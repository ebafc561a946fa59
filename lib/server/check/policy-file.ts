/** The rule file: what may not reach what, as a person writes it down. */
import 'server-only';
import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { PolicyRule } from '@/lib/mesh/backends/policy';
import { issuePath } from '../body';

const pattern = z.string().min(1);
const patterns = z
  .union([pattern, z.array(pattern).min(1)])
  .transform((some) => (typeof some === 'string' ? [some] : some));

const common = {
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is letters, digits, dots, dashes and underscores'),
  severity: z.enum(['error', 'warning']).default('error'),
  because: z.string().optional(),
  transitive: z.boolean().default(false),
};
const ends = z.strictObject({ from: patterns, to: patterns });

const rule = z
  .union([z.strictObject({ ...common, deny: ends }), z.strictObject({ ...common, only: ends })], {
    error: 'has an id, and either deny or only with from and to',
  })
  .transform((given): PolicyRule => {
    const { id, severity, because, transitive } = given;
    const base = { id, severity, transitive, ...(because === undefined ? {} : { because }) };
    return 'deny' in given
      ? { ...base, kind: 'deny', ...given.deny }
      : { ...base, kind: 'only', ...given.only };
  });

const file = z.strictObject({
  apiVersion: z.literal('meshdeck.dev/v1'),
  kind: z.literal('BackendPolicy'),
  rules: z.array(rule).min(1),
});

/** The rules of a file, or everything that is wrong with it, one clause each. */
export function readPolicy(
  text: string,
): { ok: true; rules: PolicyRule[] } | { ok: false; problems: string[] } {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return { ok: false, problems: document.errors.map(({ message }) => message) };
  const parsed = file.safeParse(document.toJS());
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(
        ({ path, message }) => `${issuePath(path) || 'the file'}: ${message}`,
      ),
    };
  const ids = parsed.data.rules.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  return twice === undefined
    ? { ok: true, rules: parsed.data.rules }
    : { ok: false, problems: [`rules: ${twice} is the id of two rules`] };
}

/** The rules of a file that is named; none where none is. */
export function loadPolicy(
  path: string | undefined,
): { ok: true; rules: PolicyRule[] } | { ok: false; message: string } {
  if (path === undefined) return { ok: true, rules: [] };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { ok: false, message: `${path}: ${error instanceof Error ? error.message : String(error)}` };
  }
  const read = readPolicy(text);
  return read.ok
    ? read
    : { ok: false, message: read.problems.map((each) => `${path}: ${each}`).join('\n  ') };
}
