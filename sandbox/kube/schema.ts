/** Structural schemas: pruning, defaulting and validation with the API server's wording. */

/** The part of OpenAPI v3 that structural schemas use. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema;
  required?: string[];
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  pattern?: string;
  nullable?: boolean;
  default?: unknown;
  'x-kubernetes-preserve-unknown-fields'?: boolean;
  'x-kubernetes-int-or-string'?: boolean;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-list-map-keys'?: string[];
  'x-kubernetes-map-type'?: string;
  'x-kubernetes-validations'?: { rule: string; message?: string }[];
}

export interface Cause {
  reason: 'FieldValueInvalid' | 'FieldValueRequired' | 'FieldValueNotSupported' | 'FieldValueTypeInvalid';
  message: string;
  field: string;
}

type Fields = Record<string, unknown>;
const isFields = (at: unknown): at is Fields => typeof at === 'object' && at !== null && !Array.isArray(at);

/** Root fields every object has, whatever its schema says. */
const ROOT = new Set(['apiVersion', 'kind', 'metadata']);

/**
 * Removes, in place, the fields a schema does not know and returns their paths. A known field is pruned inside even
 * below `x-kubernetes-preserve-unknown-fields`, as the API server does.
 */
export function prune(at: unknown, schema: Schema, path = ''): string[] {
  const removed: string[] = [];
  if (Array.isArray(at)) {
    const { items } = schema;
    if (items) at.forEach((item, index) => removed.push(...prune(item, items, `${path}[${index}]`)));
    return removed;
  }
  if (!isFields(at)) return removed;
  for (const [name, inner] of Object.entries(at)) {
    if (path === '' && ROOT.has(name)) continue;
    const where = below(path, name);
    const known = schema.properties?.[name];
    const extra = schema.additionalProperties;
    if (known) removed.push(...prune(inner, known, where));
    else if (isFields(extra))
      removed.push(...prune(inner, extra as Schema, where)); // a schema, not a boolean
    else if (extra !== true && schema['x-kubernetes-preserve-unknown-fields'] !== true) {
      Reflect.deleteProperty(at, name);
      removed.push(where);
    }
  }
  return removed;
}

/** Fills in `default:` values, in place. */
export function applyDefaults(at: unknown, schema: Schema): void {
  if (Array.isArray(at)) {
    for (const item of at) if (schema.items) applyDefaults(item, schema.items);
    return;
  }
  if (!isFields(at)) return;
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    if (at[name] === undefined && inner.default !== undefined) at[name] = structuredClone(inner.default);
    applyDefaults(at[name], inner);
  }
}

function typeName(at: unknown): string {
  if (at === null) return 'null';
  if (Array.isArray(at)) return 'array';
  if (typeof at === 'number') return Number.isInteger(at) ? 'integer' : 'number';
  return typeof at;
}

const shown = (at: unknown) => JSON.stringify(at);

function fits(actual: string, wanted: NonNullable<Schema['type']>): boolean {
  return actual === wanted || (wanted === 'number' && actual === 'integer');
}

/** What is wrong with a candidate, in document order; empty when it fits. */
export function validate(at: unknown, schema: Schema, path = ''): Cause[] {
  if (at === null && schema.nullable === true) return [];
  const actual = typeName(at);
  if (schema['x-kubernetes-int-or-string'] === true) {
    return actual === 'integer' || actual === 'string' ? [] : [typeCause(path, actual, 'integer or string')];
  }
  if (schema.type && !fits(actual, schema.type)) return [typeCause(path, actual, schema.type)];

  const causes: Cause[] = [];
  const literal = shown(at);
  if (schema.enum && !schema.enum.includes(at)) {
    const choices = schema.enum.map((choice) => JSON.stringify(choice)).join(', ');
    causes.push({
      reason: 'FieldValueNotSupported',
      field: path,
      message: `Unsupported value: ${literal}: supported values: ${choices}`,
    });
  }
  if (typeof at === 'number') {
    if (schema.minimum !== undefined && at < schema.minimum)
      causes.push(
        invalidAt(path, `${literal}: ${path} in body should be greater than or equal to ${schema.minimum}`),
      );
    if (schema.maximum !== undefined && at > schema.maximum)
      causes.push(
        invalidAt(path, `${literal}: ${path} in body should be less than or equal to ${schema.maximum}`),
      );
  } else if (typeof at === 'string') {
    if (schema.minLength !== undefined && at.length < schema.minLength)
      causes.push(
        invalidAt(path, `${literal}: ${path} in body should be at least ${schema.minLength} chars long`),
      );
    if (schema.maxLength !== undefined && at.length > schema.maxLength)
      causes.push(
        invalidAt(path, `${literal}: ${path} in body should be at most ${schema.maxLength} chars long`),
      );
    if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(at))
      causes.push(invalidAt(path, `${literal}: ${path} in body should match '${schema.pattern}'`));
  } else if (Array.isArray(at)) {
    const { items, minItems, maxItems } = schema;
    if (minItems !== undefined && at.length < minItems)
      causes.push(invalidAt(path, `${at.length}: ${path} in body should have at least ${minItems} items`));
    if (maxItems !== undefined && at.length > maxItems)
      causes.push(invalidAt(path, `${at.length}: ${path} in body should have at most ${maxItems} items`));
    if (items) at.forEach((item, index) => causes.push(...validate(item, items, `${path}[${index}]`)));
  } else if (isFields(at)) {
    causes.push(...validateFields(at, schema, path));
  }
  return causes;
}

function invalidAt(path: string, message: string): Cause {
  return { reason: 'FieldValueInvalid', field: path, message: `Invalid value: ${message}` };
}

function typeCause(path: string, actual: string, wanted: string): Cause {
  return {
    reason: 'FieldValueTypeInvalid',
    field: path,
    message: `Invalid value: "${actual}": ${path} in body must be of type ${wanted}: "${actual}"`,
  };
}

const below = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

function validateFields(at: Fields, schema: Schema, path: string): Cause[] {
  const causes: Cause[] = (schema.required ?? [])
    .filter((name) => at[name] === undefined)
    .map((name) => ({ reason: 'FieldValueRequired', field: below(path, name), message: 'Required value' }));
  for (const [name, inner] of Object.entries(at)) {
    if (path === '' && ROOT.has(name)) continue;
    const known = schema.properties?.[name];
    const extra = schema.additionalProperties;
    const innerSchema = known ?? (isFields(extra) ? (extra as Schema) : undefined); // a schema, not a boolean
    if (innerSchema && inner !== undefined) causes.push(...validate(inner, innerSchema, below(path, name)));
  }
  return causes;
}
