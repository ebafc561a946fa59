/** Routes of a VirtualRouter, and the one place that knows under which field a route keeps its body. */
import type { Protocol, Route, Target, WeightedTarget } from '@/lib/mesh/model';
import type { RouteBodyCr } from './cr';
import { matchConditions } from './match';

const BODIES = [
  ['http', 'httpRoute'],
  ['http2', 'http2Route'],
  ['grpc', 'grpcRoute'],
  ['tcp', 'tcpRoute'],
] as const;
type BodyField = (typeof BODIES)[number][1];
type Bodies<B> = { [field in BodyField]?: B | null | undefined };

/** The body of a route; `T` is how its source names a target. */
type RouteBody<T> = Pick<RouteBodyCr, 'match' | 'retryPolicy' | 'timeout'> & {
  action: { weightedTargets: T[] };
};

/** The body of a route; `undefined` when it has none or several, which App Mesh refuses and the CRD does not. */
export function routeBody<B>(
  route: Bodies<B>,
): { protocol: Protocol; field: BodyField; body: B } | undefined {
  const found = BODIES.flatMap(([protocol, field]) => {
    const body = route[field];
    return body ? [{ protocol, field, body }] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Where a route of a protocol keeps its body; `undefined` where the protocol is not known. */
export const routeField = (protocol: Route['protocol']): BodyField | undefined =>
  BODIES.find(([known]) => known === protocol)?.[1];

const defined = <T>(candidate: T | null | undefined): T | undefined => candidate ?? undefined;

function retry(body: Pick<RouteBodyCr, 'retryPolicy'>): Route['retry'] {
  const policy = body.retryPolicy;
  if (!policy) return undefined;
  return {
    maxRetries: policy.maxRetries,
    perRetryTimeout: { amount: policy.perRetryTimeout.value, unit: policy.perRetryTimeout.unit },
    events: [
      ...(policy.httpRetryEvents ?? []),
      ...(policy.grpcRetryEvents ?? []),
      ...(policy.tcpRetryEvents ?? []),
    ],
  };
}

function timeout(body: Pick<RouteBodyCr, 'timeout'>): Route['timeout'] {
  const { perRequest, idle } = body.timeout ?? {};
  if (!perRequest && !idle) return undefined;
  return {
    perRequest: perRequest ? { amount: perRequest.value, unit: perRequest.unit } : undefined,
    idle: idle ? { amount: idle.value, unit: idle.unit } : undefined,
  };
}

/** `resolveNode` turns a target into what it leads to. */
export function toRoute<T extends { weight: number; port?: number | null | undefined }>(
  route: { name: string; priority?: number | null | undefined } & Bodies<RouteBody<T>>,
  index: number,
  resolveNode: (target: T) => Target,
): Route {
  const found = routeBody(route);
  const priority = defined(route.priority);
  if (!found) return { name: route.name, index, protocol: 'unknown', priority, match: [], targets: [] };
  const { protocol, body } = found;
  const total = body.action.weightedTargets.reduce((sum, target) => sum + target.weight, 0);
  const targets = body.action.weightedTargets.map((target): WeightedTarget => ({
    ...resolveNode(target),
    weight: target.weight,
    share: total > 0 ? target.weight / total : 0,
    port: defined(target.port),
  }));
  return {
    name: route.name,
    index,
    protocol,
    priority,
    match: matchConditions(body.match),
    targets,
    retry: retry(body),
    timeout: timeout(body),
  };
}
