/** Small entities for the tests of this folder. */
import { gatewayKey, gatewayRouteKey, nodeKey, routerKey, serviceKey } from '@/lib/mesh/keys';
import type { EntityKey } from '@/lib/mesh/keys';
import type { MeshNode, Route, Router, Service, WeightedTarget } from '@/lib/mesh/model';
import { edgeKey } from '@/lib/mesh/topology';
import type { EdgeKind, GatewayCard, TopologyEdge } from '@/lib/mesh/topology';

function base(key: EntityKey, kind: string, namespace: string, name: string) {
  return {
    key,
    ref: {
      apiVersion: 'appmesh.k8s.aws/v1beta2',
      kind,
      namespace,
      name,
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
    },
    awsName: `${name}_${namespace}`,
    labels: {},
    createdAt: '2026-11-23T12:00:00Z',
    conditions: [],
    acceptance: 'accepted' as const,
    ownership: { manager: 'none' as const },
  };
}

export function meshNode(namespace: string, name: string, ready = 2, total = 2): MeshNode {
  return {
    ...base(nodeKey(namespace, name), 'VirtualNode', namespace, name),
    kind: 'node',
    listeners: [{ port: 8080, protocol: 'http', healthCheck: true, outlierDetection: false }],
    discovery: { kind: 'dns', hostname: `${name}.${namespace}.svc.cluster.local` },
    backends: [],
    backendGroups: [],
    workload: { owners: [], total, ready, withProxy: total, withoutProxy: 0 },
  };
}

export function service(namespace: string, name: string): Service {
  return {
    ...base(serviceKey(namespace, name), 'VirtualService', namespace, name),
    kind: 'service',
    hostname: `${name}.${namespace}.svc.cluster.local`,
    provider: { kind: 'none' },
  };
}

export function weighted(namespace: string, name: string, weight: number, share: number): WeightedTarget {
  return { key: nodeKey(namespace, name), namespace, name, resolution: 'ok', weight, share };
}

export function router(namespace: string, name: string, routes: Partial<Route>[]): Router {
  return {
    ...base(routerKey(namespace, name), 'VirtualRouter', namespace, name),
    kind: 'router',
    listeners: [],
    routes: routes.map((route, index) => ({
      name: `route-${index}`,
      index,
      protocol: 'http',
      match: [{ on: 'prefix', operator: 'prefix', operand: '/' }],
      targets: [],
      ...route,
    })),
    history: [],
    keepsHistory: true,
  };
}

export function gateway(namespace: string, name: string, rows: readonly string[]): GatewayCard {
  const key = gatewayKey(namespace, name);
  const target = { key: serviceKey(namespace, 'cart'), namespace, name: 'cart', resolution: 'ok' as const };
  return {
    ...base(key, 'VirtualGateway', namespace, name),
    kind: 'gateway',
    listeners: [],
    workload: { owners: [], total: 1, ready: 1, withProxy: 1, withoutProxy: 0 },
    rows: rows.map((row) => ({
      ...base(gatewayRouteKey(namespace, row), 'GatewayRoute', namespace, row),
      kind: 'gatewayRoute',
      gateway: { key, namespace, name, resolution: 'ok' },
      protocol: 'http',
      match: [],
      target,
      rewrite: [],
    })),
  };
}

export function edge(kind: EdgeKind, source: EntityKey, target: EntityKey, row?: string): TopologyEdge {
  return {
    key: edgeKey(kind, source, row, target),
    kind,
    source,
    target,
    row,
    declared: true,
    observed: 'unknown',
  };
}
