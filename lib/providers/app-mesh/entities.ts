/** One object of the cluster to one entity of the model. */
import type { EntityKey } from '@/lib/mesh/keys';
import { entityKey } from '@/lib/mesh/keys';
import type {
  Backend,
  Entity,
  GatewayRoute,
  Mesh,
  Ownership,
  Route,
  Service,
  Target,
} from '@/lib/mesh/model';
import { ownerLevel } from '@/lib/mesh/ownership';
import { baseOf } from './base';
import type { Reports } from './base';
import {
  backendGroupCr,
  gatewayRouteCr,
  meshCr,
  virtualGatewayCr,
  virtualNodeCr,
  virtualRouterCr,
  virtualServiceCr,
} from './cr';
import type {
  BackendGroupCr,
  GatewayRouteCr,
  MeshCr,
  SelectorCr,
  VirtualGatewayCr,
  VirtualNodeCr,
  VirtualRouterCr,
  VirtualServiceCr,
} from './cr';
import { backendsOf } from './backends';
import { gatewayRouteBody, rewriteOf } from './gateway-routes';
import { HISTORY_ANNOTATION, readBackendsHistory, readHistory } from './history';
import { matchConditions } from './match';
import { problemsOf } from './problems';
import { defaultAwsName, resolve } from './references';
import type { Directory, ReferringObject } from './references';
import type { RawObject } from './resources';
import { toRoute } from './routes';
import { toDiscovery, toListeners } from './listeners';
import { behindName, unresolvableName, workloadOf } from './workloads';
import type { KnownServices, PodIndex, ProxiedKind } from './workloads';

type Kind = Entity['kind'] | 'mesh';

type ParsedOk =
  | { ok: true; kind: 'mesh'; cr: MeshCr }
  | { ok: true; kind: 'gateway'; cr: VirtualGatewayCr }
  | { ok: true; kind: 'gatewayRoute'; cr: GatewayRouteCr }
  | { ok: true; kind: 'service'; cr: VirtualServiceCr }
  | { ok: true; kind: 'router'; cr: VirtualRouterCr }
  | { ok: true; kind: 'node'; cr: VirtualNodeCr }
  | { ok: true; kind: 'backendGroup'; cr: BackendGroupCr };
export type Parsed = ParsedOk | { ok: false; problems: { path: string; message: string }[] };

/** What an entity is read against: the rest of the cluster. */
export interface Context {
  directory: Directory;
  reports: Reports;
  pods: PodIndex;
  services: KnownServices;
  members: ReadonlyMap<EntityKey, Parsed>;
  /** What the controller's own flag says of backend groups; `undefined` where that is not known. */
  groupsFlag: Mesh['groupsFlag'];
  /** Nodes that Argo Rollouts moves from version to version. */
  rolledOut: ReadonlySet<EntityKey>;
}

const SCHEMAS = {
  mesh: meshCr,
  gateway: virtualGatewayCr,
  gatewayRoute: gatewayRouteCr,
  service: virtualServiceCr,
  router: virtualRouterCr,
  node: virtualNodeCr,
  backendGroup: backendGroupCr,
};

/** Objects come again unchanged with every event of another object; what was read once is not read twice. */
const seen = new WeakMap<RawObject, Parsed>();

/** Reads an object as its kind. */
export function parseObject(kind: Kind, raw: RawObject): Parsed {
  const known = seen.get(raw);
  if (known) return known;
  // An object without spec is allowed by the CRD and means an empty one.
  const result = SCHEMAS[kind].safeParse({ spec: raw['spec'] ?? {}, status: raw['status'] });
  const parsed: Parsed = result.success
    ? ({ ok: true, kind, cr: result.data } as ParsedOk) // SCHEMAS[kind] made the data, so kind and cr agree
    : { ok: false, problems: problemsOf(result.error) };
  seen.set(raw, parsed);
  return parsed;
}

function provider(cr: VirtualServiceCr, to: (kind: 'router' | 'node') => Target): Service['provider'] {
  if (cr.spec.provider?.virtualRouter) return { kind: 'router', target: to('router') };
  if (cr.spec.provider?.virtualNode) return { kind: 'node', target: to('node') };
  return { kind: 'none' };
}

function gatewayOf(cr: GatewayRouteCr, from: ReferringObject, directory: Directory): Target {
  return resolve(directory, from, 'gateway', cr.spec.virtualGatewayRef);
}

function toGatewayRoute(
  cr: GatewayRouteCr,
  from: ReferringObject,
  directory: Directory,
): Pick<GatewayRoute, 'gateway' | 'protocol' | 'priority' | 'match' | 'target' | 'targetPort' | 'rewrite'> {
  const found = gatewayRouteBody(cr.spec);
  const named = found?.body.action.target;
  return {
    gateway: gatewayOf(cr, from, directory),
    protocol: found?.protocol ?? 'unknown',
    priority: cr.spec.priority ?? undefined,
    match: matchConditions(found?.body.match),
    target: resolve(
      directory,
      from,
      'service',
      named?.virtualService.virtualServiceRef,
      named?.virtualService.virtualServiceARN,
    ),
    targetPort: named?.port ?? undefined,
    rewrite: found ? rewriteOf(found.body) : [],
  };
}

