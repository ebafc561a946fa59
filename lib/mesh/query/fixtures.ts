/** The mesh that the tests of this folder ask about: gateway → shop/cart → router → v1 90, v2 10 → pay/bank. */
import { buildTopology } from '../build-topology';
import type { Finding } from '../finding';
import { entityKey, nodeKey } from '../keys';
import type { EntityKey } from '../keys';
import { gateway, gatewayRoute, modelOf, node, route, router, service, to, weighted } from '../fixtures';
import type { TopologyNode } from '../topology';
import type { SubjectInput } from './subject';

export const finding = (subject: EntityKey, more: Partial<Finding> = {}): Finding => ({
  id: `${subject}`,
  code: 'MD401',
  severity: 'warning',
  subject,
  related: [],
  details: {},
  ...more,
});

export function inputOf(nodes: readonly TopologyNode[], rest: Partial<SubjectInput> = {}): SubjectInput {
  return { nodes: new Map(nodes.map((each) => [each.key, each])), edges: new Map(), findings: [], ...rest };
}

export function shop(): SubjectInput {
  const topology = buildTopology(
    modelOf([
      gateway('front', {
        listeners: [{ port: 8443, protocol: 'http2', healthCheck: false, outlierDetection: false }],
      }),
      gatewayRoute('to-cart', to('gateway', 'front'), to('service', 'cart')),
      service('cart', { kind: 'router', target: to('router', 'cart') }),
      router('cart', [
        route('all', {
          targets: [
            { ...weighted(to('node', 'cart-v1'), 90), share: 0.9 },
            { ...weighted(to('node', 'cart-v2'), 10), share: 0.1 },
          ],
        }),
      ]),
      router('whole', [route('all', { targets: [{ ...weighted(to('node', 'cart-v1'), 1), share: 1 }] })]),
      router('ends', [
        route('all', {
          targets: [
            { ...weighted(to('node', 'cart-v1'), 100), share: 1 },
            { ...weighted(to('node', 'cart-v2'), 0), share: 0 },
          ],
        }),
      ]),
      node('cart-v1', [to('service', 'bank')], {
        labels: { team: 'Checkout' },
        discovery: { kind: 'dns', hostname: 'cart-v1.shop.svc' },
        ownership: { manager: 'flagger' },
        createdAt: '2026-06-01T11:00:00Z',
        writtenBy: [{ manager: 'kubectl-edit', operation: 'Update', at: '2026-06-01T11:58:00Z' }],
      }),
      node('cart-v2', [], {
        acceptance: 'rejected',
        workload: { owners: [], total: 3, ready: 1, withProxy: 2, withoutProxy: 1 },
      }),
      service('bank', { kind: 'node', target: to('node', 'bank') }),
      node('bank'),
      node('lonely'),
      node('user', [to('service', 'abroad', 'foreign'), to('service', 'typo', 'missing')]),
    ]),
  );
  const gatewayRouteKey = entityKey('gatewayRoute', 'shop', 'to-cart');
  return {
    nodes: new Map(topology.nodes.map((each) => [each.key, each])),
    edges: new Map(topology.edges.map((each) => [each.key, each])),
    findings: [
      finding(nodeKey('shop', 'cart-v2')),
      finding(gatewayRouteKey, { code: 'MD101', severity: 'error' }),
      finding(nodeKey('shop', 'bank'), { code: 'MD503', severity: 'info' }),
    ],
  };
}
