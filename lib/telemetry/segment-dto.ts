/**
 * Segment documents: https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html. Written by whatever was
 * traced, so that each is read by itself, and an odd part takes no more than itself away.
 */
import { z } from 'zod';
import type { TraceStatus } from '@/lib/mesh/telemetry/trace';

const flag = z.boolean().optional().catch(undefined);
const text = z.string().optional().catch(undefined);

const document = z.looseObject({
  id: z.string(),
  name: z.string(),
  /** Epoch seconds. */
  start_time: z.number(),
  end_time: z.number().optional().catch(undefined),
  parent_id: text,
  type: text,
  error: flag,
  fault: flag,
  throttle: flag,
  http: z
    .looseObject({
      request: z.looseObject({ method: text, url: text }).optional().catch(undefined),
      response: z
        .looseObject({ status: z.number().optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  annotations: z.record(z.string(), z.unknown()).optional().catch(undefined),
  aws: z
    .looseObject({
      app_mesh: z.looseObject({ mesh_name: text, virtual_node_name: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  subsegments: z.array(z.unknown()).optional().catch(undefined),
});

export type SegmentDocument = z.infer<typeof document>;

export interface ReadSegment {
  segment: SegmentDocument;
  /** Whose part it is; absent at the top of a document. */
  within: SegmentDocument | undefined;
}

export interface Unread {
  id: string;
  message: string;
}

/** Where in what, and what is wrong with it. */
const wrong = (error: z.ZodError) => {
  const [issue] = error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
};

/** Reads a document and the subsegments nested in it. What cannot be read is named by the id of its document. */
export function readDocument(id: string, source: string): { segments: ReadSegment[]; unread: Unread[] } {
  const segments: ReadSegment[] = [];
  const unread: Unread[] = [];
  let root: unknown;
  try {
    root = JSON.parse(source);
  } catch (error) {
    return { segments, unread: [{ id, message: error instanceof Error ? error.message : String(error) }] };
  }
  const waiting: { candidate: unknown; within: SegmentDocument | undefined }[] = [
    { candidate: root, within: undefined },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { within } = next;
    const parsed = document.safeParse(next.candidate);
    if (!parsed.success) {
      unread.push({ id, message: wrong(parsed.error) });
      continue;
    }
    segments.push({ segment: parsed.data, within });
    for (const candidate of parsed.data.subsegments ?? []) waiting.push({ candidate, within: parsed.data });
  }
  return { segments, unread };
}

/** The worst that it says of itself. */
export const statusOf = (said: {
  error?: boolean | undefined;
  fault?: boolean | undefined;
  throttle?: boolean | undefined;
}): TraceStatus => (said.fault ? 'fault' : said.throttle ? 'throttle' : said.error ? 'error' : 'ok');

/** Annotations as text; whatever is no text, number or truth value is left out. */
export const annotationTexts = (annotations: SegmentDocument['annotations']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(annotations ?? {}).flatMap(([key, content]) =>
      typeof content === 'string' || typeof content === 'number' || typeof content === 'boolean'
        ? [[key, String(content)]]
        : [],
    ),
  );
