/** Plain data of the model taken apart: elements of lists by what tells them apart, and references by what they name. */
import { parseEntityKey } from '../keys';
import type { EntityKey } from '../keys';
import { isDerived } from './words';

export type Fields = Readonly<Record<string, unknown>>;

export const isRecord = (candidate: unknown): candidate is Fields =>
  typeof candidate === 'object' && candidate !== null && !Array.isArray(candidate);

/** Whether this is a `Target` of the model, with whatever more. */
export const isTarget = (candidate: Fields): boolean =>
  typeof candidate['key'] === 'string' && typeof candidate['resolution'] === 'string';

/** Fields of a target that its text already says, or that say where it leads. */
export const NOT_WRITTEN: ReadonlySet<string> = new Set([
  ...['key', 'namespace', 'name', 'arn', 'resolution', 'arnUnfit', 'ignoredRef'],
]);

const pathOf = (key: unknown): string => {
  const parsed = typeof key === 'string' ? parseEntityKey(key) : undefined;
  return parsed ? `${parsed.namespace}/${parsed.name}` : String(key);
};

/** What a reference names: the ARN, which wins, or namespace/name; `?` where it names nothing. */
export function targetText({ arn, namespace, name }: Fields): string {
  if (typeof arn === 'string') return arn;
  return [namespace, name].filter((part) => typeof part === 'string' && part !== '').join('/') || '?';
}

/** What tells an element from its neighbours; undefined for one that is only its content. */
function idOf(element: unknown): string | undefined {
  if (!isRecord(element)) return undefined;
  if (isTarget(element)) {
    const { viaGroup } = element;
    return viaGroup === undefined ? targetText(element) : `${targetText(element)} via ${pathOf(viaGroup)}`;
  }
  // Conditions of a match may share their names.
  if ('on' in element) return undefined;
  const id = ['name', 'type', 'port', 'id'].map((field) => element[field]).find((each) => each !== undefined);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** The elements of a list by what tells them apart, repeated ones numbered (`shop/cart#2`); undefined for a list of mere content. */
export function elementIds(list: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
  const byId = new Map<string, unknown>();
  for (const element of list) {
    const id = idOf(element);
    if (id === undefined) return undefined;
    let unique = id;
    for (let n = 2; byId.has(unique); n += 1) unique = `${id}#${n}`;
    byId.set(unique, element);
  }
  return byId;
}

/** Plain data as it is shown where it came or went as a whole: references by what they name, without what follows from the rest. */
export function clean(content: unknown): unknown {
  if (Array.isArray(content)) {
    const byId = content.length > 0 && content.every((each) => isRecord(each) && isTarget(each));
    const ids = byId ? elementIds(content) : undefined;
    return ids ? Object.fromEntries([...ids].map(([id, each]) => [id, clean(each)])) : content.map(clean);
  }
  if (!isRecord(content)) return content;
  const target = isTarget(content);
  const fields = Object.entries(content).filter(
    ([field, each]) => each !== undefined && !isDerived(field) && !(target && NOT_WRITTEN.has(field)),
  );
  if (target && fields.length === 0) return targetText(content);
  return Object.fromEntries(fields.map(([field, each]) => [field, clean(each)]));
}

/** The card an object is drawn on: a gateway's routes are rows of it, a mesh is drawn on none. */
export function cardOf(object: {
  key: EntityKey;
  kind: string;
  gateway?: { key: EntityKey };
}): EntityKey | undefined {
  if (object.kind === 'mesh') return undefined;
  return object.gateway?.key ?? object.key;
}
