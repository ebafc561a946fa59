/** The HTTP face of the cluster. */
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { InProcessCluster } from './cluster';
import { handle } from './handler';
import { OPENAPI_TYPE } from './openapi';
import { StatusError } from './types';
import { serveWatch } from './watch';

/** The API server's own limit for a request body. */
const BODY_MAX_BYTES = 3 * 1024 * 1024;

/** Reads a request body as text. Throws 413 when it is too large. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX_BYTES)
      throw new StatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${BODY_MAX_BYTES}`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function contentType(body: object | string | Uint8Array): string {
  if (body instanceof Uint8Array) return OPENAPI_TYPE;
  return typeof body === 'string' ? 'text/plain' : 'application/json';
}

/** Answers with JSON, text or an OpenAPI document. */
export function send(
  response: ServerResponse,
  status: number,
  body: object | string | Uint8Array,
  headers: OutgoingHttpHeaders = {},
): void {
  const bytes =
    body instanceof Uint8Array || typeof body === 'string'
      ? Buffer.from(body)
      : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': contentType(body),
    'content-length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

/** A refusal as the Kubernetes Status object. Anything that is no StatusError is a bug and becomes a 500. */
export function refuse(response: ServerResponse, error: unknown): void {
  const { code, reason, message, details } =
    error instanceof StatusError
      ? error
      : new StatusError(500, 'InternalError', `Internal error: ${String(error)}`);
  if (response.headersSent) return void response.destroy();
  if (code === 413) response.setHeader('connection', 'close');
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details,
    code,
  };
  send(response, code, status);
}

async function serve(
  cluster: InProcessCluster,
  request: IncomingMessage,
  response: ServerResponse,
  watches: Set<ServerResponse>,
): Promise<void> {
  try {
    const url = new URL(request.url ?? '/', 'http://sandbox');
    const answer = handle(cluster, {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      contentType: request.headers['content-type'] ?? '',
      accept: request.headers.accept ?? '',
      userAgent: request.headers['user-agent'] ?? '',
      body: await readBody(request),
    });
    if (!('watch' in answer)) return send(response, answer.status, answer.body, answer.headers);
    watches.add(response);
    response.once('close', () => watches.delete(response));
    serveWatch(cluster, answer.watch, response);
  } catch (error) {
    refuse(response, error);
  }
}

/** Answers requests of the Kubernetes API. `cluster` is asked for each; `watches` holds the responses of open watches. */
export function apiListener(
  cluster: () => InProcessCluster,
  watches = new Set<ServerResponse>(),
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void serve(cluster(), request, response, watches);
}

/** A server over one cluster and nothing else, not listening yet. */
export function createApiServer(cluster: InProcessCluster): Server {
  return createServer(apiListener(() => cluster));
}
