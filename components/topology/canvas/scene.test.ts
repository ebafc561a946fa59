import { describe, expect, it } from 'vitest';
import type { Mark } from '@/lib/client/changes-marks';
import type { EntityKey } from '@/lib/mesh/keys';
import { applyView } from '@/lib/mesh/view/apply-view';
import { WHOLE_MESH } from '@/lib/mesh/view/spec';
import { edge, gateway, meshNode, router, service } from '../fixtures';
import { markId, showGraph } from '../shown-graph';
import { neighbourhood } from './neighbours';
import { EDGE_STYLES, FLAGS, KINDS, paintSceneOf } from './paint-types';
import { buildScene, itemAt } from './scene';
import { trailIn } from './trail';

const front = gateway('shop', 'front', []);
const cart = service('shop', 'cart');
const cartRouter = router('shop', 'cart', [{ name: 'all' }]);
const [v1, v2] = [meshNode('shop', 'cart-v1'), meshNode('shop', 'cart-v2')];
const bank = service('pay', 'bank');
const bankNode = meshNode('pay', 'bank-v1');
const nodes = [front, cart, cartRouter, v1, v2, bank, bankNode];
const edges = [
  edge('gateway-route', front.key, cart.key),
  edge('provider', cart.key, cartRouter.key),
  edge('route-target', cartRouter.key, v1.key, 'all'),
  edge('route-target', cartRouter.key, v2.key, 'all'),
  edge('backend', v1.key, bank.key),
  edge('provider', bank.key, bankNode.key),
];

function sceneOf(collapsed: string[] = [], without: string[] = []) {
  const input = {
    nodes: new Map(nodes.map((node) => [node.key, node])),
    edges: new Map(edges.map((each) => [each.key, each])),
    findings: [],
  };
  const graph = showGraph({
    view: applyView(input, WHOLE_MESH),
    findings: [],
    cards: nodes.length,
    ghosts: new Map(),
    shows: () => true,
    dims: () => false,
    collapsed,
  });
  const ids = [...graph.cards.map(({ node }) => node.key), ...graph.marks.map(({ id }) => id)];
  const placed = ids.filter((id) => !without.includes(id));
  return buildScene(graph, Object.fromEntries(placed.map((id, n) => [id, { x: n * 400, y: 0 }])));
}

const named = (scene: ReturnType<typeof sceneOf>, indexes: Iterable<number>) =>
  [...indexes].map((index) => scene.items[index]?.id).sort();

describe('the scene', () => {
  it('has every placed card, every edge between them, and boxes round their groups', () => {
    const scene = sceneOf();
    expect(scene.items).toHaveLength(nodes.length);
    expect(scene.edges).toHaveLength(edges.length);
    expect(scene.groups.map(({ name, cards }) => [name, cards])).toEqual([
      ['shop', 5],
      ['pay', 2],
    ]);
    for (const { x, y, width, height } of [...scene.items, ...scene.groups]) {
      expect(scene.bounds?.x).toBeLessThanOrEqual(x);
      expect(scene.bounds?.y).toBeLessThanOrEqual(y);
      expect((scene.bounds?.x ?? 0) + (scene.bounds?.width ?? 0)).toBeGreaterThanOrEqual(x + width);
      expect((scene.bounds?.y ?? 0) + (scene.bounds?.height ?? 0)).toBeGreaterThanOrEqual(y + height);
    }
  });

  it('leaves out a card that has no place yet, and its edges', () => {
    const scene = sceneOf([], [v2.key]);
    expect(scene.items).toHaveLength(nodes.length - 1);
    expect(scene.edges).toHaveLength(edges.length - 1);
  });

  it('finds the card under a point, and nothing beside it', () => {
    const scene = sceneOf();
    expect(itemAt(scene, { x: 405, y: 10 })?.id).toBe(scene.items[1]?.id);
    expect(itemAt(scene, { x: 390, y: 10 })).toBeUndefined();
  });
});

describe('the neighbourhood', () => {
  it('leads through services and routers to who answers and who calls, and no further', () => {
    const scene = sceneOf();
    const around = neighbourhood(scene, scene.indexOf.get(cart.key) ?? -1);
    expect(named(scene, around.items)).toEqual([front.key, cart.key, cartRouter.key, v1.key, v2.key].sort());
    expect(around.edges).toHaveLength(4);
  });

  it('of a node are its callers and the nodes behind its backends', () => {
    const scene = sceneOf();
    const around = neighbourhood(scene, scene.indexOf.get(v1.key) ?? -1);
    expect(named(scene, around.items)).toEqual(
      [front.key, cart.key, cartRouter.key, v1.key, bank.key, bankNode.key].sort(),
    );
  });
});

describe('what the painter gets', () => {
  it('names the kind of every item and the style of every edge', () => {
    const scene = sceneOf(['pay']);
    const painted = paintSceneOf(scene);
    const kinds = Object.fromEntries(scene.items.map(({ id }, n) => [id, KINDS[painted.kinds[n] ?? -1]]));
    expect(kinds[markId('pay')]).toBe('mark');
    expect(kinds[cartRouter.key]).toBe('router');
    expect([...painted.styles].map((code) => EDGE_STYLES[code])).toContain('provider');
    expect(painted.styles).toHaveLength(scene.edges.length);
    expect(painted.ends).toHaveLength(scene.edges.length * 4);
  });

  it('marks what changed, a collapsed group by what is inside it', () => {
    const scene = sceneOf(['pay']);
    const changed = { level: 4, at: 0, compared: undefined } as const;
    const marks = new Map<EntityKey, Mark>([
      [v1.key, changed],
      [bank.key, changed],
      [cart.key, { ...changed, compared: 'added' }],
    ]);
    const { flags } = paintSceneOf(scene, undefined, marks);
    const marked = scene.items.flatMap(({ id }, n) => {
      const bits = (flags[n] ?? 0) & (FLAGS.changed | FLAGS.added | FLAGS.removed);
      return bits === 0 ? [] : [[id, bits]];
    });
    expect(Object.fromEntries(marked)).toEqual({
      [v1.key]: FLAGS.changed,
      [markId('pay')]: FLAGS.changed,
      [cart.key]: FLAGS.added,
    });
  });
});

describe('the way of a request', () => {
  const way = [
    { source: front.key, target: cart.key },
    { source: cart.key, target: cartRouter.key },
    { source: cartRouter.key, row: 'all', target: v2.key },
  ];
  const edgesOf = (scene: ReturnType<typeof sceneOf>, at: number[]) =>
    at.map(
      (index) => `${scene.edges[index]?.shown.source ?? ''} → ${scene.edges[index]?.shown.target ?? ''}`,
    );

  it('is its cards and the edges it passes, and none beside', () => {
    const scene = sceneOf();
    const { items, edges: passed } = trailIn(scene, way);
    expect(named(scene, items)).toEqual([cart.key, cartRouter.key, front.key, v2.key].sort());
    expect(edgesOf(scene, passed)).toEqual(way.map(({ source, target }) => `${source} → ${target}`));
  });

  it('is what of it stands on the canvas', () => {
    const scene = sceneOf(['shop']);
    expect(trailIn(scene, way)).toEqual({ items: [], edges: [] });
  });
});
