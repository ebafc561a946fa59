import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createCluster } from '../kube/cluster';
import { StatusError } from '../kube/types';
import { readManifests } from '../scenarios';
import { ownCrds } from './index';

const realFolder = fileURLToPath(new URL('../../../shared/data/crds', import.meta.url));
const definitions = [
  ['its own CRDs', ownCrds()],
  ["the controller's CRDs", existsSync(realFolder) ? readManifests(realFolder) : undefined],
] as const;

const http = (prefix: string) => ({ match: { prefix } });
const toNode = (weight: unknown, more: object = {}) => ({
  name: 'r',
  httpRoute: {
    match: { prefix: '/' },
    action: { weightedTargets: [{ virtualNodeRef: { name: 'a' }, weight }] },
    ...more,
  },
});
const toService = { action: { target: { virtualService: { virtualServiceRef: { name: 'a' } } } } };
const listener = (port: unknown, protocol: unknown, more: object = {}) => ({
  listeners: [{ portMapping: { port, protocol }, ...more }],
});
const retry = (perRetryTimeout: object) => ({
  retryPolicy: { maxRetries: 3, perRetryTimeout, httpRetryEvents: ['server-error'] },
});
const many = (count: number, one: object) => Array.from({ length: count }, () => one);

const GOOD: [string, string, object][] = [
  ['Mesh', 'with nothing asked for', {}],
  ['Mesh', 'with a selector and an egress filter', { namespaceSelector: { matchLabels: { mesh: 'm' } }, egressFilter: { type: 'DROP_ALL' } }],
  ['VirtualNode', 'with a listener and DNS', { ...listener(80, 'http'), serviceDiscovery: { dns: { hostname: 'a.b' } } }],
  ['VirtualNode', 'with a health check and a pool', listener(80, 'grpc', { healthCheck: { healthyThreshold: 2, intervalMillis: 5000, protocol: 'grpc', timeoutMillis: 2000, unhealthyThreshold: 2 }, connectionPool: { grpc: { maxRequests: 1 } } })],
  ['VirtualRouter', 'with a weighted route', { ...listener(80, 'http'), routes: [toNode(0), toNode(100, retry({ unit: 's', value: 2 }))] }],
  ['VirtualService', 'behind a router', { awsName: 'a.b', provider: { virtualRouter: { virtualRouterRef: { name: 'a' } } } }],
  ['VirtualService', 'without a provider', {}],
  ['VirtualGateway', 'with a listener', listener(8080, 'http2')],
  ['GatewayRoute', 'with a rewrite', { httpRoute: { ...http('/'), action: { ...toService.action, rewrite: { prefix: { defaultPrefix: 'DISABLED' } } } } }],
  ['BackendGroup', 'with a service', { virtualservices: [{ name: 'a', namespace: 'b' }] }],
]; // prettier-ignore

const BAD: [string, string, object, string[]][] = [
  ['Mesh', 'an egress filter that is none', { egressFilter: { type: 'MAYBE' } }, ['spec.egressFilter.type']],
  ['Mesh', 'an egress filter without a type', { egressFilter: {} }, ['spec.egressFilter.type']],
  ['VirtualNode', 'a port past the last', listener(65_536, 'http'), ['spec.listeners[0].portMapping.port']],
  ['VirtualNode', 'a protocol that is none', listener(80, 'udp'), ['spec.listeners[0].portMapping.protocol']],
  ['VirtualNode', 'a backend without a service', { backends: [{}] }, ['spec.backends[0].virtualService']],
  ['VirtualNode', 'a health check that is too eager', listener(80, 'http', { healthCheck: { healthyThreshold: 1, intervalMillis: 1, protocol: 'http', timeoutMillis: 2000, unhealthyThreshold: 2 } }), ['spec.listeners[0].healthCheck.healthyThreshold', 'spec.listeners[0].healthCheck.intervalMillis']],
  ['VirtualRouter', 'a weight past 100', { routes: [toNode(101)] }, ['spec.routes[0].httpRoute.action.weightedTargets[0].weight']],
  ['VirtualRouter', 'a weight that is text', { routes: [toNode('10')] }, ['spec.routes[0].httpRoute.action.weightedTargets[0].weight']],
  ['VirtualRouter', 'a target without a weight', { routes: [toNode(undefined)] }, ['spec.routes[0].httpRoute.action.weightedTargets[0].weight']],
  ['VirtualRouter', 'a retry timeout without a unit', { routes: [toNode(1, retry({ value: 2 }))] }, ['spec.routes[0].httpRoute.retryPolicy.perRetryTimeout.unit']],
  ['VirtualRouter', 'a priority past 1000', { routes: [{ ...toNode(1), priority: 1001 }] }, ['spec.routes[0].priority']],
  ['VirtualService', 'a provider that names nothing', { provider: { virtualNode: { virtualNodeRef: {} } } }, ['spec.provider.virtualNode.virtualNodeRef.name']],
  ['VirtualGateway', 'a protocol a gateway does not speak', listener(80, 'tcp'), ['spec.listeners[0].portMapping.protocol']],
  ['GatewayRoute', 'a route without an action', { httpRoute: http('/') }, ['spec.httpRoute.action']],
  ['GatewayRoute', 'too many headers', { httpRoute: { ...toService, match: { headers: many(11, { name: 'x' }) } } }, ['spec.httpRoute.match.headers']],
  ['BackendGroup', 'a service without a name', { virtualservices: [{ namespace: 'b' }] }, ['spec.virtualservices[0].name']],
]; // prettier-ignore

describe.each(definitions)('with %s', (_, crds) => {
  const cluster = crds && createCluster({ crds });
  const given = (kind: string, spec: object) => ({
    apiVersion: 'appmesh.k8s.aws/v1beta2',
    kind,
    metadata: { name: 'probe', namespace: 'default' },
    spec,
  });
  cluster?.create(cluster.resourceType('', 'namespaces'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default' },
  });

  /** The fields an object is refused for; empty when it is taken. */
  function refusedFor(kind: string, spec: object): string[] {
    const object = given(kind, JSON.parse(JSON.stringify(spec)));
    try {
      cluster?.create(cluster.typeOf(object), object, { dryRun: true });
      return [];
    } catch (error) {
      if (!(error instanceof StatusError && error.code === 422)) throw error;
      return (error.details?.['causes'] as { field: string }[]).map(({ field }) => field); // as `invalid` writes them
    }
  }

  it.skipIf(!crds).each(GOOD)('a %s %s is taken', (kind, _what, spec) => {
    expect(refusedFor(kind, spec)).toEqual([]);
  });
  it.skipIf(!crds).each(BAD)('a %s is refused for %s', (kind, _what, spec, fields) => {
    expect(refusedFor(kind, spec)).toEqual(fields);
  });
  it.skipIf(!crds)('a field that no kind has is left out', () => {
    const unknown: string[] = [];
    const object = given('VirtualRouter', { routes: [{ ...toNode(1), colour: 'blue' }] });
    const onUnknown = (fields: string[]) => void unknown.push(...fields);
    const made = cluster?.create(cluster.typeOf(object), object, { dryRun: true, onUnknown });
    expect(made?.['spec'].routes[0]).not.toHaveProperty('colour');
    expect(unknown).toEqual(['spec.routes[0].colour']);
  });
});
