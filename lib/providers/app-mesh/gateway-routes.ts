/** Bodies and rewrites of gateway routes. */
import type { Protocol } from '@/lib/mesh/model';
import { rewriteTexts } from '@/lib/mesh/rewrite-text';
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
  return rewriteTexts({
    prefix: prefix?.value,
    defaultPrefix: prefix?.defaultPrefix,
    path: path?.exact,
    defaultHost: hostname?.defaultTargetHostname,
  });
}
