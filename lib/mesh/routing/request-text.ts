/**
 * A request as text, as it stands in an address: what is spoken, then the first line, then a line for each header.
 *
 *     http POST https://api.shop.example:8080/v1/orders?draft=1
 *     x-partner-key: 7
 *
 * `grpc` has no method, and of `tcp` there is nothing but the port. Scheme, host and port may be left out.
 */
import type { Protocol } from '../model';
import type { RouteRequest } from './request';

export function writeRequest({ protocol, port, method, scheme, host, path, headers }: RouteRequest): string {
  const place = `${scheme === 'https' ? 'https://' : ''}${host}${port === undefined ? '' : `:${port}`}`;
  if (protocol === 'tcp') return `tcp ${place}`.trim();
  const first = protocol === 'grpc' ? `grpc ${place}${path}` : `${protocol} ${method} ${place}${path}`;
  return [first.trim(), ...headers.map(([name, content]) => `${name}: ${content}`)].join('\n');
}

const FIRST =
  /^(?:(tcp|grpc)|(http2?) ([A-Z]+))(?: (https?:\/\/)?(\[[^\]]*\]|[^\s:/?#]*)(?::(\d{1,5}))?(\/\S*)?)?$/;
const HEADER = /^([^\s:]+):[ \t]*(.*)$/;

/** Reads what `writeRequest` wrote; `undefined` for anything else. */
export function readRequest(text: string): RouteRequest | undefined {
  const [first = '', ...lines] = text.split('\n');
  const match = FIRST.exec(first.trimEnd());
  if (!match) return undefined;
  const [, bare, web, method, scheme, host = '', port, path] = match;
  const protocol = (bare ?? web) as Protocol; // one of those the expression takes
  const headers: [string, string][] = [];
  for (const line of lines) {
    const [, name, content] = HEADER.exec(line) ?? [];
    if (name === undefined) return undefined;
    headers.push([name, content ?? '']);
  }
  return {
    protocol,
    port: port === undefined ? undefined : Number(port),
    method: method ?? (protocol === 'grpc' ? 'POST' : 'GET'),
    scheme: scheme === 'https://' ? 'https' : 'http',
    host,
    path: path ?? (protocol === 'grpc' ? '' : '/'),
    headers: protocol === 'tcp' ? [] : headers,
  };
}
