/**
 * Rules of a CRD in the Common Expression Language (`x-kubernetes-validations`). A rule that speaks of `oldSelf` holds for
 * updates only, and only where the old object has the field as well.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
import { parse } from '@marcbachmann/cel-js';
import { isFields } from './json';
import type { Cause, Schema } from './schema';

type Rule = ReturnType<typeof parse>;
const parsed = new Map<string, Rule>();

function ruleOf(text: string): Rule {
  const known = parsed.get(text) ?? parse(text);
  parsed.set(text, known);
  return known;
}

/** What a rule says; text where it cannot be evaluated, which counts as broken. */
function outcome(text: string, self: unknown, oldSelf: unknown): boolean | string {
  try {
    return ruleOf(text)({ self, oldSelf }) === true;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}

function ownRules(at: unknown, old: unknown, schema: Schema, path: string): Cause[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap(({ rule, message }): Cause[] => {
    if (/\boldSelf\b/.test(rule) && old === undefined) return [];
    const held = outcome(rule, at, old);
    if (held === true) return [];
    const why = held === false ? (message ?? `failed rule: ${rule}`) : `rule ${rule} failed: ${held}`;
    const what = Array.isArray(at) ? 'array' : typeof at;
    return [{ reason: 'FieldValueInvalid', field: path, message: `Invalid value: "${what}": ${why}` }];
  });
}

const ruled = new WeakMap<Schema, boolean>();

/** Whether there is a rule at all: most CRDs have none, and their objects are not walked. */
function hasRules(schema: Schema): boolean {
  const known = ruled.get(schema);
  if (known !== undefined) return known;
  const { properties = {}, items } = schema;
  const found =
    schema['x-kubernetes-validations'] !== undefined ||
    [...Object.values(properties), ...(items === undefined ? [] : [items])].some(hasRules);
  ruled.set(schema, found);
  return found;
}

/** Every rule that an object breaks, in document order. Items of a list have no old self: nothing tells which is which. */
export function brokenRules(at: unknown, old: unknown, schema: Schema, path = ''): Cause[] {
  if (at === undefined || !hasRules(schema)) return [];
  const below = (inner: Schema, name: string, from: object, before: unknown) =>
    brokenRules(
      Reflect.get(from, name),
      isFields(before) ? before[name] : undefined,
      inner,
      path === '' ? name : `${path}.${name}`,
    );
  const own = ownRules(at, old, schema, path);
  if (Array.isArray(at)) {
    const { items } = schema;
    if (items === undefined) return own;
    return [...own, ...at.flatMap((item, i) => brokenRules(item, undefined, items, `${path}[${i}]`))];
  }
  if (!isFields(at)) return own;
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => below(each, name, at, old));
  return [...own, ...inner];
}
