/** Deep equality of plain data (objects, arrays, primitives), as JSON would see it: a field set to `undefined` equals a missing one. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((entry, index) => sameContent(entry, b[index]));
  }
  const left = Object.entries(a);
  const right = new Map<string, unknown>(Object.entries(b));
  for (const [field, content] of left) {
    if (!sameContent(content, right.get(field))) return false;
    right.delete(field);
  }
  for (const content of right.values()) if (content !== undefined) return false;
  return true;
}