/** Argo Rollouts marks the nodes and not the router whose weights it sets. */
function ownerOfRouter(own: Ownership, routes: readonly Route[], { rolledOut }: Context): Ownership {
  if (rolledOut.size === 0 || ownerLevel(own) === 'blocked') return own;
  const rolled = routes.some(({ targets }) => targets.some(({ key }) => rolledOut.has(key)));
  return rolled ? { manager: 'rollouts' } : own;
}

/** The entity an object stands for; `undefined` for an object that could not be read. */
export function entityOf(raw: RawObject, parsed: Parsed, mesh: Mesh, context: Context): Entity | undefined {
  if (!parsed.ok || parsed.kind === 'mesh') return undefined;
  const { directory, reports, pods, services } = context;
  const { name, namespace = '' } = raw.metadata;
  const from: ReferringObject = { mesh: mesh.key, meshAwsName: mesh.awsName, namespace };
  const base = baseOf(
    raw,
    entityKey(parsed.kind, namespace, name),
    parsed.cr,
    defaultAwsName(parsed.kind, namespace, name),
    reports,
  );
  const workload = (kind: ProxiedKind, selector: SelectorCr | null | undefined) =>
    workloadOf(pods, { mesh: mesh.awsName, kind, awsName: base.awsName }, namespace, selector);
  switch (parsed.kind) {
    case 'gateway':
      return {
        ...base,
        kind: 'gateway',
        listeners: toListeners(parsed.cr.spec.listeners),
        workload: workload('gateway', parsed.cr.spec.podSelector),
      };
    case 'gatewayRoute':
      return {
        ...base,
        kind: 'gatewayRoute',
        ...toGatewayRoute(parsed.cr, from, directory),
      };
    case 'service': {
      const { virtualRouter, virtualNode } = parsed.cr.spec.provider ?? {};
      return {
        ...base,
        kind: 'service',
        hostname: base.awsName,
        ...unresolvableName(services, base.awsName, namespace),
        provider: provider(parsed.cr, (kind) =>
          kind === 'router'
            ? resolve(
                directory,
                from,
                'router',
                virtualRouter?.virtualRouterRef,
                virtualRouter?.virtualRouterARN,
              )
            : resolve(directory, from, 'node', virtualNode?.virtualNodeRef, virtualNode?.virtualNodeARN),
        ),
      };
    }
    case 'router': {
      const routes = (parsed.cr.spec.routes ?? []).map((route, index) =>
        toRoute(route, index, ({ virtualNodeRef, virtualNodeARN }) =>
          resolve(directory, from, 'node', virtualNodeRef, virtualNodeARN),
        ),
      );
      return {
        ...base,
        kind: 'router',
        ownership: ownerOfRouter(base.ownership, routes, context),
        listeners: toListeners(parsed.cr.spec.listeners),
        routes,
        history: readHistory(raw.metadata.annotations?.[HISTORY_ANNOTATION]),
        keepsHistory: true,
      };
    }
    case 'node': {
      const found = toDiscovery(parsed.cr.spec.serviceDiscovery);
      const { backends, groups } = backendsOf(parsed.cr, from, context);
      const defaults = parsed.cr.spec.backendDefaults?.clientPolicy?.tls;
      const backendsHistory = readBackendsHistory(raw.metadata.annotations?.[HISTORY_ANNOTATION]);
      const ignored = context.groupsFlag === 'off' && groups.length > 0;
      return {
        ...base,
        kind: 'node',
        listeners: toListeners(parsed.cr.spec.listeners),
        discovery: found,
        ...(found.kind === 'dns' ? behindName(services, found.hostname, namespace) : {}),
        backends: backends satisfies Backend[],
        backendGroups: groups,
        ...(ignored ? { groupsIgnored: true } : {}),
        ...(defaults ? { defaultTlsEnforced: defaults.enforce ?? true } : {}),
        ...(backendsHistory.length > 0 ? { backendsHistory } : {}),
        workload: workload('node', parsed.cr.spec.podSelector),
      };
    }
    case 'backendGroup': {
      const history = readBackendsHistory(raw.metadata.annotations?.[HISTORY_ANNOTATION]);
      return {
        ...base,
        kind: 'backendGroup',
        members: (parsed.cr.spec.virtualservices ?? []).map((ref) => ({
          ...resolve(directory, from, 'service', ref),
          ...(ref.namespace ? {} : { bare: true }),
        })),
        ...(history.length > 0 ? { history } : {}),
      };
    }
  }
}
