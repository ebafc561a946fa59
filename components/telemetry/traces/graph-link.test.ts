import { describe, expect, it } from 'vitest';
import { gatewayKey, nodeKey, serviceKey } from '@/lib/mesh/keys';
import { parseQuery } from '@/lib/mesh/query/parse';
import { findExpression, wayHref, wayOf } from './graph-link';

const spans = [
  { hop: { gateway: gatewayKey('shop', 'edge'), service: serviceKey('shop', 'cart') } },
  { hop: { service: serviceKey('shop', 'cart'), node: nodeKey('shop', 'cart-v2') } },
  { hop: { node: nodeKey('shop', 'cart-v1') } },
  { hop: {} },
];

describe('the way of a trace', () => {
  it('names each object once, in the order the trace met them', () => {
    expect(wayOf(spans)).toEqual([
      'gateway:shop/edge',
      'service:shop/cart',
      'node:shop/cart-v2',
      'node:shop/cart-v1',
    ]);
  });

  it('is a search that the topology can read, whatever the names', () => {
    const text = findExpression([...wayOf(spans), nodeKey('pay', 'in "quotes" and')]);
    expect(text).toContain('(kind = node and namespace = "shop" and name in ("cart-v2", "cart-v1"))');
    expect(parseQuery(text)).toMatchObject({ ok: true });
  });

  it('leads to the topology with the rest dimmed, and nowhere where no hop is known', () => {
    expect(wayHref('/topology', spans)).toMatch(/^\/topology\?q=.+&dim=1$/);
    expect(wayHref('/topology', [{ hop: {} }])).toBeUndefined();
  });
});
