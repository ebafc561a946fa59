import { describe, expect, it } from 'vitest';
import type { Finding } from '@/lib/mesh/finding';
import { gatewayRouteKey } from '@/lib/mesh/keys';
import type { TopologyEdge, TopologyNode } from '@/lib/mesh/topology';
import { applyView } from '@/lib/mesh/view/apply-view';
import { WHOLE_MESH } from '@/lib/mesh/view/spec';
import { collapseAll, isCollapsed, LARGE_MESH, toggleCollapsed } from './collapse';
import { edge, gateway, meshNode, router, service } from './fixtures';
import { layoutInputOf, markId, shapeOf, showGraph } from './shown-graph';
import type { ShownQuery } from './shown-graph';

const inputOf = (nodes: readonly TopologyNode[], edges: readonly TopologyEdge[]) => ({
  nodes: new Map(nodes.map((node) => [node.key, node])),
  edges: new Map(edges.map((one) => [one.key, one])),
  findings: [],
});

function query(
  nodes: TopologyNode[],
  edges: TopologyEdge[] = [],
  rest: Partial<ShownQuery> = {},
): ShownQuery {
  return {
    view: applyView(inputOf(nodes, edges), WHOLE_MESH),
    cards: nodes.length,
    findings: [],
    ghosts: new Map(),
    shows: () => true,
    dims: () => false,
    collapsed: [],
    ...rest,
  };
}

const cart = service('shop', 'cart');
const cartRouter = router('shop', 'cart', [{ name: 'all' }, { name: 'canary' }]);
const cartV1 = meshNode('shop', 'cart-v1');
const bank = service('pay', 'bank');
const edges = [
  edge('provider', cart.key, cartRouter.key),
  edge('route-target', cartRouter.key, cartV1.key, 'all'),
  edge('route-target', cartRouter.key, cartV1.key, 'canary'),
  edge('backend', cartV1.key, bank.key),
];
const nodes = [cart, cartRouter, cartV1, bank];

