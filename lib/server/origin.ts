/** Who may talk to the API: requests to the console's own address, from its own pages or from no page at all. */
import 'server-only';
import { isIP } from 'node:net';
import type { Config } from './config';
import { fail, type Failure } from './problem';

const LOCAL: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const ANY_ADDRESS: readonly string[] = ['0.0.0.0', '::'];

/** The host name of a Host header or authority, without port and brackets, in lower case; `undefined` when it is none. */
function hostName(authority: string): string | undefined {
  if (!/^[A-Za-z0-9.:[\]_-]+$/.test(authority)) return undefined;
  try {
    return new URL(`http://${authority}`).hostname.replace(/^\[|\]$/g, '').toLowerCase();
  } catch {
    return undefined;
  }
}

/**
 * Whether a Host header names this console. A name that somebody points at 127.0.0.1 (DNS rebinding) does not. Where the
 * console listens on every address, any literal address is its own, for rebinding needs a name.
 */
export function isOwnHost(host: string, configured: Config['host']): boolean {
  const name = hostName(host);
  if (name === undefined) return false;
  if (LOCAL.includes(name)) return true;
  if (configured === undefined) return false;
  return ANY_ADDRESS.includes(configured) ? isIP(name) !== 0 : name === hostName(configured);
}

/**
 * Refuses (E104) a request to a host that is not this console and, for methods that change something, one that a page of
 * another origin made. Programs such as curl send neither Origin nor Sec-Fetch-Site and pass.
 */
export function checkOrigin(request: Request, configured: Config['host']): Failure | undefined {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  if (!isOwnHost(host, configured)) return fail('E104', { values: { origin: host } });
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none')
    return fail('E104', { values: { origin: origin ?? site } });
  if (origin === null) return undefined;
  try {
    if (new URL(origin).host === host.toLowerCase()) return undefined;
  } catch {
    // "null" and other opaque origins are nobody's own.
  }
  return fail('E104', { values: { origin } });
}
