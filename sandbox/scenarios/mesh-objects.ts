import type { KubeObject } from '../kube/types';
import { clusterHost, type Labels, type Marks } from './workload-objects';

export type Protocol = 'http' | 'http2' | 'grpc' | 'tcp';

/** Part of a spec as the CRD has it. */
export type Fields = Record<string, unknown>;

/** Node name, or `namespace/name`, to weight. */
export type Weights = Record<string, number>;

export const INJECT = { 'appmesh.k8s.aws/sidecarInjectorWebhook': 'enabled' };

const apiVersion = 'appmesh.k8s.aws/v1beta2';

function member(kind: string, namespace: string, name: string, spec: Fields, marks: Marks = {}): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace, ...marks }, spec };
}

/** `name` or `namespace/name` as the CRDs write a reference; without a namespace it means the referrer's own. */
export function reference(text: string): { name: string; namespace?: string } {
  const slash = text.indexOf('/');
  return slash === -1 ? { name: text } : { namespace: text.slice(0, slash), name: text.slice(slash + 1) };
}

export const seconds = (value: number) => ({ unit: 's', value });
export const millis = (value: number) => ({ unit: 'ms', value });

/** A mesh of the namespaces labelled `mesh: NAME`. */
export function mesh(name: string, egress?: 'ALLOW_ALL' | 'DROP_ALL'): KubeObject {
  return {
    apiVersion,
    kind: 'Mesh',
    metadata: { name },
    spec: {
      namespaceSelector: { matchLabels: { mesh: name } },
      ...(egress === undefined ? {} : { egressFilter: { type: egress } }),
    },
  };
}

/**
 * A listener as nodes and gateways have it. `health`: the path to ask (http, http2), or true for a plain check (grpc,
 * tcp); no health check when left out. `more` takes its timeout, tls, outlierDetection or connectionPool.
 */
export function listener(
  protocol: Protocol,
  port: number,
  health?: string | true,
  more: Fields = {},
): Fields {
  const healthCheck = {
    protocol,
    ...(typeof health === 'string' && { path: health }),
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    timeoutMillis: 2000,
    intervalMillis: 10000,
  };
  return { portMapping: { port, protocol }, ...(health !== undefined && { healthCheck }), ...more };
}

/** A VirtualService that a node calls, with the rules for calling it where there are any. */
export type Backend = string | { service: string; clientPolicy: Fields };

export interface NodeOptions {
  /** Labels of its pods; left out for something that runs outside the cluster. */
  pods?: Labels;
  listeners?: Fields[];
  /** DNS name of the node; required by App Mesh once there are listeners. */
  hostname?: string;
  responseType?: 'ENDPOINTS' | 'LOADBALANCER';
  backends?: Backend[];
  backendGroups?: string[];
  accessLog?: string;
  marks?: Marks;
}

export function virtualNode(namespace: string, name: string, options: NodeOptions): KubeObject {
  const { pods, listeners, hostname, responseType, backends, backendGroups, accessLog } = options;
  const spec: Fields = {
    ...(pods && { podSelector: { matchLabels: pods } }),
    ...(listeners && { listeners }),
    ...(hostname && { serviceDiscovery: { dns: { hostname, ...(responseType && { responseType }) } } }),
    ...(backends && backends.length > 0 && { backends: backends.map(backend) }),
    ...(backendGroups && { backendGroups: backendGroups.map(reference) }),
    ...(accessLog && { logging: { accessLog: { file: { path: accessLog } } } }),
  };
  return member('VirtualNode', namespace, name, spec, options.marks);
}

function backend(entry: Backend): Fields {
  if (typeof entry === 'string') return { virtualService: { virtualServiceRef: reference(entry) } };
  const { service, clientPolicy } = entry;
  return { virtualService: { virtualServiceRef: reference(service), clientPolicy } };
}

export interface RouteOptions {
  priority?: number;
  retry?: Fields;
  timeout?: { perRequest?: Fields; idle?: Fields };
  /** Port of the target's listener, where it has several. */
  port?: number;
}

/** A route of a router. `match`: as the CRD writes it; `{}` is right for grpc, and for tcp it is left out. */
export function route(
  protocol: Protocol,
  name: string,
  match: Fields,
  weights: Weights,
  options: RouteOptions = {},
): Fields {
  const weightedTargets = Object.entries(weights).map(([node, weight]) => ({
    virtualNodeRef: reference(node),
    weight,
    ...(options.port !== undefined && { port: options.port }),
  }));
  const body = {
    ...(protocol === 'tcp' ? {} : { match }),
    action: { weightedTargets },
    ...(options.retry && { retryPolicy: options.retry }),
    ...(options.timeout && { timeout: options.timeout }),
  };
  return {
    name,
    ...(options.priority !== undefined && { priority: options.priority }),
    [`${protocol}Route`]: body,
  };
}

export function virtualRouter(
  namespace: string,
  name: string,
  port: { protocol: Protocol; port: number },
  routes: Fields[],
  marks?: Marks,
): KubeObject {
  return member('VirtualRouter', namespace, name, { listeners: [{ portMapping: port }], routes }, marks);
}

export interface VirtualServiceOptions {
  provider?: { router: string } | { node: string };
  /** What callers dial; the in-cluster host name of the Service of the same name when left out. */
  hostname?: string;
  marks?: Marks;
}

export function virtualService(namespace: string, name: string, options: VirtualServiceOptions): KubeObject {
  const spec: Fields = { awsName: options.hostname ?? clusterHost(namespace, name) };
  if (options.provider) spec['provider'] = providerOf(options.provider);
  return member('VirtualService', namespace, name, spec, options.marks);
}

function providerOf(provider: { router: string } | { node: string }): Fields {
  return 'router' in provider
    ? { virtualRouter: { virtualRouterRef: reference(provider.router) } }
    : { virtualNode: { virtualNodeRef: reference(provider.node) } };
}

export function backendGroup(namespace: string, name: string, services: string[]): KubeObject {
  return member('BackendGroup', namespace, name, { virtualservices: services.map(reference) });
}

export interface GatewayOptions {
  pods: Labels;
  listeners: Fields[];
  /** Labels of the namespaces whose gateway routes attach to it. */
  routesFrom: Labels;
  accessLog?: string;
}

export function virtualGateway(namespace: string, name: string, options: GatewayOptions): KubeObject {
  return member('VirtualGateway', namespace, name, {
    namespaceSelector: { matchLabels: options.routesFrom },
    podSelector: { matchLabels: options.pods },
    listeners: options.listeners,
    ...(options.accessLog && { logging: { accessLog: { file: { path: options.accessLog } } } }),
  });
}

export interface GatewayRouteOptions {
  priority?: number;
  rewrite?: Fields;
}

export function gatewayRoute(
  namespace: string,
  name: string,
  protocol: Exclude<Protocol, 'tcp'>,
  match: Fields,
  service: string,
  options: GatewayRouteOptions = {},
): KubeObject {
  const action = {
    target: { virtualService: { virtualServiceRef: reference(service) } },
    ...(options.rewrite && { rewrite: options.rewrite }),
  };
  const spec = {
    ...(options.priority !== undefined && { priority: options.priority }),
    [`${protocol}Route`]: { match, action },
  };
  return member('GatewayRoute', namespace, name, spec);
}
