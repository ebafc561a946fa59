/** The form in which a client wants objects: as they are, as a table, or their metadata only. */
import { jsonOf } from './json';
import type { Answer, ApiRequest } from './request';
import { json } from './request';
import type { IncludeObject } from './table';
import { asTable } from './table';
import type { KubeObject, ResourceType } from './types';

export type Form = 'object' | 'table' | 'metadata';

const META = 'meta.k8s.io/v1';

/** The first form of the Accept header that is served here; JSON as it is for everything else. */
export function formOf(accept: string): Form {
  for (const choice of accept.split(',').map((each) => each.replaceAll(' ', ''))) {
    const [media, ...parameters] = choice.split(';');
    if (media !== 'application/json' && media !== '*/*') continue;
    const as = parameters.find((each) => each.startsWith('as='))?.slice('as='.length);
    if (as === undefined) return 'object';
    if (!parameters.includes('v=v1') || !parameters.includes('g=meta.k8s.io')) continue;
    if (as === 'Table') return 'table';
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata';
  }
  return 'object';
}

export const metadataOnly = ({ metadata }: KubeObject) => ({
  kind: 'PartialObjectMetadata',
  apiVersion: META,
  metadata,
});

const included = (query: URLSearchParams): IncludeObject => {
  const asked = query.get('includeObject');
  return asked === 'Object' || asked === 'None' ? asked : 'Metadata';
};

interface Context {
  type: ResourceType;
  request: Pick<ApiRequest, 'accept' | 'query'>;
  now: Date;
}

/** One object in the form asked for. */
export function objectAnswer(object: KubeObject, { type, request, now }: Context): Answer {
  const form = formOf(request.accept);
  if (form === 'table') {
    const { resourceVersion } = object.metadata;
    return { status: 200, body: asTable(type, [object], { resourceVersion }, now, included(request.query)) };
  }
  if (form === 'metadata') return { status: 200, body: metadataOnly(object) };
  return json(200, jsonOf(object));
}

/** A list in the form asked for. Objects are written from the text kept for each, so a long list costs little. */
export function listAnswer(items: KubeObject[], metadata: object, { type, request, now }: Context): Answer {
  const form = formOf(request.accept);
  if (form === 'table')
    return { status: 200, body: asTable(type, items, metadata, now, included(request.query)) };
  if (form === 'metadata')
    return {
      status: 200,
      body: { kind: 'PartialObjectMetadataList', apiVersion: META, metadata, items: items.map(metadataOnly) },
    };
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  const head = JSON.stringify({ kind: type.listKind, apiVersion, metadata });
  return json(200, `${head.slice(0, -1)},"items":[${items.map(jsonOf).join(',')}]}`);
}

/** What a watch sends for each change, in the form asked for. Only the first table carries its columns. */
export function eventWriter({
  type,
  request,
}: Omit<Context, 'now'>): (kind: string, object: KubeObject, now: Date) => string {
  const form = formOf(request.accept);
  let first = true;
  return (kind, object, now) => {
    if (form === 'object') return `{"type":"${kind}","object":${jsonOf(object)}}\n`;
    if (form === 'metadata') return `${JSON.stringify({ type: kind, object: metadataOnly(object) })}\n`;
    const { resourceVersion } = object.metadata;
    const rows = kind === 'BOOKMARK' ? [] : [object];
    const table = asTable(type, rows, { resourceVersion }, now, included(request.query));
    const shown = first ? table : { ...table, columnDefinitions: null };
    first = false;
    return `${JSON.stringify({ type: kind, object: shown })}\n`;
  };
}
