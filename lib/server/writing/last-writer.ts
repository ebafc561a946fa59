/** Who wrote an object last. */
import 'server-only';
import { z } from 'zod';
import type { RawObject } from '@/lib/providers/app-mesh';

const managed = z.array(
  z.object({ manager: z.string(), time: z.string().optional(), subresource: z.string().optional() }),
);

/** Who wrote the spec last, as the object's managedFields tell. */
export function lastWriter(raw: RawObject): string | undefined {
  const { managedFields } = z.object({ managedFields: managed.catch([]).default([]) }).parse(raw.metadata);
  return managedFields
    .filter((entry) => entry.subresource === undefined)
    .sort((a, b) => (b.time ?? '').localeCompare(a.time ?? ''))[0]?.manager;
}
