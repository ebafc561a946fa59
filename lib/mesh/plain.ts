/** Plain JSON data, compared. Fields that are `undefined` are as good as absent, as they are in JSON; the order of fields is nothing. */

type Fields = Readonly<Record<string, unknown>>;

export const isFields = (found: unknown): found is Fields =>
  typeof found === 'object' && found !== null && !Array.isArray(found);

/** A text that is the same for data that says the same. Not meant to be read back. */
export function canonical(found: unknown): string {
  if (Array.isArray(found)) return `[${found.map(canonical).join(',')}]`;
  if (!isFields(found)) return JSON.stringify(found) ?? 'null';
  const fields = Object.keys(found)
    .filter((name) => found[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(found[name])}`);
  return `{${fields.join(',')}}`;
}

/** Whether two pieces of data say the same. */
export const same = (a: unknown, b: unknown): boolean => a === b || canonical(a) === canonical(b);

/**
 * A short text by which data is told from other data. It guards against mistakes, not against somebody who wants to be
 * mistaken for another: it is no cryptographic hash (FNV-1a, twice 32 bits).
 */
export function fingerprint(found: unknown): string {
  let [low, high] = [0x811c9dc5, 0x01000193];
  for (const char of canonical(found)) {
    const code = char.codePointAt(0) ?? 0;
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + 0x9e37), 0x85ebca6b);
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/**
 * What was taken out of a list and what was put in, where the rest keeps its order: places of `removed` are in `before`, those
 * of `added` in `after`. The fewest of both.
 */
export function listEdits(
  before: readonly unknown[],
  after: readonly unknown[],
): { removed: number[]; added: number[] } {
  const [from, to] = [before.map(canonical), after.map(canonical)];
  // Longest part in common of what follows each pair of places.
  const common = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  const at = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1)
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const removed: number[] = [];
  const added: number[] = [];
  for (let i = 0, j = 0; i < from.length || j < to.length;)
    if (i < from.length && j < to.length && from[i] === to[j]) [i, j] = [i + 1, j + 1];
    else if (j >= to.length || (i < from.length && at(i + 1, j) >= at(i, j + 1))) removed.push(i++);
    else added.push(j++);
  return { removed, added };
}
