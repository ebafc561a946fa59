/** metadata.managedFields without its bulk: who wrote an object and when, and which parts of it, but not field by field. */
import { z } from 'zod';

const entryShape = z.looseObject({
  manager: z.string(),
  subresource: z.string().optional(),
  fieldsV1: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const parts = (fields: unknown): Record<string, object> =>
  typeof fields === 'object' && fields !== null
    ? Object.fromEntries(Object.keys(fields).map((field) => [field, {}]))
    : {};

/**
 * The entries of those who wrote the object itself, each with `fieldsV1` cut off below its second level
 * (`{"f:spec": {"f:routes": {}}}`). Writers of a subresource are left out: an object whose status is written all the time
 * would else never be the same twice. Entries that cannot be read are left out as well.
 */
export function withoutFields(managedFields: unknown): unknown[] {
  if (!Array.isArray(managedFields)) return [];
  return managedFields.flatMap((candidate: unknown) => {
    const entry = entryShape.safeParse(candidate).data;
    if (entry === undefined || (entry.subresource ?? '') !== '') return [];
    const { fieldsV1 = {}, ...rest } = entry;
    const cut = Object.entries(fieldsV1).map(([part, fields]) => [part, parts(fields)]);
    return [{ ...rest, fieldsV1: Object.fromEntries(cut) }];
  });
}
