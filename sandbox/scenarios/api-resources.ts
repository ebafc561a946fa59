/** Resources of the App Mesh API as Terraform or CloudFormation would make them for services on ECS. */
import type { ApiSeed, ApiSpec } from '../appmesh/control-plane';
import { listener, type Fields, type Protocol } from './mesh-objects';

export type Tags = Record<string, string>;

export const apiMesh = (mesh: string, egress: 'ALLOW_ALL' | 'DROP_ALL', tags: Tags): ApiSeed => ({
  id: { kind: 'mesh', mesh, name: mesh },
  spec: { egressFilter: { type: egress } },
  tags,
});

/** Found in AWS Cloud Map, as services of ECS register there. */
export const inCloudMap = (namespaceName: string, serviceName: string, cluster: string) => ({
  awsCloudMap: {
    namespaceName,
    serviceName,
    attributes: [{ key: 'ECS_CLUSTER_NAME', value: cluster }],
  },
});

export const inDns = (hostname: string, responseType: 'LOADBALANCER' | 'ENDPOINTS' = 'LOADBALANCER') => ({
  dns: { hostname, responseType },
});

export interface ApiNodeOptions {
  /** Left out for something that only calls. */
  listens?: { protocol: Protocol; port: number; health?: string | true; more?: Fields };
  foundBy?: object;
  /** Names of services. */
  calls?: string[];
  tags: Tags;
}

export function apiNode(mesh: string, name: string, options: ApiNodeOptions): ApiSeed {
  const { listens, foundBy, calls = [], tags } = options;
  const spec: ApiSpec = {
    ...(listens && { listeners: [listener(listens.protocol, listens.port, listens.health, listens.more)] }),
    ...(foundBy && { serviceDiscovery: foundBy }),
    ...(calls.length > 0 && {
      backends: calls.map((virtualServiceName) => ({ virtualService: { virtualServiceName } })),
    }),
    logging: { accessLog: { file: { path: '/dev/stdout' } } },
  };
  return { id: { kind: 'virtualNode', mesh, name }, spec, tags };
}

export const apiRouter = (
  mesh: string,
  name: string,
  portMapping: { protocol: Protocol; port: number },
  tags: Tags,
): ApiSeed => ({
  id: { kind: 'virtualRouter', mesh, name },
  spec: { listeners: [{ portMapping }] },
  tags,
});

export interface ApiRouteOptions {
  priority?: number;
  /** Retry policy, timeout. */
  more?: Fields;
  tags: Tags;
}

/** `at`: mesh, router and name of the route. `match` is left out for tcp. */
export function apiRoute(
  at: { mesh: string; router: string; name: string },
  protocol: Protocol,
  match: Fields,
  weights: Record<string, number>,
  { priority, more = {}, tags }: ApiRouteOptions,
): ApiSeed {
  const weightedTargets = Object.entries(weights).map(([virtualNode, weight]) => ({ virtualNode, weight }));
  const body = { ...(protocol === 'tcp' ? {} : { match }), action: { weightedTargets }, ...more };
  const spec = { ...(priority !== undefined && { priority }), [`${protocol}Route`]: body };
  return { id: { kind: 'route', mesh: at.mesh, parent: at.router, name: at.name }, spec, tags };
}

export function apiService(
  mesh: string,
  name: string,
  provider: { router: string } | { node: string },
  tags: Tags,
): ApiSeed {
  const spec =
    'router' in provider
      ? { provider: { virtualRouter: { virtualRouterName: provider.router } } }
      : { provider: { virtualNode: { virtualNodeName: provider.node } } };
  return { id: { kind: 'virtualService', mesh, name }, spec, tags };
}

export const apiGateway = (mesh: string, name: string, listeners: Fields[], tags: Tags): ApiSeed => ({
  id: { kind: 'virtualGateway', mesh, name },
  spec: { listeners, logging: { accessLog: { file: { path: '/dev/stdout' } } } },
  tags,
});

/** A route of a gateway for http. */
export const apiGatewayRoute = (
  at: { mesh: string; gateway: string; name: string },
  match: Fields,
  virtualServiceName: string,
  { priority, rewrite, tags }: { priority?: number; rewrite?: Fields; tags: Tags },
): ApiSeed => ({
  id: { kind: 'gatewayRoute', mesh: at.mesh, parent: at.gateway, name: at.name },
  spec: {
    ...(priority !== undefined && { priority }),
    httpRoute: {
      match,
      action: { target: { virtualService: { virtualServiceName } }, ...(rewrite && { rewrite }) },
    },
  },
  tags,
});
