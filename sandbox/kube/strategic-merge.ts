/** Strategic merge patches: merge patches that know by which field the items of a list are told apart. */
import type { Fields } from './json';
import { copy, isFields } from './json';
import { isSet, listKey } from './list-keys';
import { StatusError } from './types';

const ORDER = '$setElementOrder/';
const REMOVE = '$deleteFromPrimitiveList/';
const DIRECTIVES = ['$patch', '$retainKeys'];

/**
 * Applies a patch to a copy. For built-in kinds only: nothing says by which field the lists of a custom resource merge,
 * and the API server refuses (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/).
 */
export function applyStrategicMerge(target: Fields, patch: Fields): Fields {
  return mergeFields(target, patch, '');
}

function mergeFields(target: Fields, patch: Fields, parent: string): Fields {
  if (patch['$patch'] === 'replace') return withoutDirectives(patch);
  if (patch['$patch'] === 'delete') return {};
  const merged: Fields = { ...target };
  const retained = patch['$retainKeys'];
  if (Array.isArray(retained))
    for (const name of Object.keys(merged))
      if (!retained.includes(name)) Reflect.deleteProperty(merged, name);
  for (const [name, wanted] of Object.entries(patch)) {
    if (DIRECTIVES.includes(name) || name.startsWith(ORDER)) continue;
    if (name.startsWith(REMOVE)) removeValues(merged, name.slice(REMOVE.length), wanted);
    else if (wanted === null) Reflect.deleteProperty(merged, name);
    else if (Array.isArray(wanted)) merged[name] = mergeList(merged[name], wanted, name, parent);
    else if (isFields(wanted)) {
      if (wanted['$patch'] === 'delete') Reflect.deleteProperty(merged, name);
      else merged[name] = mergeFields(fieldsOf(merged[name]), wanted, name);
    } else merged[name] = wanted;
  }
  for (const [name, order] of Object.entries(patch))
    if (name.startsWith(ORDER) && Array.isArray(order))
      reorder(merged, name.slice(ORDER.length), parent, order);
  return merged;
}

const fieldsOf = (at: unknown): Fields => (isFields(at) ? at : {});
const itemsOf = (at: unknown): unknown[] => (Array.isArray(at) ? at : []);

function withoutDirectives(patch: Fields): Fields {
  return copy(Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith('$'))));
}

function removeValues(merged: Fields, field: string, values: unknown): void {
  const gone = itemsOf(values);
  if (Array.isArray(merged[field]))
    merged[field] = itemsOf(merged[field]).filter((item) => !gone.includes(item));
}

function mergeList(target: unknown, patch: unknown[], field: string, parent: string): unknown[] {
  const have = itemsOf(target);
  if (isSet(field)) return [...new Set([...have, ...patch])];
  const key = listKey(field, parent)?.mergeKey;
  const isReplace = (item: unknown) => isFields(item) && item['$patch'] === 'replace';
  const given = patch.filter((item) => !isReplace(item));
  if (key === undefined || patch.some(isReplace)) return copy(given);
  const merged = [...have];
  for (const item of given) {
    const id = fieldsOf(item)[key];
    if (!isFields(item) || id === undefined)
      throw new StatusError(
        400,
        'BadRequest',
        `map: ${JSON.stringify(item)} does not contain declared merge key: ${key}`,
      );
    const at = merged.findIndex((one) => fieldsOf(one)[key] === id);
    if (item['$patch'] === 'delete') {
      if (at >= 0) merged.splice(at, 1);
    } else if (at < 0) merged.push(mergeFields({}, item, field));
    else merged[at] = mergeFields(fieldsOf(merged[at]), item, field);
  }
  return merged;
}

/** Puts the items that the order names into that order; the others keep their places. */
function reorder(merged: Fields, field: string, parent: string, order: unknown[]): void {
  const items = merged[field];
  if (!Array.isArray(items)) return;
  const key = listKey(field, parent)?.mergeKey;
  const idOf = (item: unknown): unknown => (key === undefined ? item : fieldsOf(item)[key]);
  const ids = order.map(idOf);
  const ordered = items
    .filter((item) => ids.includes(idOf(item)))
    .sort((a, b) => ids.indexOf(idOf(a)) - ids.indexOf(idOf(b)));
  merged[field] = items.map((item: unknown): unknown => (ids.includes(idOf(item)) ? ordered.shift() : item));
}
