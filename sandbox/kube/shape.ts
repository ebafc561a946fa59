/** How a kind's fields are owned: which lists are maps in disguise or sets, and which values are owned as a whole. */
import type { Fields } from './json';
import { isFields } from './json';
import { isAtomicMap, isSet, KEY_DEFAULTS, listKey } from './list-keys';
import type { Schema } from './schema';
import type { ResourceType } from './types';

export type ListShape = 'atomic' | 'set' | { keys: readonly string[] };

/** What is known about one value. Without knowledge, objects are owned field by field and lists as a whole. */
export interface Shape {
  atomicMap: boolean;
  list: ListShape;
  /** The shape of a field, where this value is an object. */
  field(name: string): Shape;
  /** The shape of the items, where this value is a list. */
  item(): Shape;
}

const UNKNOWN: Shape = { atomicMap: false, list: 'atomic', field: () => UNKNOWN, item: () => UNKNOWN };

/**
 * By field name, as the built-in kinds go; `metadata` has this shape in every kind. The fields of an item look up to
 * the list that holds it.
 */
function byName(field: string, parent: string): Shape {
  const key = listKey(field, parent);
  const inner = (name: string) => byName(name, field);
  return {
    atomicMap: isAtomicMap(field),
    list: isSet(field) ? 'set' : key ? { keys: key.keys } : 'atomic',
    field: inner,
    item: () => ({ ...UNKNOWN, field: inner }),
  };
}

const known = new WeakMap<Schema, Shape>();

function bySchema(schema: Schema): Shape {
  const shape = known.get(schema) ?? readSchema(schema);
  known.set(schema, shape);
  return shape;
}

function readSchema(schema: Schema): Shape {
  const keys = schema['x-kubernetes-list-map-keys'];
  const sort = schema['x-kubernetes-list-type'];
  return {
    atomicMap: schema['x-kubernetes-map-type'] === 'atomic',
    list: sort === 'set' ? 'set' : sort === 'map' && keys ? { keys } : 'atomic',
    field: (name) => {
      const own = schema.properties?.[name];
      if (own) return bySchema(own);
      const extra = schema.additionalProperties;
      return isFields(extra) ? bySchema(extra as Schema) : UNKNOWN; // a schema, not a boolean
    },
    item: () => (schema.items ? bySchema(schema.items) : UNKNOWN),
  };
}

/** The shape of a kind's objects: from its schema, or by the names of fields where it has none. */
export function shapeOf(type: ResourceType): Shape {
  const root = type.schema ? bySchema(type.schema as Schema) : byName('', ''); // the CRD's own schema
  return { ...root, field: (name) => (name === 'metadata' ? byName(name, '') : root.field(name)) };
}

/** The key of an item in a list of `{keys}`, in the form of fieldsV1; `undefined` where it has none. */
export function itemKey(item: unknown, keys: readonly string[]): string | undefined {
  if (!isFields(item)) return undefined;
  const key: Fields = {};
  for (const name of [...keys].sort()) {
    const found = item[name] ?? KEY_DEFAULTS[name];
    if (found !== undefined) key[name] = found;
  }
  return Object.keys(key).length === 0 ? undefined : JSON.stringify(key);
}
