import { describe, expect, it } from 'vitest';
import { createTranslate } from '@/lib/i18n/translate';
import { gatewayRouteKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import { cardSize, rowY } from './card-size';
import { edge as meshEdge, gateway, meshNode, router, service } from './fixtures';
import { healthOf } from './health';
import { listRows } from './list-rows';
import { matchText } from '@/components/ui/match-text';
import { spokenLabel } from './spoken-label';
import { walk } from './walk';

const edge = (...of: Parameters<typeof meshEdge>) => {
  const made = meshEdge(...of);
  return { ...made, last: [made.key] };
};

describe('match text', () => {
  it('reads like the request it matches', () => {
    expect(matchText([])).toBe('*');
    expect(matchText([{ on: 'prefix', operator: 'prefix', operand: '/cart' }])).toBe('/cart*');
    expect(
      matchText([
        { on: 'method', operator: 'exact', operand: 'GET' },
        { on: 'header', name: 'x-canary', operator: 'exact', operand: 'yes' },
        { on: 'header', name: 'x-user', operator: 'present', negated: true },
      ]),
    ).toBe('GET & x-canary = yes & !x-user');
  });
});

describe('the spoken label', () => {
  const card = { node: meshNode('shop', 'cart-v2', 1, 2), group: 'shop', findings: [] };
  it('names kind, name, namespace and state', () => {
    expect(spokenLabel(card, createTranslate('en'), 'en')).toBe(
      'VirtualNode cart-v2, namespace shop, 1 of 2 pods ready, no findings',
    );
  });
  it('does so in Korean', () => {
    expect(spokenLabel(card, createTranslate('ko'), 'ko')).toContain(
      'VirtualNode cart-v2, 네임스페이스 shop',
    );
  });
});

describe('health', () => {
  it('tells none, some and all pods apart', () => {
    expect(healthOf(meshNode('a', 'b', 0, 2), false).message).toBe('down');
    expect(healthOf(meshNode('a', 'b', 1, 2), false).message).toBe('partial');
    expect(healthOf(meshNode('a', 'b', 2, 2), false).message).toBe('ok');
    expect(healthOf(meshNode('a', 'b', 0, 0), false).message).toBe('none');
  });
  it('puts the controller’s rejection before the pods', () => {
    expect(healthOf({ ...meshNode('a', 'b'), acceptance: 'rejected' }, false).tone).toBe('error');
  });
});

describe('card sizes', () => {
  it('grow by a row per route, and every row’s edge leaves inside the card', () => {
    const two = router('shop', 'r', [{ name: 'x' }, { name: 'y' }]);
    const one = router('shop', 'r', [{ name: 'x' }]);
    expect(cardSize(two).height).toBeGreaterThan(cardSize(one).height);
    expect(rowY(two, 'y')).toBeGreaterThan(rowY(two, 'x'));
    expect(rowY(two, 'y')).toBeLessThan(cardSize(two).height);
  });
});

describe('walking with the arrow keys', () => {
  const edges = [
    { source: 's', target: 'a' },
    { source: 's', target: 'b' },
  ];
  const positions = { s: { x: 0, y: 90 }, a: { x: 300, y: 0 }, b: { x: 300, y: 100 } };
  it('follows edges to the right and back, the nearest first', () => {
    expect(walk('s', 'right', edges, positions)).toBe('b');
    expect(walk('a', 'left', edges, positions)).toBe('s');
    expect(walk('a', 'right', edges, positions)).toBeUndefined();
  });
  it('goes up and down within a column', () => {
    expect(walk('a', 'down', edges, positions)).toBe('b');
    expect(walk('b', 'up', edges, positions)).toBe('a');
    expect(walk('a', 'up', edges, positions)).toBeUndefined();
  });
});

describe('list rows', () => {
  const cardOf = (node: TopologyNode) => ({ node, group: 'shop', findings: [] });
  const v1 = meshNode('shop', 'cart-v1');
  const v2 = meshNode('shop', 'cart-v2');
  it('say what an object leads to', () => {
    const cart = service('shop', 'cart');
    const [row] = listRows([cardOf(cart)], [edge('provider', cart.key, v1.key)]);
    expect(row).toMatchObject({ kind: 'service', namespace: 'shop', name: 'cart' });
    expect(row?.leadsTo).toMatchObject([{ route: undefined, leads: [{ key: v1.key, name: 'cart-v1' }] }]);
  });
  it('have a line per route of a router, which can be opened', () => {
    const cart = router('shop', 'cart', [{ name: 'beta' }, { name: 'rest' }]);
    const [row] = listRows(
      [cardOf(cart)],
      [
        { ...edge('route-target', cart.key, v2.key, 'beta'), share: 1 },
        { ...edge('route-target', cart.key, v1.key, 'rest'), share: 0.9 },
        { ...edge('route-target', cart.key, v2.key, 'rest'), share: 0.1 },
      ],
    );
    expect(row?.leadsTo).toMatchObject([
      { route: { name: 'beta', editable: true }, leads: [{ name: 'cart-v2', share: 1 }] },
      {
        route: { name: 'rest', editable: true },
        leads: [
          { name: 'cart-v1', share: 0.9 },
          { name: 'cart-v2', share: 0.1 },
        ],
      },
    ]);
  });
  it('name the routes of a gateway by their own names', () => {
    const edgeGateway = gateway('shop', 'edge', ['web']);
    const [row] = listRows(
      [cardOf(edgeGateway)],
      [edge('gateway-route', edgeGateway.key, service('shop', 'cart').key, gatewayRouteKey('shop', 'web'))],
    );
    expect(row?.leadsTo).toMatchObject([
      { route: { name: 'web', editable: false }, leads: [{ name: 'cart' }] },
    ]);
  });
});
