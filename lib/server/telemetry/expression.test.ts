import { describe, expect, it } from 'vitest';
import {
  gateway,
  gatewayRoute,
  modelOf,
  node,
  route,
  router,
  service,
  to,
  weighted,
} from '@/lib/mesh/fixtures';
import { expressionOf } from './expression';

const model = modelOf([
  gateway('web'),
  gatewayRoute('front', to('gateway', 'web'), to('service', 'front')),
  service('front', { kind: 'node', target: to('node', 'front') }),
  node('front', [to('service', 'cart')]),
  service('cart', { kind: 'router', target: to('router', 'cart') }),
  router('cart', [route('all', { targets: [weighted(to('node', 'v1')), weighted(to('node', 'v2'))] })]),
  node('v1'),
  node('v2'),
]);
const asked = (query: Record<string, string>) => expressionOf(model, new URLSearchParams(query));

describe('what X-Ray is asked', () => {
  it.each<[string, Record<string, string>, string]>([
    ['the mesh', {}, 'service("shop/web")'],
    ['a node', { key: 'node:shop/front' }, 'service("shop/front")'],
    ['a router', { key: 'router:shop/cart' }, '(service("shop/v1") OR service("shop/v2"))'],
    [
      'a backend',
      { key: 'backend|node:shop/front||service:shop/cart|0' },
      '(edge("shop/front", "shop/v1") OR edge("shop/front", "shop/v2"))',
    ],
    ['a gateway route', { key: 'gatewayRoute:shop/front' }, 'edge("shop/web", "shop/front")'],
    [
      'a target of a route',
      { key: 'route-target|router:shop/cart|all|node:shop/v2|0' },
      'service("shop/v2")',
    ],
    [
      'how it went and how long it took',
      { key: 'node:shop/front', status: 'fault', minMs: '200', maxMs: '1500' },
      'service("shop/front") AND fault AND responsetime >= 0.2 AND responsetime <= 1.5',
    ],
    [
      'what somebody wrote',
      { filter: 'http.status = 503 OR error' },
      'service("shop/web") AND (http.status = 503 OR error)',
    ],
  ])('about %s', (_, query, expression) => {
    expect(asked(query)).toEqual({ ok: true, expression });
  });

  it.each<[Record<string, string>, string]>([
    [{ key: 'node:shop/nobody' }, 'key'],
    [{ key: '' }, 'key'],
    [{ status: 'well' }, 'status'],
    [{ minMs: 'soon' }, 'minMs'],
  ])('%o is refused, naming %s', (query, path) => {
    expect(asked(query)).toMatchObject({
      ok: false,
      problem: { errors: [{ path }] },
    });
  });
});
