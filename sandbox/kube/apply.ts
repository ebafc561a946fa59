/**
 * Server-side apply: a configuration is merged into the live object, its applier owns what it speaks of, and what the
 * applier spoke of before and no longer does goes, unless somebody else owns it as well
 * (https://kubernetes.io/docs/reference/using-api/server-side-apply/).
 */
import { differenceOf, fieldsOf } from './field-diff';
import type { FieldSet } from './field-set';
import { at, paths, pathText } from './field-set';
import type { Fields } from './json';
import { copy, isFields, same } from './json';
import type { Conflict, Writer } from './managed-fields';
import {
  beforeFirstApply,
  isSameManager,
  readManagers,
  takeFromOthers,
  withFields,
  writeManagers,
} from './managed-fields';
import type { Shape } from './shape';
import { itemKey } from './shape';
import type { KubeObject } from './types';
import { StatusError } from './types';

/** The object and its managedFields after an apply; throws 409 where others own what it changes, unless forced. */
export function applyConfiguration(
  live: KubeObject,
  config: KubeObject,
  { writer, force, shape }: { writer: Writer; force: boolean; shape: Shape },
): KubeObject {
  const known = readManagers(live.metadata.managedFields);
  const before = known.length > 0 ? known : [beforeFirstApply(live, writer, shape)];
  const last = before.find((manager) => isSameManager(manager, writer))?.fields;
  const spoken = fieldsOf(config, shape);
  const granted = withFields(before, writer, spoken);

  const merged = merge(copy(live), config, shape) as KubeObject; // both are objects with metadata
  if (last) {
    const owners = granted.map(({ fields }) => fields);
    for (const path of paths(last))
      if (!owners.some((owner) => at(owner, path))) removeAt(merged, path, owners, shape);
  }
  const { managers, conflicts } = takeFromOthers(granted, writer, differenceOf(live, merged, shape));
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts);
  merged.metadata.managedFields = writeManagers(managers);
  return merged;
}

/** The managedFields of an object that an apply makes. */
export function managedByApply(config: KubeObject, writer: Writer, shape: Shape): Fields[] {
  return writeManagers([{ ...writer, fields: fieldsOf(config, shape) }]);
}

/** The live value with the configuration's on top. Items keep the live order; new ones come last. */
function merge(live: unknown, config: unknown, shape: Shape): unknown {
  if (isFields(config) && isFields(live) && !shape.atomicMap) {
    for (const [name, wanted] of Object.entries(config))
      live[name] = merge(live[name], wanted, shape.field(name));
    return live;
  }
  const { list } = shape;
  if (!Array.isArray(config) || !Array.isArray(live) || list === 'atomic') return copy(config);
  const merged: unknown[] = [...(live as unknown[])];
  for (const wanted of config as unknown[]) {
    const found = merged.findIndex((item) =>
      list === 'set' ? same(item, wanted) : itemKey(item, list.keys) === itemKey(wanted, list.keys),
    );
    if (found < 0) merged.push(copy(wanted));
    else merged[found] = merge(merged[found], wanted, shape.item());
  }
  return merged;
}

/** Takes a field out, and the objects and lists around it that are empty then and that nobody owns. */
function removeAt(root: unknown, path: readonly string[], owners: readonly FieldSet[], shape: Shape): void {
  const walk = (
    holder: unknown,
    [step, ...rest]: readonly string[],
    shapeHere: Shape,
    depth: number,
  ): void => {
    if (step === undefined) return;
    const inner = find(holder, step, shapeHere);
    if (!inner) return;
    if (rest.length > 0) {
      walk(inner.found, rest, inner.shape, depth + 1);
      const owned = owners.some((owner) => at(owner, path.slice(0, depth + 1)));
      if (owned || !isBare(inner.found, step)) return;
    } else if (step.startsWith('k:') && !isBare(inner.found, step)) return;
    if (!(step.startsWith('f:') && rest.length === 0 && isKey(path, depth))) inner.remove();
  };
  walk(root, path, shape, 0);
}

/** The fields of a list item's key stay until the item goes. */
function isKey(path: readonly string[], depth: number): boolean {
  const item = path[depth - 1];
  const field = path[depth]?.slice(2) ?? '';
  return item?.startsWith('k:') === true && field in (JSON.parse(item.slice(2)) as Fields); // written by itemKey
}

/** Nothing in it, or nothing beside its key. */
function isBare(found: unknown, step: string): boolean {
  if (Array.isArray(found)) return found.length === 0;
  if (!isFields(found)) return false;
  const key = step.startsWith('k:') ? (JSON.parse(step.slice(2)) as Fields) : {}; // written by itemKey
  return Object.keys(found).every((name) => name in key);
}

function find(
  holder: unknown,
  step: string,
  shape: Shape,
): { found: unknown; shape: Shape; remove(): void } | undefined {
  const name = step.slice(2);
  if (isFields(holder)) {
    if (!step.startsWith('f:') || !(name in holder)) return undefined;
    const remove = () => void Reflect.deleteProperty(holder, name);
    return { found: holder[name], shape: shape.field(name), remove };
  }
  const { list } = shape;
  if (!Array.isArray(holder) || list === 'atomic') return undefined;
  const index = holder.findIndex((item: unknown) =>
    list === 'set' ? JSON.stringify(item) === name : itemKey(item, list.keys) === name,
  );
  if (index < 0) return undefined;
  return { found: holder[index], shape: shape.item(), remove: () => void holder.splice(index, 1) };
}

function applyConflict(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.flatMap(({ manager, fields }) =>
    paths(fields).map((path) => ({ manager: described(manager), field: pathText(path) })),
  );
  const [first] = causes;
  const managers = [...new Set(causes.map(({ manager }) => manager))].sort();
  const fieldsOfManager = (manager: string) =>
    causes.filter((cause) => cause.manager === manager).map(({ field }) => `- ${field}`);
  const message =
    causes.length === 1 && first
      ? `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${managers
          .map((manager) => [`conflicts with ${manager}:`, ...fieldsOfManager(manager)].join('\n'))
          .join('\n')}`;
  return new StatusError(409, 'Conflict', message, {
    causes: causes.map(({ manager, field }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${manager}`,
      field,
    })),
  });
}

function described({ name, subresource, operation, apiVersion }: Writer): string {
  const through = subresource === '' ? '' : ` with subresource "${subresource}"`;
  return `"${name}"${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}
