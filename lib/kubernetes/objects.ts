/** Objects as the cache keeps them. */
import { z } from 'zod';
import { withoutFields } from './managed-fields';

/** As much of an object as the cache needs; the rest is kept untouched but for `managedFields`. */
export interface CachedObject {
  apiVersion?: unknown;
  kind?: unknown;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

const objectShape = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string(),
    resourceVersion: z.string(),
  }),
});

const listShape = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(z.unknown()).nullable(),
});

const eventShape = z.looseObject({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.unknown(),
});

const statusShape = z.looseObject({ code: z.number().optional(), message: z.string().optional() });

/**
 * Takes an object in. Lists leave apiVersion and kind out of their items, so they are given back. managedFields are dropped,
 * or kept without the fields where `writers` is asked for: they can be larger than the object, and nothing is ever written
 * from the cache.
 */
export function takeIn(
  candidate: unknown,
  apiVersion: string,
  kind: string | undefined,
  writers = false,
): CachedObject | undefined {
  const parsed = objectShape.safeParse(candidate);
  if (!parsed.success) return undefined;
  const { managedFields, ...rest } = parsed.data.metadata;
  const metadata = writers ? { ...rest, managedFields: withoutFields(managedFields) } : rest;
  const object = parsed.data as CachedObject; // checked above; exactOptionalPropertyTypes keeps the two apart
  return {
    ...object,
    apiVersion: object.apiVersion ?? apiVersion,
    ...(object.kind === undefined && kind === undefined ? {} : { kind: object.kind ?? kind }),
    metadata: metadata as CachedObject['metadata'],
  };
}

export const readList = (body: unknown) => listShape.safeParse(body);

export type WatchLine =
  | {
      type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
      object: unknown;
      resourceVersion: string | undefined;
    }
  | { type: 'ERROR'; code: number; message: string };

/** Reads one line of a watch; `undefined` for a line that is none. */
export function readWatchLine(line: string): WatchLine | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return undefined;
  }
  const event = eventShape.safeParse(parsed);
  if (!event.success) return undefined;
  const { type, object } = event.data;
  if (type === 'ERROR') {
    const status = statusShape.safeParse(object);
    return {
      type,
      code: status.data?.code ?? 500,
      message: status.data?.message ?? 'the watch ended with an error',
    };
  }
  const meta = z.looseObject({ metadata: z.looseObject({ resourceVersion: z.string() }) }).safeParse(object);
  return { type, object, resourceVersion: meta.data?.metadata.resourceVersion };
}
