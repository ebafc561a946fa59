/** Specs of the CRDs as specs of the App Mesh API: other names for some fields, and resource names for references. */
import type { KubeObject } from '../kube/types';
import type { ApiSpec } from './control-plane';
import { effectiveBackends, type BackendCr } from './backends';
import type { Reference, References } from './references';

/** Fields that the API spells differently; everything else keeps its name. */
const RENAMED: Record<string, string> = {
  certificateARN: 'certificateArn',
  certificateAuthorityARNs: 'certificateAuthorityArns',
};

/** A part of a CRD in the API's spelling. */
function respell(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(respell);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([field, content]) => [RENAMED[field] ?? field, respell(content)]),
  );
}

/** The given fields of a spec, those that are there. */
function pick(spec: Record<string, unknown>, fields: readonly string[]): ApiSpec {
  return Object.fromEntries(
    fields
      .filter((field) => spec[field] !== undefined)
      .map((field): [string, unknown] => [field, respell(spec[field])]),
  );
}

export function meshSpec({ spec }: KubeObject): ApiSpec {
  const discovery: unknown = spec.meshServiceDiscovery;
  return {
    ...pick(spec, ['egressFilter']),
    ...(discovery === undefined ? {} : { serviceDiscovery: respell(discovery) }),
  };
}

export function nodeSpec(node: KubeObject, references: References): ApiSpec {
  const backends = effectiveBackends(node, references).map(({ virtualService }: BackendCr) => ({
    virtualService: {
      virtualServiceName: references.awsName(
        'VirtualService',
        virtualService.virtualServiceRef,
        virtualService.virtualServiceARN,
        node,
      ),
      ...pick({ ...virtualService }, ['clientPolicy']),
    },
  }));
  return {
    ...pick(node['spec'], ['listeners', 'serviceDiscovery', 'backendDefaults', 'logging']),
    ...(backends.length === 0 ? {} : { backends }),
  };
}

export const gatewaySpec = ({ spec }: KubeObject): ApiSpec =>
  pick(spec, ['listeners', 'backendDefaults', 'logging']);

export const routerSpec = ({ spec }: KubeObject): ApiSpec => pick(spec, ['listeners']);

interface ProviderCr {
  virtualNode?: { virtualNodeRef?: Reference; virtualNodeARN?: string };
  virtualRouter?: { virtualRouterRef?: Reference; virtualRouterARN?: string };
}

export function serviceSpec(service: KubeObject, references: References): ApiSpec {
  const { virtualNode, virtualRouter }: ProviderCr = service['spec'].provider ?? {};
  if (virtualNode) {
    const { virtualNodeRef, virtualNodeARN } = virtualNode;
    const virtualNodeName = references.awsName('VirtualNode', virtualNodeRef, virtualNodeARN, service);
    return { provider: { virtualNode: { virtualNodeName } } };
  }
  if (virtualRouter) {
    const { virtualRouterRef, virtualRouterARN } = virtualRouter;
    const virtualRouterName = references.awsName(
      'VirtualRouter',
      virtualRouterRef,
      virtualRouterARN,
      service,
    );
    return { provider: { virtualRouter: { virtualRouterName } } };
  }
  return {};
}

export interface WeightedTargetCr {
  virtualNodeRef?: Reference;
  virtualNodeARN?: string;
  weight: number;
  port?: number;
}

export interface RouteBodyCr {
  action: { weightedTargets: WeightedTargetCr[] };
}

export interface RouteCr {
  name: string;
  priority?: number;
  httpRoute?: RouteBodyCr;
  http2Route?: RouteBodyCr;
  grpcRoute?: RouteBodyCr;
  tcpRoute?: RouteBodyCr;
}

const ROUTE_TYPES = ['httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'] as const;

/** Every weighted target of a route, whatever its type. */
export const targetsOf = (route: RouteCr): WeightedTargetCr[] =>
  ROUTE_TYPES.flatMap((type) => route[type]?.action.weightedTargets ?? []);

export function routeSpec(route: RouteCr, router: KubeObject, references: References): ApiSpec {
  const spec = pick({ ...route }, ['priority']);
  for (const type of ROUTE_TYPES) {
    const body = route[type];
    if (!body) continue;
    const { action, ...rest } = body;
    const weightedTargets = action.weightedTargets.map(({ virtualNodeRef, virtualNodeARN, ...target }) => ({
      virtualNode: references.awsName('VirtualNode', virtualNodeRef, virtualNodeARN, router),
      ...target,
    }));
    spec[type] = { ...pick(rest, Object.keys(rest)), action: { weightedTargets } };
  }
  return spec;
}

interface GatewayRouteBodyCr {
  action: {
    target: {
      virtualService: { virtualServiceRef?: Reference; virtualServiceARN?: string };
      port?: number;
    };
    rewrite?: unknown;
  };
}

const GATEWAY_ROUTE_TYPES = ['httpRoute', 'http2Route', 'grpcRoute'] as const;

/** References a gateway route makes to services; ARNs are not among them. */
export function targetServicesOf({ spec }: KubeObject): Reference[] {
  return GATEWAY_ROUTE_TYPES.flatMap((type) => {
    const body: GatewayRouteBodyCr | undefined = spec[type];
    const ref = body?.action.target.virtualService.virtualServiceRef;
    return ref ? [ref] : [];
  });
}

export function gatewayRouteSpec(route: KubeObject, references: References): ApiSpec {
  const spec = pick(route['spec'], ['priority']);
  for (const type of GATEWAY_ROUTE_TYPES) {
    const body: GatewayRouteBodyCr | undefined = route['spec'][type];
    if (!body) continue;
    const { action, ...rest } = body;
    const { virtualServiceRef, virtualServiceARN } = action.target.virtualService;
    const virtualServiceName = references.awsName(
      'VirtualService',
      virtualServiceRef,
      virtualServiceARN,
      route,
    );
    const target = { ...pick({ ...action.target }, ['port']), virtualService: { virtualServiceName } };
    spec[type] = { ...pick(rest, Object.keys(rest)), action: { ...pick(action, ['rewrite']), target } };
  }
  return spec;
}
