/** One request to a channel. What is told of a failure names neither address nor secret: it stands in the shift for all to read. */
import { lookup as resolveName } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayReach } from './addresses';

/** later: try again, not before `afterMs`. refused: trying again would end the same way. */
export type Sent =
  | { kind: 'taken' }
  | { kind: 'later'; message: string; afterMs?: number }
  | { kind: 'refused'; message: string };

const WITHIN_MS = 10_000;
const RETRY_AFTER_MAX_MS = 60 * 60_000;
/** Of the statuses below 500, those that speak of the moment. */
const MOMENTARY: ReadonlySet<number> = new Set([408, 409, 421, 425, 429]);

class Closed extends Error {}

/** Resolves a name as always, and fails where any of its addresses is closed: it is this answer that is connected to. */
function guarded(isPrivate: boolean): LookupFunction {
  return (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      if (addresses.some(({ address }) => !mayReach(address, isPrivate))) return done(new Closed(), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

function retryAfter(header: string | undefined): { afterMs?: number } {
  const seconds = Number(header);
  if (header === undefined || !Number.isFinite(seconds) || seconds < 0) return {};
  return { afterMs: Math.min(RETRY_AFTER_MAX_MS, seconds * 1000) };
}

function answered(status: number, after: string | undefined): Sent {
  if (status >= 200 && status < 300) return { kind: 'taken' };
  const message = `the receiver answered ${status}`;
  if (status >= 500 || MOMENTARY.has(status)) return { kind: 'later', message, ...retryAfter(after) };
  // A redirection is not followed: it would lead past everything that was checked.
  return { kind: 'refused', message };
}

const CLOSED: Sent = { kind: 'refused', message: 'the channel leads to an address that is not permitted' };

function destination(address: string, isPrivate: boolean): URL | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isPrivate) ? url : undefined;
}

/** Sends a body of JSON. Never throws. */
export function send(
  address: string,
  isPrivate: boolean,
  { body, headers, signal }: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<Sent> {
  const url = destination(address, isPrivate);
  if (url === undefined)
    return Promise.resolve({ kind: 'refused', message: 'the channel has no usable address' });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A name is resolved by the guard; an address is not resolved at all.
  if (isIP(host) !== 0 && !mayReach(host, isPrivate)) return Promise.resolve(CLOSED);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: 'POST',
        lookup: guarded(isPrivate),
        signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'meshdeck-engine',
        },
        agent: false,
      },
      (response) => {
        // What it answers besides is of no interest, and may be endless.
        response.destroy();
        resolve(answered(response.statusCode ?? 0, response.headers['retry-after']));
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (error instanceof Closed) return resolve(CLOSED);
      const code =
        error.name === 'AbortError' || error.name === 'TimeoutError' ? 'no answer in time' : error.code;
      resolve({ kind: 'later', message: `the receiver could not be reached (${code ?? 'unknown'})` });
    });
    sent.end(body);
  });
}
