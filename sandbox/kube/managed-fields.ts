/** managedFields: who last set which field, kept by every write. */
import { differenceOf, fieldsOf } from './field-diff';
import type { FieldSet } from './field-set';
import { difference, equal, fromFieldsV1, intersection, isEmpty, toFieldsV1, union } from './field-set';
import type { Fields } from './json';
import { isFields } from './json';
import type { Shape } from './shape';
import type { KubeObject } from './types';

export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
  time: string;
  fields: FieldSet;
}

/** Who writes, and through which door. */
export type Writer = Omit<Manager, 'fields'>;

/** Managers are told apart by name, operation and subresource; those of updates by API version as well. */
export function isSameManager(a: Writer, b: Writer): boolean {
  return (
    a.name === b.name &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  );
}

const text = (at: unknown) => (typeof at === 'string' ? at : '');

/** Reads the entries of an object; what is none is left out. */
export function readManagers(entries: readonly unknown[] = []): Manager[] {
  return entries.filter(isFields).map((entry) => ({
    name: text(entry['manager']),
    operation: entry['operation'] === 'Apply' ? 'Apply' : 'Update',
    apiVersion: text(entry['apiVersion']),
    subresource: text(entry['subresource']),
    time: text(entry['time']),
    fields: fromFieldsV1(entry['fieldsV1']),
  }));
}

/** Entries as an object carries them: those that own something, appliers first, then by time and name. */
export function writeManagers(managers: readonly Manager[]): Fields[] {
  const rank = ({ operation, time, name }: Manager) => [operation, time, name].join('\n');
  return managers
    .filter(({ fields }) => !isEmpty(fields))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map(({ name, operation, apiVersion, time, fields, subresource }) => ({
      manager: name,
      operation,
      apiVersion,
      time,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(subresource === '' ? {} : { subresource }),
    }));
}

export interface Conflict {
  manager: Manager;
  fields: FieldSet;
}

/** What a change takes from others: in conflict where it sets their field, lost where it removes one. */
export function takeFromOthers(
  managers: readonly Manager[],
  writer: Writer,
  { added, removed, modified }: ReturnType<typeof differenceOf>,
): { managers: Manager[]; conflicts: Conflict[] } {
  const touched = union(added, modified);
  const conflicts: Conflict[] = [];
  const left = managers.map((manager) => {
    if (isSameManager(manager, writer)) return manager;
    const contested = intersection(manager.fields, touched);
    if (!isEmpty(contested)) conflicts.push({ manager, fields: contested });
    return { ...manager, fields: difference(difference(manager.fields, contested), removed) };
  });
  return { managers: left, conflicts };
}

/** Gives a writer its fields; an entry that stays as it was keeps its time. */
export function withFields(managers: readonly Manager[], writer: Writer, fields: FieldSet): Manager[] {
  const own = managers.find((manager) => isSameManager(manager, writer));
  if (own && equal(own.fields, fields)) return [...managers];
  return [...managers.filter((manager) => manager !== own), { ...writer, fields }];
}

/** An update may hand in managedFields of its own; an empty list or one empty entry clears them. */
function before(old: KubeObject | undefined, given: readonly unknown[] | undefined): Manager[] {
  if (!old) return [];
  if (given?.length === 0) return [];
  if (given?.length === 1 && isFields(given[0]) && Object.keys(given[0]).length === 0) return [];
  const managers = readManagers(given);
  return managers.length > 0 ? managers : readManagers(old.metadata.managedFields);
}

/** What an object looks like to the write that makes it: built-in kinds have their parts from the start. */
const unborn = (custom: boolean): Fields =>
  custom ? { metadata: {} } : { metadata: {}, spec: {}, status: {}, data: {} };

/** The managedFields after a create, a replace or a patch: whoever writes owns what the write changed. */
export function managedByUpdate(
  old: KubeObject | undefined,
  object: KubeObject,
  writer: Writer,
  { shape, custom }: { shape: Shape; custom: boolean },
): Fields[] {
  const was = old ?? unborn(custom);
  const changed = differenceOf(was, object, shape);
  const { managers } = takeFromOthers(before(old, object.metadata.managedFields), writer, changed);
  const own = managers.find((manager) => isSameManager(manager, writer))?.fields;
  const touched = union(changed.added, changed.modified);
  const fields = difference(own ? union(own, touched) : touched, changed.removed);
  // Taking a field is a write of its own, also of a field that was the writer's before: the entry gets the new time.
  const others = isEmpty(touched) ? managers : managers.filter((manager) => !isSameManager(manager, writer));
  return writeManagers(withFields(others, writer, fields));
}

/** Owner of everything that stood there before the first apply, where nobody owned anything. */
export function beforeFirstApply(old: KubeObject, writer: Writer, shape: Shape): Manager {
  return { ...writer, name: 'before-first-apply', operation: 'Update', fields: fieldsOf(old, shape) };
}
