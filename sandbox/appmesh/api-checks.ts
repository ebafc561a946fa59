/** What the App Mesh API looks at before it takes a resource: only what the CRDs and webhooks leave open. */
import type { ApiSpec } from './control-plane';
import type { ResourceId } from './resource-id';

const NAME_MAX = 255;
const ROUTE_TYPES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

interface RouteBody {
  action?: { weightedTargets?: { virtualNode?: string }[]; target?: { virtualService?: Provider } };
}
interface Provider {
  virtualNodeName?: string;
  virtualRouterName?: string;
  virtualServiceName?: string;
}
interface AnySpec extends Partial<Record<(typeof ROUTE_TYPES)[number], RouteBody>> {
  provider?: { virtualNode?: Provider; virtualRouter?: Provider };
}

/** Why the API answers BadRequestException; `undefined` when it does not. */
export function specProblem({ kind, name }: ResourceId, spec: ApiSpec): string | undefined {
  if (name === '' || name.length > NAME_MAX) return `Invalid ${kind} name: length must be 1 to ${NAME_MAX}.`;
  if (kind !== 'route' && kind !== 'gatewayRoute') return undefined;
  const types = ROUTE_TYPES.filter((type) => spec[type] !== undefined);
  if (types.length !== 1)
    return `Spec of ${kind} ${name} must have exactly one route type, found ${types.length}.`;
  if (referencesOf(spec).some((reference) => reference.name === ''))
    return `Spec of ${kind} ${name} names a target with an empty name.`;
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
