/** Whether the API already has what an object asks for, as the controller compares: not everything that differs counts. */
import { isDeepStrictEqual } from 'node:util';
import type { ApiSpec } from './control-plane';

/** An empty list counts as none, and a health check that names no port takes any. */
export function sameSpec(wanted: ApiSpec, actual: ApiSpec): boolean {
  return isDeepStrictEqual(plain(wanted), plain(withoutUnaskedPorts(wanted, actual)));
}

/** A copy without empty lists. */
function plain(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plain);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part)
      .filter(([, content]) => !(Array.isArray(content) && content.length === 0))
      .map(([field, content]) => [field, plain(content)]),
  );
}

interface Listener {
  healthCheck?: { port?: number };
}

function withoutUnaskedPorts(wanted: ApiSpec, actual: ApiSpec): ApiSpec {
  const asked: Listener[] | undefined = listenersOf(wanted);
  const found: Listener[] | undefined = listenersOf(actual);
  if (!asked || !found) return actual;
  const listeners = found.map((listener, index) => {
    if (listener.healthCheck === undefined || asked[index]?.healthCheck?.port !== undefined) return listener;
    const { port: _unasked, ...healthCheck } = listener.healthCheck;
    return { ...listener, healthCheck };
  });
  return { ...actual, listeners };
}

/** Both sides have the API's shape, which says that listeners are objects in a list. */
const listenersOf = ({ listeners }: ApiSpec): Listener[] | undefined =>
  Array.isArray(listeners) ? listeners : undefined;
