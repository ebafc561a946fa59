/**
 * Sets of fields as managedFields keep them (`fieldsV1`): a tree of `f:name`, `k:{key}` and `v:value`. A node is a
 * member itself, or only leads to members (https://kubernetes.io/docs/reference/using-api/server-side-apply/).
 */
import type { Fields } from './json';
import { isFields } from './json';

export interface FieldSet {
  member: boolean;
  children: ReadonlyMap<string, FieldSet>;
}

export const EMPTY: FieldSet = { member: false, children: new Map() };

export const isEmpty = ({ member, children }: FieldSet) => !member && children.size === 0;

/** A node, without the children that hold nothing. */
export function node(member: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { member, children: new Map([...children].filter(([, child]) => !isEmpty(child))) };
}

function combine(a: FieldSet, b: FieldSet, rule: (inA: boolean, inB: boolean) => boolean): FieldSet {
  if (isEmpty(b) && rule(true, false)) return a;
  const steps = new Set([...a.children.keys(), ...b.children.keys()]);
  const children = [...steps].map(
    (step) => [step, combine(a.children.get(step) ?? EMPTY, b.children.get(step) ?? EMPTY, rule)] as const,
  );
  return node(rule(a.member, b.member), children);
}

export const union = (a: FieldSet, b: FieldSet) => combine(a, b, (inA, inB) => inA || inB);
export const intersection = (a: FieldSet, b: FieldSet) => combine(a, b, (inA, inB) => inA && inB);
export const difference = (a: FieldSet, b: FieldSet) => combine(a, b, (inA, inB) => inA && !inB);

export function equal(a: FieldSet, b: FieldSet): boolean {
  return isEmpty(difference(a, b)) && isEmpty(difference(b, a));
}

/** Every member, as a path of steps. */
export function paths({ member, children }: FieldSet, at: readonly string[] = []): (readonly string[])[] {
  return [...(member ? [at] : []), ...[...children].flatMap(([step, child]) => paths(child, [...at, step]))];
}

/** The node at a path. */
export function at(set: FieldSet | undefined, path: readonly string[]): FieldSet | undefined {
  return path.reduce<FieldSet | undefined>((found, step) => found?.children.get(step), set);
}

/** As it stands in managedFields: `{}` is a member, `.` marks a member that has members below it. */
export function toFieldsV1({ member, children }: FieldSet): Fields {
  const below = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...(member && below.length > 0 ? { '.': {} } : {}),
    ...Object.fromEntries(below.map(([step, child]) => [step, toFieldsV1(child)])),
  };
}

/** Reads what `toFieldsV1` writes; the root is never a member. */
export function fromFieldsV1(fields: unknown, root = true): FieldSet {
  if (!isFields(fields)) return EMPTY;
  const below = Object.entries(fields).filter(([step]) => step !== '.');
  const member = !root && (below.length === 0 || '.' in fields);
  return node(
    member,
    below.map(([step, child]) => [step, fromFieldsV1(child, false)] as const),
  );
}

/** A path in the words of a conflict: `.spec.containers[name="app"].image`. */
export function pathText(path: readonly string[]): string {
  return path
    .map((step) => {
      const rest = step.slice(2);
      if (step.startsWith('f:')) return `.${rest}`;
      if (step.startsWith('v:')) return `[=${rest}]`;
      const key = JSON.parse(rest) as Fields; // written by itemKey
      const parts = Object.entries(key).map(([name, found]) => `${name}=${JSON.stringify(found)}`);
      return `[${parts.join(',')}]`;
    })
    .join('');
}
