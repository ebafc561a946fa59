/** Lists of an answer, read entry by entry: one that cannot be read is counted and left out, the others stand. */
import type { z } from 'zod';
import { unreadTrouble } from './trouble';
import type { Trouble } from './trouble';

export interface Entries<T> {
  entries: T[];
  troubles: Trouble[];
}

/** Reads a list with one schema. A missing list is an empty one: services leave empty lists out. */
export function readEntries<T>(schema: z.ZodType<T>, list: unknown, operation: string): Entries<T> {
  if (list !== undefined && list !== null && !Array.isArray(list))
    return {
      entries: [],
      troubles: [{ kind: 'malformed', operation, detail: 'the answer holds something else than a list' }],
    };
  const entries: T[] = [];
  const faults: string[] = [];
  for (const each of list ?? []) {
    const parsed = schema.safeParse(each);
    if (parsed.success) entries.push(parsed.data);
    else {
      const [issue] = parsed.error.issues;
      faults.push(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
  }
  return { entries, troubles: unreadTrouble(operation, faults.length, faults[0] ?? '') };
}
