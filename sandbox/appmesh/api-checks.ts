/** What the App Mesh API looks at before it takes a resource. */
import { ApiError } from './api-errors';
import type { ApiSpec } from './control-plane';
import type { ApiKind, ResourceId } from './resource-id';
import { GATEWAY_SPEC, MESH_SPEC, NODE_SPEC, ROUTER_SPEC, SERVICE_SPEC } from './shapes/members';
import { GATEWAY_ROUTE_SPEC, ROUTE_SPEC } from './shapes/routes';
import { Misshapen, type Shape } from './shapes/shape';

const NAME_MAX = 255;
const ROUTE_TYPES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

const SHAPES: Record<ApiKind, Shape> = {
  mesh: MESH_SPEC,
  virtualNode: NODE_SPEC,
  virtualRouter: ROUTER_SPEC,
  virtualService: SERVICE_SPEC,
  virtualGateway: GATEWAY_SPEC,
  route: ROUTE_SPEC,
  gatewayRoute: GATEWAY_ROUTE_SPEC,
};

interface RouteBody {
  action?: { weightedTargets?: { virtualNode?: string }[]; target?: { virtualService?: Provider } };
}
interface Provider {
  virtualNodeName?: string;
  virtualRouterName?: string;
  virtualServiceName?: string;
}
interface Listener {
  portMapping?: { port?: number };
  healthCheck?: { port?: number };
}
/** The parts of all specs that are looked at once their shape is known. */
interface AnySpec extends Partial<Record<(typeof ROUTE_TYPES)[number], RouteBody>> {
  provider?: { virtualNode?: Provider; virtualRouter?: Provider };
  listeners?: Listener[];
  serviceDiscovery?: object;
}

/** The spec as the API keeps it, without fields it does not know. Throws BadRequestException. */
export function acceptedSpec(id: ResourceId, given: ApiSpec): ApiSpec {
  const problem = nameProblem(id) ?? typeProblem(id, given);
  if (problem !== undefined) throw bad(problem);
  const spec = shaped(id.kind, given);
  const contradiction = listenerProblem(id, spec);
  if (contradiction !== undefined) throw bad(contradiction);
  return spec;
}

const bad = (message: string) => new ApiError('BadRequestException', message);

function shaped(kind: ApiKind, given: ApiSpec): ApiSpec {
  try {
    return SHAPES[kind](given, 'spec') as ApiSpec; // every one of them reads an object
  } catch (error) {
    if (error instanceof Misshapen) throw bad(error.message);
    throw error;
  }
}

function nameProblem({ kind, name }: ResourceId): string | undefined {
  if (name === '' || name.length > NAME_MAX) return `Invalid ${kind} name: length must be 1 to ${NAME_MAX}.`;
  return undefined;
}

function typeProblem({ kind, name }: ResourceId, spec: ApiSpec): string | undefined {
  if (kind !== 'route' && kind !== 'gatewayRoute') return undefined;
  const possible = ROUTE_TYPES.filter((type) => kind === 'route' || type !== 'tcpRoute');
  const types = possible.filter((type) => spec[type] !== undefined && spec[type] !== null);
  if (types.length !== 1)
    return `Spec of ${kind} ${name} must have exactly one route type, found ${types.length}.`;
  return undefined;
}

function listenerProblem({ kind, name }: ResourceId, given: ApiSpec): string | undefined {
  const spec: AnySpec = given;
  const { listeners = [] } = spec;
  if (kind === 'virtualNode' && listeners.length > 0 && !spec.serviceDiscovery)
    return `Spec of ${kind} ${name} has listeners and no service discovery.`;
  const stray = listeners.find(
    ({ portMapping, healthCheck }) =>
      healthCheck?.port !== undefined && healthCheck.port !== portMapping?.port,
  );
  if (stray)
    return `Spec of ${kind} ${name}: the health check port ${stray.healthCheck?.port} is not the port of its listener, ${stray.portMapping?.port}.`;
  return undefined;
}

/** The first resource a spec names that `exists` denies. Backends are not looked at: a node may name any service. */
export function missingReference(
  { mesh }: ResourceId,
  spec: ApiSpec,
  exists: (id: ResourceId) => boolean,
): ResourceId | undefined {
  return referencesOf(spec)
    .map((reference): ResourceId => ({ ...reference, mesh }))
    .find((id) => !exists(id));
}

function referencesOf(given: ApiSpec): Pick<ResourceId, 'kind' | 'name'>[] {
  const spec: AnySpec = given;
  const found: Pick<ResourceId, 'kind' | 'name'>[] = [];
  const { virtualNode, virtualRouter } = spec.provider ?? {};
  if (virtualNode) found.push({ kind: 'virtualNode', name: virtualNode.virtualNodeName ?? '' });
  if (virtualRouter) found.push({ kind: 'virtualRouter', name: virtualRouter.virtualRouterName ?? '' });
  for (const type of ROUTE_TYPES) {
    const action = spec[type]?.action;
    for (const target of action?.weightedTargets ?? [])
      found.push({ kind: 'virtualNode', name: target.virtualNode ?? '' });
    if (action?.target)
      found.push({ kind: 'virtualService', name: action.target.virtualService?.virtualServiceName ?? '' });
  }
  return found;
}
