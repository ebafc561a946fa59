/** A request of the Kubernetes API and its answer, free of HTTP. */
import type { OutgoingHttpHeaders } from 'node:http';
import { parse } from 'yaml';
import type { Fields } from './json';
import { isFields } from './json';
import { badRequest } from './refusals';
import { StatusError } from './types';
import type { WatchRequest } from './watch';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  contentType: string;
  accept: string;
  userAgent: string;
  body: string;
}

export interface Answer {
  status: number;
  body: object | string | Uint8Array;
  headers?: OutgoingHttpHeaders;
}

export type ApiAnswer = Answer | { watch: WatchRequest };

/** The media type of a body, without parameters. */
export const mediaType = ({ contentType }: ApiRequest) => contentType.split(';')[0]?.trim() ?? '';

/** Whether a query parameter is set and true. */
export const wants = (query: URLSearchParams, name: string) => ['true', '1'].includes(query.get(name) ?? '');

/** Whether a body is in the binary form that some clients prefer for built-in kinds. */
export const isProtobuf = (request: ApiRequest) =>
  mediaType(request) === 'application/vnd.kubernetes.protobuf';

/** Reads a body as JSON, or as YAML where it is none. */
export function parseBody(request: ApiRequest): unknown {
  if (isProtobuf(request))
    throw new StatusError(
      415,
      'UnsupportedMediaType',
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
    );
  try {
    const parsed: unknown = JSON.parse(request.body);
    return parsed;
  } catch {
    return parseYaml(request.body);
  }
}

function parseYaml(body: string): unknown {
  try {
    const parsed: unknown = parse(body, { uniqueKeys: false });
    return parsed;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw badRequest(`the object provided is unrecognized: ${why}`);
  }
}

/** Reads a body that has to be an object. */
export function parseFields(request: ApiRequest): Fields {
  const parsed = parseBody(request);
  if (!isFields(parsed)) throw badRequest('the object provided is unrecognized: it is no object');
  return parsed;
}

/** Answers with text that is JSON already. */
export function json(status: number, text: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, body: text, headers: { 'content-type': 'application/json', ...headers } };
}
