/** One trace of X-Ray → spans, with what each says of the proxy that sent it. */
import type { XRayTrace } from '@/lib/aws/x-ray';
import type { Span } from '@/lib/mesh/telemetry/trace';
import { proxyNameParts } from './proxy-names';
import { annotationTexts, readDocument, statusOf } from './segment-dto';
import type { ReadSegment, SegmentDocument } from './segment-dto';
import { inTreeOrder } from './span-order';
import type { NamedTrace } from './types';

/** Envoy's name for a cluster that App Mesh made: `cds_egress_<mesh>_<node>_<protocol>_<port>`. */
const CLUSTER = /^cds_(?:egress|ingress)_/;

const milliseconds = (seconds: number) => seconds * 1000;

/** Of one id sent twice (in progress, then whole), the one that ended. */
function newest(segments: readonly ReadSegment[]): ReadSegment[] {
  const byId = new Map<string, ReadSegment>();
  for (const each of segments) {
    const known = byId.get(each.segment.id);
    if (known?.segment.end_time === undefined || each.segment.end_time !== undefined)
      byId.set(each.segment.id, each);
  }
  return [...byId.values()];
}

function spanOf({ segment, within }: ReadSegment, traceStartMs: number): Span {
  const { id, name, start_time, end_time, http, type } = segment;
  const annotations = annotationTexts(segment.annotations);
  const { direction } = annotations;
  const startMs = milliseconds(start_time) - traceStartMs;
  return {
    id,
    parent: segment.parent_id ?? within?.id,
    name,
    kind: within !== undefined || type === 'subsegment' ? 'subsegment' : 'segment',
    startMs,
    // A clock that was set back while it ran.
    endMs: end_time === undefined ? undefined : Math.max(startMs, milliseconds(end_time) - traceStartMs),
    status: statusOf(segment),
    direction: direction === 'ingress' || direction === 'egress' ? direction : undefined,
    http: http && { method: http.request?.method, url: http.request?.url, status: http.response?.status },
    hop: {},
    annotations,
  };
}

/**
 * The proxy that sent a segment: as it says itself, else by the segment's name; `undefined` where no proxy sent it. A subsegment
 * is named after what it calls or does, never after who sent it.
 */
function proxyOf(
  { aws, name }: SegmentDocument,
  kind: Span['kind'],
): { mesh: string; proxy: string } | undefined {
  const { mesh_name: mesh, virtual_node_name: proxy } = aws?.app_mesh ?? {};
  if (mesh !== undefined && proxy !== undefined) {
    const [withoutOwner = mesh] = mesh.split('@', 1);
    return { mesh: withoutOwner, proxy };
  }
  const parts = kind === 'subsegment' ? undefined : proxyNameParts(name);
  return parts && { mesh: parts.mesh, proxy: parts.awsName };
}

/** Proxies by span: a part of a segment is of the proxy of the whole, and so is what is sent apart below it. */
function namesOf(spans: readonly Span[], segments: readonly ReadSegment[]): NamedTrace['names'] {
  const documents = new Map(segments.map(({ segment }) => [segment.id, segment]));
  const names: NamedTrace['names'] = {};
  for (const { id, kind, parent, annotations } of spans) {
    const document = documents.get(id);
    const inherited = kind === 'subsegment' && parent !== undefined ? names[parent] : undefined;
    const own = (document && proxyOf(document, kind)) ?? inherited;
    if (own === undefined) continue;
    const upstream = Object.values(annotations).find((content) => CLUSTER.test(content));
    names[id] = { mesh: own.mesh, proxy: own.proxy, ...(upstream === undefined ? {} : { upstream }) };
  }
  return names;
}

/**
 * Reads the documents of a trace. Times count from the earliest start of all: clocks of hosts differ, so that a child may start
 * before its parent. `names` hold the mesh without its owner, and the cluster a proxy sent to, as Envoy wrote it.
 */
export function readTrace({ id, durationMs, limitExceeded, segments }: XRayTrace): NamedTrace {
  const documents = segments.map((each) => readDocument(each.id, each.document));
  const found = newest(documents.flatMap((each) => each.segments));
  const startMs = found.reduce(
    (earliest, { segment }) => Math.min(earliest, Math.floor(milliseconds(segment.start_time))),
    Infinity,
  );
  const spans = inTreeOrder(found.map((each) => spanOf(each, startMs)));
  const endMs = spans.reduce((latest, span) => Math.max(latest, span.endMs ?? span.startMs), 0);
  return {
    trace: {
      id,
      startMs: Number.isFinite(startMs) ? startMs : (traceIdMs(id) ?? 0),
      durationMs: Math.max(durationMs ?? 0, endMs),
      spans,
      unread: documents.flatMap(({ unread }) => unread),
      limitExceeded,
    },
    names: namesOf(spans, found),
  };
}

/** When a trace began, by its id `1-<epoch seconds in hex>-<random>`, epoch milliseconds; `undefined` where it does not tell. */
export function traceIdMs(id: string): number | undefined {
  const [, hex] = /^1-([0-9a-f]{8})-/i.exec(id) ?? [];
  return hex === undefined ? undefined : milliseconds(Number.parseInt(hex, 16));
}
