/** Who wrote an object, from its managedFields (Kubernetes, "Field management"). */
import { z } from 'zod';
import type { Writer } from '@/lib/mesh/model';
import type { RawObject } from './resources';

const entry = z.looseObject({
  manager: z.string().min(1),
  operation: z.enum(['Apply', 'Update']).catch('Update'),
  time: z.string().optional().catch(undefined),
  subresource: z.string().optional().catch(undefined),
  fieldsV1: z
    .looseObject({ 'f:spec': z.unknown(), 'f:metadata': z.record(z.string(), z.unknown()) })
    .partial()
    .catch({}),
});

/** An object that many have written tells of the last ones. */
const KEPT = 3;

/**
 * Those who wrote the spec or the labels, newest first. Who writes only status, finalizers or annotations asks for nothing;
 * a time that moves with every status update would also make each of them a change of the object. Entries that cannot be
 * read are left out.
 */
export function writersOf({ metadata }: RawObject): Writer[] | undefined {
  const { managedFields } = metadata;
  if (!Array.isArray(managedFields)) return undefined;
  const writers = managedFields.flatMap((candidate: unknown): Writer[] => {
    const { data } = entry.safeParse(candidate);
    if (data === undefined || (data.subresource ?? '') !== '') return [];
    const { manager, operation, time, fieldsV1 } = data;
    if (fieldsV1['f:spec'] === undefined && fieldsV1['f:metadata']?.['f:labels'] === undefined) return [];
    return [{ manager, operation, at: time }];
  });
  return writers.length === 0
    ? undefined
    : writers.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '')).slice(0, KEPT);
}
