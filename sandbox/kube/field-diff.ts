/** Which fields an object has, and which a change adds, removes or modifies. */
import type { FieldSet } from './field-set';
import { EMPTY, node, union } from './field-set';
import type { Fields } from './json';
import { isFields, same } from './json';
import type { Shape } from './shape';
import { itemKey } from './shape';

const MEMBER: FieldSet = { member: true, children: EMPTY.children };

type Parts = Map<string, { found: unknown; shape: Shape }>;

/** Fields of the metadata that the server owns, whoever sends them. */
const UNOWNED = new Set([
  ...['name', 'generateName', 'namespace', 'uid', 'selfLink', 'resourceVersion', 'generation'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields'],
]);

/** An object without the fields that nobody owns. */
function ownable(object: Fields): Fields & { metadata: Fields } {
  const { apiVersion: _apiVersion, kind: _kind, metadata, ...rest } = object;
  const owned: Fields = {};
  if (isFields(metadata))
    for (const name of Object.keys(metadata)) if (!UNOWNED.has(name)) owned[name] = metadata[name];
  return { ...rest, metadata: owned };
}

/** The parts of a value that are owned one by one; `undefined` when it is owned as a whole. */
function partsOf(found: unknown, shape: Shape): Parts | undefined {
  if (Array.isArray(found)) return itemParts(found, shape);
  if (!isFields(found) || shape.atomicMap) return undefined;
  const names = Object.keys(found).filter((name) => found[name] !== undefined);
  return new Map(names.map((name) => [`f:${name}`, { found: found[name], shape: shape.field(name) }]));
}

/** A list with an item that cannot be told apart is owned as a whole. */
function itemParts(items: unknown[], shape: Shape): Parts | undefined {
  const { list } = shape;
  if (list === 'atomic') return undefined;
  const parts: Parts = new Map();
  for (const item of items) {
    const key = list === 'set' ? JSON.stringify(item) : itemKey(item, list.keys);
    const step = `${list === 'set' ? 'v' : 'k'}:${key}`;
    if (key === undefined || parts.has(step)) return undefined;
    parts.set(step, { found: item, shape: shape.item() });
  }
  return parts;
}

/** What a configuration speaks of: its values, and the items of its lists. */
export function fieldsOf(object: Fields, shape: Shape): FieldSet {
  const { metadata, ...rest } = ownable(object);
  const spoken = Object.keys(metadata).length > 0 ? { ...rest, metadata } : rest;
  return Object.keys(spoken).length > 0 ? spokenOf(spoken, shape) : EMPTY;
}

function spokenOf(found: unknown, shape: Shape): FieldSet {
  const parts = partsOf(found, shape);
  if (!parts || parts.size === 0) return MEMBER;
  return node(
    false,
    [...parts].map(([step, part]) => {
      const below = spokenOf(part.found, part.shape);
      return [step, step.startsWith('k:') ? { ...below, member: true } : below] as const;
    }),
  );
}

export interface Difference {
  added: FieldSet;
  removed: FieldSet;
  modified: FieldSet;
}

const NOTHING: Difference = { added: EMPTY, removed: EMPTY, modified: EMPTY };

/** What stands between two states of an object. New objects and lists are members beside what is in them. */
export function differenceOf(before: Fields, after: Fields, shape: Shape): Difference {
  return compare(ownable(before), ownable(after), shape);
}

function compare(before: unknown, after: unknown, shape: Shape): Difference {
  if (before === undefined) return { ...NOTHING, added: everything(after, shape) };
  if (after === undefined) return { ...NOTHING, removed: everything(before, shape) };
  if (same(before, after)) return NOTHING;
  const old = partsOf(before, shape);
  const parts = partsOf(after, shape);
  if (!old || !parts) return change(before, after, shape);
  const steps = [...new Set([...old.keys(), ...parts.keys()])];
  const inner = steps.map((step) => {
    const [was, is] = [old.get(step), parts.get(step)];
    return [step, compare(was?.found, is?.found, is?.shape ?? was?.shape ?? shape)] as const;
  });
  const collect = (pick: keyof Difference) =>
    node(
      false,
      inner.map(([step, found]) => [step, found[pick]] as const),
    );
  return { added: collect('added'), removed: collect('removed'), modified: collect('modified') };
}

/** A value that is owned as a whole, before or after: it is modified, and what was inside goes, what is inside comes. */
function change(before: unknown, after: unknown, shape: Shape): Difference {
  return {
    added: { ...everything(after, shape), member: false },
    removed: { ...everything(before, shape), member: false },
    modified: MEMBER,
  };
}

function everything(found: unknown, shape: Shape): FieldSet {
  const parts = partsOf(found, shape);
  if (!parts) return MEMBER;
  const children = [...parts].map(([step, part]) => [step, everything(part.found, part.shape)] as const);
  return union(MEMBER, node(true, children));
}
