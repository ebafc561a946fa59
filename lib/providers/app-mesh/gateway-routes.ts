/** Bodies and rewrites of gateway routes. */
import type { Protocol } from '@/lib/mesh/model';
import type { RewriteCr } from './cr';

interface Bodies<B> {
  httpRoute?: B | null | undefined;
  http2Route?: B | null | undefined;
  grpcRoute?: B | null | undefined;
}

/** The body of a gateway route; `undefined` when it has none or several. */
export function gatewayRouteBody<B>(spec: Bodies<B>): { protocol: Protocol; body: B } | undefined {
  const candidates = [
    ['http', spec.httpRoute],
    ['http2', spec.http2Route],
    ['grpc', spec.grpcRoute],
  ] as const;
  const found = candidates.flatMap(([protocol, body]) => (body ? [{ protocol, body }] : []));
  return found.length === 1 ? found[0] : undefined;
}

/** Rewrites as short technical text. */
export function rewriteOf({ action }: { action: { rewrite?: RewriteCr | null | undefined } }): string[] {
  const { hostname, prefix, path } = action.rewrite ?? {};
  const texts: string[] = [];
  if (prefix?.value) texts.push(`prefix → ${prefix.value}`);
  if (prefix?.defaultPrefix) texts.push(`default prefix ${prefix.defaultPrefix}`);
  if (path?.exact) texts.push(`path → ${path.exact}`);
  if (hostname?.defaultTargetHostname) texts.push(`default host ${hostname.defaultTargetHostname}`);
  return texts;
}
