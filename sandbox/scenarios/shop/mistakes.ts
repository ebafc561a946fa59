import type { KubeObject } from '../../kube/types';
import { INJECT, listener, route, virtualNode, virtualService } from '../mesh-objects';
import { clusterHost, deployment, namespace } from '../workload-objects';
import { app } from './app';

/**
 * Things gone wrong in ways the webhooks let through, one of each, away from the main paths: a mistake in a node or
 * router freezes everything behind it. Two more sit in the routes of `search` and `shipping`. docs/sandbox.md lists all.
 */
export function mistakes(): KubeObject[] {
  return [...danglingBackend(), ...missingTarget(), ...noProvider(), ...noPods(), ...namespaceOfNoMesh()];
}

/** A worker that may call a service nobody ever created. */
function danglingBackend(): KubeObject[] {
  const pods = { app: 'search-indexer' };
  return [
    virtualNode('shop', 'search-indexer', { pods, backends: ['catalog', 'search-dictionary'] }),
    deployment('shop', 'search-indexer', {
      selector: pods,
      podLabels: {
        'app.kubernetes.io/name': 'search-indexer',
        'app.kubernetes.io/part-of': 'shop',
        team: 'discovery',
      },
      replicas: 2,
      image: 'registry.example.com/shop/search-indexer:5.2.0',
    }),
  ];
}

/** A route that already names a version whose node was not written yet: the whole router is refused. */
function missingTarget(): KubeObject[] {
  return app({
    namespace: 'shop',
    name: 'wishlist',
    team: 'storefront',
    protocol: 'http',
    port: 8080,
    health: '/healthz',
    versions: { v1: { tag: '1.3.0', replicas: 2 } },
    routes: [route('http', 'wishlist', { prefix: '/' }, { 'wishlist-v1': 80, 'wishlist-v2': 20 })],
  });
}

/** A name without anyone behind it: calls to it fail. */
function noProvider(): KubeObject[] {
  return [virtualService('shop', 'gift-cards', {})];
}

/** A node whose pods were removed, and the service that still leads to it. */
function noPods(): KubeObject[] {
  return [
    virtualNode('pay', 'legacy-invoices', {
      pods: { app: 'legacy-invoices' },
      listeners: [listener('http', 8080, '/healthz')],
      hostname: clusterHost('pay', 'legacy-invoices'),
    }),
    virtualService('pay', 'legacy-invoices', { provider: { node: 'legacy-invoices' } }),
  ];
}

/** Asks for the proxy in a namespace that no mesh selects: its pods are refused. */
function namespaceOfNoMesh(): KubeObject[] {
  return [
    namespace('reports', INJECT),
    deployment('reports', 'sales-report', {
      selector: { app: 'sales-report' },
      podLabels: { 'app.kubernetes.io/name': 'sales-report', team: 'finance' },
      replicas: 1,
      image: 'registry.example.com/finance/sales-report:0.9.1',
    }),
  ];
}
