/** Plain data, copied and compared without the ceremony of `structuredClone`, which costs several times as much. */

export type Fields = Record<string, unknown>;

export const isFields = (at: unknown): at is Fields =>
  typeof at === 'object' && at !== null && !Array.isArray(at);

/** A deep copy of JSON data. Fields that are `undefined` are left out, as they are in JSON. */
export function copy<T>(at: T): T;
export function copy(at: unknown): unknown {
  if (Array.isArray(at)) return at.map((item: unknown) => copy(item));
  if (!isFields(at)) return at;
  const made: Fields = {};
  for (const name of Object.keys(at)) if (at[name] !== undefined) made[name] = copy(at[name]);
  return made;
}

const present = (at: Fields) => Object.keys(at).filter((name) => at[name] !== undefined);

/** Whether two pieces of JSON data say the same; the order of fields does not matter, that of items does. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isFields(a) || !isFields(b)) return false;
  const names = present(a);
  return names.length === present(b).length && names.every((name) => same(a[name], b[name]));
}

const texts = new WeakMap<object, string>();

/** The JSON of an object that is never changed, written once however often it is sent. */
export function jsonOf(object: object): string {
  const text = texts.get(object) ?? JSON.stringify(object);
  texts.set(object, text);
  return text;
}