describe('the shown graph', () => {
  it('shows everything and hides nothing by default', () => {
    const shown = showGraph(query(nodes, edges));
    expect(shown.counts).toEqual({ total: 4, shown: 4, filtered: 0, folded: 0, hidden: 0 });
    expect(shown.edges).toHaveLength(4);
    expect(shown.groups).toEqual(['pay', 'shop']);
  });

  it('leaves out what the search hides, with its edges, and counts it', () => {
    const shown = showGraph(query(nodes, edges, { shows: (node) => node.key === cartV1.key }));
    expect(shown.cards.map((card) => card.node.key)).toEqual([cartV1.key]);
    expect(shown.counts).toMatchObject({ shown: 1, filtered: 3 });
    expect(shown.edges).toEqual([]);
  });

  it('marks what stands back, and a collapsed namespace when all of it does', () => {
    const dims = (node: TopologyNode) => node.key !== bank.key;
    const open = showGraph(query(nodes, edges, { dims }));
    expect(open.cards.filter((card) => card.dimmed !== true).map((card) => card.node.key)).toEqual([
      bank.key,
    ]);
    const folded = showGraph(query(nodes, edges, { dims, collapsed: ['shop', 'pay'] }));
    expect(folded.marks.map((mark) => [mark.namespace, mark.dimmed])).toEqual([
      ['shop', true],
      ['pay', false],
    ]);
  });

  it('draws a collapsed namespace as one mark and its edges as one', () => {
    const more = edge('backend', cart.key, bank.key);
    const shown = showGraph(query(nodes, [...edges, more], { collapsed: ['shop'] }));
    expect(shown.marks.map((mark) => [mark.namespace, mark.keys.length])).toEqual([['shop', 3]]);
    expect(shown.counts).toEqual({ total: 4, shown: 1, filtered: 0, folded: 3, hidden: 0 });
    expect(shown.edges.map(({ source, target, count }) => [source, target, count])).toEqual([
      [markId('shop'), bank.key, 2],
    ]);
    // What was measured of the two is told of the one.
    expect(shown.edges[0]).toMatchObject({ told: `${edges[3]?.key}\n${more.key}`, atMost: false });
  });

  it('says of edges that tell of the same traffic that each has at most that', () => {
    const other = service('shop', 'cart-too');
    const all = [...nodes, other];
    const input = inputOf(all, [...edges, edge('provider', other.key, cartRouter.key)]);
    const view = applyView(input, { ...WHOLE_MESH, layer: 'services' });
    const { edges: routed } = showGraph(query(all, [], { view }));
    expect(routed.filter(({ atMost }) => atMost).map(({ source, target }) => [source, target])).toEqual([
      [cart.key, cartV1.key],
      [other.key, cartV1.key],
    ]);
  });

  it('keeps a deleted object as a ghost until it is forgotten, and prefers the one that came back', () => {
    const ghosts = new Map([
      [cart.key, { node: cart, goneAt: 5 }],
      [bank.key, { node: bank, goneAt: 7 }],
    ]);
    const shown = showGraph(query([cart], [], { ghosts }));
    expect(shown.cards.map((card) => [card.node.key, card.goneAt])).toEqual([
      [cart.key, undefined],
      [bank.key, 7],
    ]);
  });

  it('shows a gateway route’s finding on its gateway', () => {
    const front = gateway('shop', 'front', ['to-cart']);
    const finding: Finding = {
      id: 'f',
      code: 'MD101',
      severity: 'error',
      subject: gatewayRouteKey('shop', 'to-cart'),
      related: [],
      details: {},
    };
    expect(showGraph(query([front], [], { findings: [finding] })).cards[0]?.findings).toEqual([finding]);
  });

  it('has the same shape when only weights or pods changed', () => {
    const before = shapeOf(showGraph(query(nodes, edges)));
    const [first, ...others] = edges;
    const weighted = first ? [{ ...first, weight: 7 }, ...others] : others;
    expect(shapeOf(showGraph(query([...nodes.slice(1), { ...cart }], weighted)))).toBe(before);
    expect(shapeOf(showGraph(query(nodes, edges.slice(1))))).not.toBe(before);
  });

  it('has another shape when a card grew, also without a new edge', () => {
    const before = shapeOf(showGraph(query(nodes, edges)));
    const longer = router('shop', 'cart', [{ name: 'all' }, { name: 'canary' }, { name: 'empty' }]);
    const others = nodes.filter((node) => node !== cartRouter);
    expect(shapeOf(showGraph(query([longer, ...others], edges)))).not.toBe(before);
    expect(shapeOf(showGraph(query([cartRouter, ...others], edges)))).toBe(before);
  });

  it('lets every route’s edge leave at its own height', () => {
    const input = layoutInputOf(showGraph(query(nodes, edges)));
    const heights = input.edges.filter((one) => one.source === cartRouter.key).map((one) => one.sourceY);
    expect(new Set(heights).size).toBe(2);
  });
});

describe('collapsing', () => {
  it('starts with everything collapsed in a large mesh only', () => {
    expect(isCollapsed('shop', [], LARGE_MESH)).toBe(false);
    expect(isCollapsed('shop', [], LARGE_MESH + 1)).toBe(true);
    expect(isCollapsed('', [], LARGE_MESH + 1)).toBe(false);
  });

  it.each([10, LARGE_MESH + 1])(
    'collapses and opens everything in a mesh of %i, each again by itself',
    (cards) => {
      const closed = collapseAll(true, cards);
      expect(isCollapsed('shop', closed, cards)).toBe(true);
      expect(isCollapsed('shop', toggleCollapsed('shop', closed, cards), cards)).toBe(false);
      const open = collapseAll(false, cards);
      expect(isCollapsed('shop', open, cards)).toBe(false);
      expect(isCollapsed('shop', toggleCollapsed('shop', open, cards), cards)).toBe(true);
    },
  );

  it.each([10, LARGE_MESH + 1])('toggles there and back in a mesh of %i', (cards) => {
    const once = toggleCollapsed('shop', ['other'], cards);
    expect(isCollapsed('shop', once, cards)).not.toBe(isCollapsed('shop', [], cards));
    expect(toggleCollapsed('shop', once, cards)).toEqual(['other']);
  });
});
