import { applyView } from '@/lib/mesh/view/apply-view';
import { WHOLE_MESH } from '@/lib/mesh/view/spec';
/** A small shown mesh for the tests of this folder. */
import { meshKey } from '@/lib/mesh/keys';
import type { Positions } from '@/lib/layout/types';
import type { TopologyEdge, TopologyNode, Unresolved } from '@/lib/mesh/topology';
import { entityKey } from '@/lib/mesh/keys';
import { edge, gateway, meshNode, router, service, weighted } from '../fixtures';
import { showGraph } from '../shown-graph';
import type { Exportable } from './exportable';

const lost: Unresolved = {
  key: entityKey('unresolved', 'shop', 'lost'),
  kind: 'unresolved',
  expected: 'service',
  cause: 'missing',
  namespace: 'shop',
  name: 'lost',
};

const front = gateway('shop', 'front', ['to-cart']);
const cart = service('shop', 'cart');
const cartRouter = router('shop', 'cart', [
  { name: 'all', targets: [weighted('shop', 'cart-v1', 3, 0.75), weighted('shop', 'cart-v2', 1, 0.25)] },
  { name: 'canary', targets: [] },
]);
const v1 = meshNode('shop', 'cart-v1');
const v2 = meshNode('shop', 'cart-v2', 1, 2);
const bank = meshNode('pay', 'bank', 0, 0);

const NODES: readonly TopologyNode[] = [front, cart, cartRouter, v1, v2, bank, lost];
const row = front.rows[0]?.key;
const EDGES: readonly TopologyEdge[] = [
  edge('gateway-route', front.key, cart.key, row),
  edge('provider', cart.key, cartRouter.key),
  { ...edge('route-target', cartRouter.key, v1.key, 'all'), weight: 3, share: 0.75 },
  { ...edge('route-target', cartRouter.key, v2.key, 'all'), weight: 1, share: 0.25 },
  edge('backend', v1.key, lost.key),
  edge('backend', v1.key, bank.key),
];

/** Cards in columns, in the order of `nodes`. */
const placesOf = (ids: readonly string[]): Positions =>
  Object.fromEntries(ids.map((id, n) => [id, { x: (n % 4) * 420, y: Math.floor(n / 4) * 300 }]));

const { key: _, kind: __, ...base } = v1;

/** What an export of these nodes is made from. */
export function exportable(
  nodes: readonly TopologyNode[] = NODES,
  edges: readonly TopologyEdge[] = EDGES,
  collapsed: readonly string[] = [],
): Exportable {
  const picture = {
    mesh: {
      ...base,
      key: meshKey('shop'),
      kind: 'mesh' as const,
      egress: 'deny' as const,
      controlPlane: 'live' as const,
      capabilities: {
        weightMin: 0,
        weightMax: 100,
        targetsPerRouteMax: 10,
        weightSumMax: 100,
        backendsEditable: true,
      },
    },
    nodes: new Map(nodes.map((node) => [node.key, node])),
    edges: new Map(edges.map((one) => [one.key, one])),
    findings: [],
    groups: new Map(),
    revision: { epoch: 'e', seq: 7 },
  };
  const graph = showGraph({
    view: applyView(picture, WHOLE_MESH),
    cards: picture.nodes.size,
    findings: picture.findings,
    ghosts: new Map(),
    shows: () => true,
    dims: () => false,
    collapsed,
  });
  return {
    source: 'sandbox',
    mesh: 'shop',
    picture,
    graph,
    positions: placesOf([...graph.cards.map(({ node }) => node.key), ...graph.marks.map(({ id }) => id)]),
    visible: undefined,
  };
}
