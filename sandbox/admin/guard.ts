/** Whom the sandbox answers: programs on this machine, and no web page that a browser happens to show. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** An IPv6 address stands in brackets inside a URL. */
const inUrl = (host: string) => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

export const isLoopback = (host: string) => LOOPBACK.has(inUrl(host)) || /^127\.\d+\.\d+\.\d+$/.test(host);

function hostName(header: string | undefined): string | undefined {
  try {
    return new URL(`http://${header ?? ''}`).hostname;
  } catch {
    return undefined;
  }
}

/**
 * Why a request is turned away; `undefined` when it is not. While the sandbox listens on the loopback interface only,
 * another name in `Host` means that a web page has bent its own name to this machine (DNS rebinding).
 */
export function turnedAway(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { listensOn, admin }: { listensOn: string; admin: boolean },
): string | undefined {
  if (isLoopback(listensOn)) {
    const name = hostName(headers.host);
    if (name === undefined || (!LOOPBACK.has(name) && name !== inUrl(listensOn)))
      return `This sandbox answers on ${listensOn} only, not for the host name ${JSON.stringify(headers.host ?? '')}.`;
  }
  if (admin && headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return 'Web pages of another origin may not use /_sandbox.';
  return undefined;
}
