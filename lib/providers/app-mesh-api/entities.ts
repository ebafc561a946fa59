/** One resource of the API to one entity of the model. */
import type { Acceptance, Condition, Entity, EntityRef, Service, Taken } from '@/lib/mesh/model';
import { gatewayRouteBody, rewriteOf } from '../app-mesh/gateway-routes';
import { toDiscovery, toListeners } from '../app-mesh/listeners';
import { matchConditions } from '../app-mesh/match';
import { toRoute } from '../app-mesh/routes';
import type { Parsed, RouteDto, VirtualServiceDto, WeightedTargetDto } from './dto';
import { apiKey } from './references';
import type { Directory } from './references';
import type { ApiKind, ResourceInput } from './snapshot';

const API_VERSION = 'appmesh/2019-01-25';

/** The CRD's word for a kind. */
const WORDS: Record<ApiKind | 'mesh', string> = {
  mesh: 'Mesh',
  virtualGateway: 'VirtualGateway',
  gatewayRoute: 'GatewayRoute',
  virtualService: 'VirtualService',
  virtualRouter: 'VirtualRouter',
  route: 'Route',
  virtualNode: 'VirtualNode',
};

type Described = Pick<ResourceInput, 'name' | 'arn' | 'version' | 'tags'> & { kind: ApiKind | 'mesh' };

interface CommonDto {
  metadata: { uid: string; createdAt?: string | null | undefined; lastUpdatedAt?: string | null | undefined };
  status: { status: string };
}

/** Where a resource lives. `uid` is '' where its metadata cannot be read. */
export const refOf = ({ kind, name, arn, version }: Described, uid: string): EntityRef => ({
  apiVersion: API_VERSION,
  kind: WORDS[kind],
  namespace: '',
  name,
  uid,
  resourceVersion: String(version),
  generation: version,
  arn,
});

/**
 * What the API holds is what the control plane took. INACTIVE is a word of the API reference without an explanation: it is
 * held and not in force, and nothing says why.
 */
function acceptanceOf(status: string): Acceptance {
  if (status === 'ACTIVE') return 'accepted';
  return status === 'DELETED' ? 'deleting' : 'unknown';
}

const takenOf = ({ arn, version }: Pick<Described, 'arn' | 'version'>, { metadata }: CommonDto): Taken => ({
  uid: metadata.uid,
  arn,
  version,
  at: metadata.lastUpdatedAt ?? undefined,
});

/** The part that all entities and the mesh share. */
export function baseOf(resource: Described, dto: CommonDto) {
  const { status } = dto.status;
  const condition: Condition = {
    type: `${WORDS[resource.kind]}Active`,
    status: status === 'ACTIVE' ? 'True' : 'False',
    ...(status === 'ACTIVE' ? {} : { reason: status }),
  };
  return {
    ref: refOf(resource, dto.metadata.uid),
    taken: takenOf(resource, dto),
    awsName: resource.name,
    labels: resource.tags ?? {},
    createdAt: dto.metadata.createdAt ?? '',
    conditions: [condition],
    observedGeneration: resource.version,
    acceptance: acceptanceOf(status),
    ownership: { manager: 'none' as const },
  };
}

/** The API does not know where its nodes and gateways run. */
const NO_PODS = { owners: [], total: 0, ready: 0, withProxy: 0, withoutProxy: 0 };

function providerOf({ spec: { provider } }: VirtualServiceDto, { resolve }: Directory): Service['provider'] {
  if (provider?.virtualRouter)
    return { kind: 'router', target: resolve('virtualRouter', provider.virtualRouter.virtualRouterName) };
  if (provider?.virtualNode)
    return { kind: 'node', target: resolve('virtualNode', provider.virtualNode.virtualNodeName) };
  return { kind: 'none' };
}

/** A route as a row of its router. One that cannot be read is shown without a type. */
export function routeRow(
  resource: ResourceInput,
  index: number,
  dto: RouteDto | undefined,
  { resolve }: Directory,
) {
  if (!dto) return { name: resource.name, index, protocol: 'unknown' as const, match: [], targets: [] };
  const row = toRoute<WeightedTargetDto>({ ...dto.spec, name: resource.name }, index, (target) =>
    resolve('virtualNode', target.virtualNode),
  );
  return { ...row, taken: takenOf(resource, dto) };
}

/** The entity of a resource. Routers come without their routes; a route is none. */
export function entityOf(
  resource: ResourceInput,
  parsed: Exclude<Parsed, { kind: 'route' }>,
  directory: Directory,
): Entity {
  const { name, parent = '' } = resource;
  const base = { key: apiKey(parsed.kind, name, parent), ...baseOf(resource, parsed.dto) };
  const { resolve } = directory;
  switch (parsed.kind) {
    case 'virtualGateway':
      return {
        ...base,
        kind: 'gateway',
        listeners: toListeners(parsed.dto.spec.listeners),
        workload: NO_PODS,
      };
    case 'gatewayRoute': {
      const { spec } = parsed.dto;
      const found = gatewayRouteBody(spec);
      const named = found?.body.action.target;
      return {
        ...base,
        kind: 'gatewayRoute',
        gateway: resolve('virtualGateway', parent),
        protocol: found?.protocol ?? 'unknown',
        priority: spec.priority ?? undefined,
        match: matchConditions(found?.body.match),
        target: named
          ? resolve('virtualService', named.virtualService.virtualServiceName)
          : { key: base.key, namespace: '', name: '', resolution: 'unset' },
        targetPort: named?.port ?? undefined,
        rewrite: found ? rewriteOf(found.body) : [],
      };
    }
    case 'virtualService':
      return { ...base, kind: 'service', hostname: name, provider: providerOf(parsed.dto, directory) };
    case 'virtualRouter':
      return {
        ...base,
        kind: 'router',
        listeners: toListeners(parsed.dto.spec.listeners),
        routes: [],
        history: [],
        keepsHistory: false,
      };
    case 'virtualNode':
      return {
        ...base,
        kind: 'node',
        listeners: toListeners(parsed.dto.spec.listeners),
        discovery: toDiscovery(parsed.dto.spec.serviceDiscovery),
        backends: (parsed.dto.spec.backends ?? []).map(({ virtualService }) => {
          const tls = virtualService.clientPolicy?.tls;
          return {
            ...resolve('virtualService', virtualService.virtualServiceName),
            // The API enforces TLS unless the policy says otherwise.
            ...(tls ? { tlsEnforced: tls.enforce ?? true } : {}),
          };
        }),
        backendGroups: [],
        workload: NO_PODS,
      };
  }
}
