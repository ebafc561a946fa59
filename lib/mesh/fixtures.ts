/** Small models for the tests of this folder: namespace `shop`, everything accepted and sound unless told otherwise. */
import { entityKey, meshKey } from './keys';
import type { EntityKey, EntityKind } from './keys';
import type {
  Backend,
  BackendGroup,
  Entity,
  Gateway,
  GatewayRoute,
  Malformed,
  MatchCondition,
  Mesh,
  MeshModel,
  MeshNode,
  Route,
  Router,
  Service,
  Target,
  WeightedTarget,
} from './model';

export const NOW = new Date('2026-06-01T12:00:00Z');

function base(kind: EntityKind, name: string, namespace = 'shop') {
  return {
    key: entityKey(kind, namespace, name),
    ref: {
      apiVersion: 'appmesh.k8s.aws/v1beta2',
      kind,
      namespace,
      name,
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
    },
    awsName: name,
    labels: {},
    createdAt: '2026-05-01T00:00:00Z',
    conditions: [],
    acceptance: 'accepted' as const,
    ownership: { manager: 'none' as const },
  };
}

/** What a reference to `name` leads to. */
export function to(
  kind: EntityKind,
  name: string,
  resolution: Target['resolution'] = 'ok',
  more: Partial<Target> = {},
): Target {
  if (resolution === 'unset')
    return { key: entityKey('unresolved', 'shop', '?'), namespace: '', name: '', resolution };
  if (resolution === 'foreign') {
    const arn = `mesh/shop/${kind}/${name}`;
    return { key: entityKey('unresolved', '', arn), namespace: '', name, resolution, arn, ...more };
  }
  return { key: entityKey(kind, 'shop', name), namespace: 'shop', name, resolution, ...more };
}

export const weighted = (target: Target, weight = 1, port?: number): WeightedTarget => ({
  ...target,
  weight,
  share: 0,
  port,
});

export const route = (name: string, more: Partial<Route> = {}): Route => ({
  name,
  index: 0,
  protocol: 'http',
  match: [],
  targets: [weighted(to('node', 'a'))],
  ...more,
});

export const prefix = (operand: string): MatchCondition => ({ on: 'prefix', operator: 'prefix', operand });

export const router = (name: string, routes: Route[], more: Partial<Router> = {}): Router => ({
  ...base('router', name),
  kind: 'router',
  listeners: [],
  routes: routes.map((each, index) => ({ ...each, index })),
  history: [],
  keepsHistory: true,
  ...more,
});

const WORKLOAD = { owners: [], total: 2, ready: 2, withProxy: 2, withoutProxy: 0 };

export const node = (name: string, backends: Backend[] = [], more: Partial<MeshNode> = {}): MeshNode => ({
  ...base('node', name),
  kind: 'node',
  listeners: [],
  discovery: { kind: 'none' },
  backends,
  backendGroups: [],
  workload: WORKLOAD,
  ...more,
});

export const service = (
  name: string,
  provider: Service['provider'],
  more: Partial<Service> = {},
): Service => ({
  ...base('service', name),
  kind: 'service',
  hostname: `${name}.shop`,
  provider,
  ...more,
});

export const gateway = (name: string, more: Partial<Gateway> = {}): Gateway => ({
  ...base('gateway', name),
  kind: 'gateway',
  listeners: [],
  workload: WORKLOAD,
  ...more,
});

export const gatewayRoute = (
  name: string,
  from: Target,
  target: Target,
  more: Partial<GatewayRoute> = {},
): GatewayRoute => ({
  ...base('gatewayRoute', name),
  kind: 'gatewayRoute',
  gateway: from,
  protocol: 'http',
  match: [],
  target,
  rewrite: [],
  ...more,
});

export const group = (name: string, members: Target[]): BackendGroup => ({
  ...base('backendGroup', name),
  kind: 'backendGroup',
  members,
});

export const malformed = (key: EntityKey, ...paths: string[]): Malformed => ({
  key,
  kind: 'malformed',
  ref: base('node', 'odd').ref,
  problems: paths.map((path) => ({ path, message: 'is odd' })),
});

export const mesh = (more: Partial<Mesh> = {}): Mesh => ({
  ...base('mesh', 'shop', ''),
  key: meshKey('shop'),
  kind: 'mesh',
  egress: 'deny',
  controlPlane: 'live',
  capabilities: {
    weightMin: 0,
    weightMax: 100,
    targetsPerRouteMax: 10,
    weightSumMax: 100,
    backendsEditable: true,
  },
  ...more,
});

export const modelOf = (entities: Entity[], more: Partial<MeshModel> = {}): MeshModel => ({
  mesh: mesh(),
  entities: new Map(entities.map((each) => [each.key, each])),
  malformed: [],
  ...more,
});
