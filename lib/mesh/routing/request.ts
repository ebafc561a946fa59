/** A request as a router or gateway sees it when it chooses a route. */
import type { Protocol } from '../model';

/**
 * What routes can look at. A request of gRPC is one of HTTP/2: its path is `/service/method`, its metadata are the headers.
 * Of tcp only the port counts.
 */
export interface RouteRequest {
  /** What is spoken at the port it comes to. */
  protocol: Protocol;
  /** Left out: the first listener that speaks the protocol. */
  port?: number | undefined;
  /** In capital letters. */
  method: string;
  scheme: 'http' | 'https';
  /** Without the port; '' for none. */
  host: string;
  /** As it is sent: begins with `/`, and has the query string in it. */
  path: string;
  /** As they are sent; a name may stand there several times. */
  headers: readonly (readonly [name: string, content: string])[];
}

/** The parts of a request that conditions look at. */
export interface SeenRequest extends RouteRequest {
  /** Without query and fragment. */
  plainPath: string;
  /** Parameters of the query as they stand there, nothing decoded; of a name that is there twice, the first counts. */
  query: ReadonlyMap<string, string>;
  /** By name in lower case; what is sent several times is joined by commas, as proxies do. */
  fields: ReadonlyMap<string, string>;
}

/** `normalized`: gateways resolve `.` and `..`, and take several slashes for one, before they look at a path. */
export function seen(request: RouteRequest, normalized: boolean): SeenRequest {
  const [, path = '', search = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(request.path) ?? [];
  const query = new Map<string, string>();
  for (const pair of search.split('&')) {
    const [, name = '', content = ''] = /^([^=]*)(?:=(.*))?$/s.exec(pair) ?? [];
    if (name !== '' && !query.has(name)) query.set(name, content);
  }
  const fields = new Map<string, string>();
  for (const [name, content] of request.headers) {
    const key = name.toLowerCase();
    const before = fields.get(key);
    fields.set(key, before === undefined ? content : `${before},${content}`);
  }
  return { ...request, plainPath: normalized ? normalPath(path) : path, query, fields };
}

/** A path without `.`, `..` and repeated slashes. */
export function normalPath(path: string): string {
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [n, part] of parts.entries()) {
    const plain = part.replace(/%2e/gi, '.');
    const last = n === parts.length - 1;
    if (plain === '..') out.pop();
    if (plain !== '..' && plain !== '.') out.push(part);
    else if (last) out.push('');
  }
  return `/${out.join('/')}`.replace(/\/{2,}/g, '/');
}
