/** Deep equality of plain data (objects, arrays, primitives), as JSON would see it: a field set to `undefined` equals a missing one. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((entry, index) => sameContent(entry, b[index]));
  }
  for (const field of Object.keys(a))
    if (!sameContent(Reflect.get(a, field), Object.hasOwn(b, field) ? Reflect.get(b, field) : undefined))
      return false;
  for (const field of Object.keys(b))
    if (!Object.hasOwn(a, field) && Reflect.get(b, field) !== undefined) return false;
  return true;
}
