import { describe, expect, it } from 'vitest';
import { gateway, gatewayRoute, modelOf, node, route, router, service, to, weighted } from '../fixtures';
import { resolveHops } from './hops';
import type { SpanName } from './hops';
import type { Span, Trace } from './trace';

const split = weighted(to('node', 'cart-v1'), 90);
const canary = weighted(to('node', 'cart-v1-canary'), 10);
const model = modelOf([
  gateway('web'),
  gatewayRoute('front', to('gateway', 'web'), to('service', 'front')),
  service('front', { kind: 'node', target: to('node', 'front') }),
  node('front', [to('service', 'cart')]),
  service('cart', { kind: 'router', target: to('router', 'cart') }),
  router('cart', [route('all', { targets: [split, canary] })]),
  node('cart-v1'),
  node('cart-v1-canary'),
]);

const span = (id: string, parent?: string): Span => ({
  id,
  parent,
  name: id,
  kind: 'segment',
  startMs: 0,
  status: 'ok',
  hop: {},
  annotations: {},
});
const trace = (...spans: Span[]): Trace => ({
  id: '1-1-1',
  startMs: 0,
  durationMs: 1,
  spans,
  unread: [],
  limitExceeded: false,
});
const by = (proxy: string, upstream?: string): SpanName => ({ mesh: 'shop', proxy, upstream });
const hopsOf = (spans: Span[], names: Record<string, SpanName>) =>
  resolveHops(model, trace(...spans), names).spans.map(({ hop }) => hop);

describe('the hops of a trace', () => {
  it('tell the way from one proxy to the next', () => {
    const spans = [span('a'), span('b', 'a'), span('c', 'b')];
    expect(hopsOf(spans, { a: by('web'), b: by('front'), c: by('cart-v1') })).toEqual([
      { gateway: 'gateway:shop/web' },
      { gatewayRoute: 'gatewayRoute:shop/front', service: 'service:shop/front', node: 'node:shop/front' },
      { service: 'service:shop/cart', router: 'router:shop/cart', route: 'all', node: 'node:shop/cart-v1' },
    ]);
  });

  it('take the longest name that fits for where a span was sent', () => {
    const names = { a: by('front', 'cds_egress_shop_cart-v1-canary_http_8080') };
    expect(hopsOf([span('a')], names)).toMatchObject([
      { router: 'router:shop/cart', node: 'node:shop/cart-v1-canary' },
    ]);
    expect(hopsOf([span('a')], { a: by('front', 'cds_egress_shop_cart-v1_http_8080') })).toMatchObject([
      { node: 'node:shop/cart-v1' },
    ]);
  });

  it('say nothing of what several routes could have been', () => {
    const doubled = modelOf([
      ...model.entities.values(),
      router('cart', [route('beta', { targets: [split] }), route('all', { targets: [split] })]),
    ]);
    const spans = [span('a'), span('b', 'a')];
    const { spans: resolved } = resolveHops(doubled, trace(...spans), { a: by('front'), b: by('cart-v1') });
    expect(resolved[1]?.hop).toEqual({
      service: 'service:shop/cart',
      router: 'router:shop/cart',
      node: 'node:shop/cart-v1',
    });
  });

  it('leave alone what is of another mesh or of nobody, and end on spans that are their own parents', () => {
    const spans = [span('a', 'b'), span('b', 'a')];
    expect(hopsOf(spans, { a: { mesh: 'bank', proxy: 'web' } })).toEqual([{}, {}]);
    expect(hopsOf(spans, { a: by('cart-v1'), b: by('cart-v1') })).toEqual([
      { node: 'node:shop/cart-v1' },
      { node: 'node:shop/cart-v1' },
    ]);
  });

  it('know a mesh that is shared from another account by its name alone', () => {
    expect(hopsOf([span('a')], { a: { mesh: 'shop@111122223333', proxy: 'web' } })).toEqual([
      { gateway: 'gateway:shop/web' },
    ]);
  });
});
