import { describe, expect, it } from 'vitest';
import { gateway, gatewayRoute, malformed, modelOf, node, router, service, to } from '../fixtures';
import { buildTopology } from '../build-topology';
import type { EntityKey } from '../keys';
import { entityKey, gatewayKey, nodeKey, routerKey, serviceKey } from '../keys';
import { applyView } from './apply-view';
import { inputOf, routes } from './fixtures';
import type { ViewInput, ViewSpec } from './spec';
import { WHOLE_MESH } from './spec';

const n = (name: string) => nodeKey('shop', name);
const s = (name: string) => serviceKey('shop', name);
const r = (name: string) => routerKey('shop', name);

/** edge → web → (90/10) → web-v1, web-v2; both call cart, which cart-v1 answers for. */
const SHOP = [
  gateway('edge'),
  gatewayRoute('all', to('gateway', 'edge'), to('service', 'web')),
  service('web', { kind: 'router', target: to('router', 'web') }),
  routes('web', [
    [to('node', 'web-v1'), 90],
    [to('node', 'web-v2'), 10],
  ]),
  node('web-v1', [to('service', 'cart')]),
  node('web-v2', [to('service', 'cart')]),
  service('cart', { kind: 'node', target: to('node', 'cart-v1') }),
  node('cart-v1'),
];

const view = (spec: Partial<ViewSpec>, input: ViewInput = inputOf(SHOP)) =>
  applyView(input, { ...WHOLE_MESH, ...spec });
const arrows = (shown: ReturnType<typeof view>) =>
  shown.edges.map(({ kind, source, target, share }) =>
    [kind, source, target, ...(share === undefined ? [] : [share])].join(' '),
  );

describe('the full layer', () => {
  it('is the mesh itself', () => {
    const input = inputOf(SHOP);
    const shown = applyView(input, WHOLE_MESH);
    expect(shown.nodes).toBe(input.nodes);
    expect(shown.edges.map(({ edge }) => edge)).toEqual([...input.edges.values()]);
    expect(shown.why.size).toBe(0);
  });
});

describe('the services layer', () => {
  it('folds routers into edges that tell the share', () => {
    const shown = view({ layer: 'services' });
    expect(arrows(shown)).toEqual([
      'gateway-route gateway:shop/edge service:shop/web',
      'routed service:shop/web node:shop/web-v1 0.9',
      'routed service:shop/web node:shop/web-v2 0.1',
      'backend node:shop/web-v1 service:shop/cart',
      'backend node:shop/web-v2 service:shop/cart',
      'provider service:shop/cart node:shop/cart-v1',
    ]);
    expect(shown.hidden).toMatchObject({ layer: 1 });
    expect(shown.why.get(r('web'))).toBe('layer');
    expect(shown.edges[1]).toMatchObject({ through: [r('web')], routes: 1 });
    expect(shown.edges[1]?.parts).toHaveLength(2);
    expect(shown.edges[1]?.last).toEqual([expect.stringMatching(/^route-target\|/)]);
    expect(shown.edges[1]?.route).toEqual({ router: r('web'), row: 'r0' });
  });

  it('keeps the largest share of several routes and counts them', () => {
    const input = inputOf([
      service('web', { kind: 'router', target: to('router', 'web') }),
      routes(
        'web',
        [
          [to('node', 'web-v1'), 90],
          [to('node', 'web-v2'), 10],
        ],
        [[to('node', 'web-v2'), 1]],
      ),
      node('web-v1'),
      node('web-v2'),
    ]);
    const { edges } = view({ layer: 'services' }, input);
    expect(edges).toMatchObject([
      { target: n('web-v1'), share: 0.9, routes: 1 },
      { target: n('web-v2'), share: 1, routes: 2 },
    ]);
  });

  it('adds up a target that stands in one route twice', () => {
    const input = inputOf([
      service('web', { kind: 'router', target: to('router', 'web') }),
      routes('web', [
        [to('node', 'a'), 1],
        [to('node', 'a'), 2],
        [to('node', 'b'), 1],
      ]),
      node('a'),
      node('b'),
    ]);
    expect(view({ layer: 'services' }, input).edges).toMatchObject([
      { target: n('a'), share: 0.75, routes: 1 },
      { target: n('b'), share: 0.25, routes: 1 },
    ]);
  });

  it('leaves a router drawn that leads nowhere, and one that was asked for', () => {
    const dead = [service('web', { kind: 'router', target: to('router', 'web') }), router('web', [])];
    expect([...view({ layer: 'services' }, inputOf(dead)).nodes.keys()]).toContain(r('web'));
    const focus = { around: [r('web')], up: 1, down: 1 };
    expect(arrows(view({ layer: 'services', focus }))).toEqual([
      'provider service:shop/web router:shop/web',
      'route-target router:shop/web node:shop/web-v1 0.9',
      'route-target router:shop/web node:shop/web-v2 0.1',
    ]);
  });

  it('lets the service tell what is found about its router', () => {
    const input = inputOf([
      service('web', { kind: 'router', target: to('router', 'web') }),
      routes('web', [[to('node', 'a'), 0]]),
      node('a'),
    ]);
    expect(input.findings.map(({ code }) => code)).toEqual(['MD202']);
    const shown = view({ layer: 'services', hide: ['healthy'] }, input);
    expect([...shown.nodes.keys()]).toEqual([s('web')]);
    expect(shown.carried.get(s('web'))).toEqual([r('web')]);
  });
});

describe('the calls layer', () => {
  it('leads from who calls to who answers', () => {
    const shown = view({ layer: 'calls' });
    expect(arrows(shown)).toEqual([
      'call gateway:shop/edge node:shop/web-v1 0.9',
      'call gateway:shop/edge node:shop/web-v2 0.1',
      'call node:shop/web-v1 node:shop/cart-v1',
      'call node:shop/web-v2 node:shop/cart-v1',
    ]);
    expect(shown.edges[0]).toMatchObject({ through: [s('web'), r('web')], row: 'gatewayRoute:shop/all' });
    expect(shown.hidden.layer).toBe(3);
  });

  it('draws one edge for several services that one node answers for', () => {
    const input = inputOf([
      node('a', [to('service', 'x'), to('service', 'y')]),
      service('x', { kind: 'router', target: to('router', 'x') }),
      service('y', { kind: 'node', target: to('node', 'b') }),
      routes('x', [
        [to('node', 'b'), 1],
        [to('node', 'c'), 1],
      ]),
      node('b'),
      node('c'),
    ]);
    expect(view({ layer: 'calls' }, input).edges).toMatchObject([
      // All of y and half of x: no one share.
      { target: n('b'), through: [s('x'), r('x'), s('y')], share: undefined, routes: 1 },
      { target: n('c'), through: [s('x'), r('x')], share: 0.5, routes: 1 },
    ]);
  });

  it('keeps drawn what no edge could tell of: a service without provider, a reference into the void', () => {
    const input = inputOf([
      node('a', [to('service', 'x'), to('service', 'gone', 'missing')]),
      service('x', { kind: 'none' }),
    ]);
    const shown = view({ layer: 'calls' }, input);
    expect([...shown.nodes.keys()]).toEqual([n('a'), s('x'), s('gone')]);
    expect(shown.edges).toHaveLength(2);
  });
});

describe('a focus', () => {
  const focus = (up: number, down: number) => [
    ...view({ focus: { around: [s('web')], up, down } }).nodes.keys(),
  ];

  it('goes as many edges up and down as asked', () => {
    expect(focus(0, 0)).toEqual([s('web')]);
    expect(focus(1, 0)).toEqual([gatewayKey('shop', 'edge'), s('web')]);
    expect(focus(0, 2)).toEqual([s('web'), r('web'), n('web-v1'), n('web-v2')]);
    expect(focus(9, 9)).toHaveLength(7);
  });

  it('is dropped and said where what it is about has gone', () => {
    const shown = view({ focus: { around: [s('gone')], up: 1, down: 1 } });
    expect(shown.problem).toBe('focusGone');
    expect(shown.why.size).toBe(0);
  });
});

describe('a path', () => {
  const path = (from: EntityKey, to: EntityKey) => view({ path: { from, to } });

  it('is every entity on a shortest way', () => {
    expect([...path(s('web'), s('cart')).nodes.keys()]).toEqual([
      s('web'),
      r('web'),
      n('web-v1'),
      n('web-v2'),
      s('cart'),
    ]);
  });

  it('is found from whichever end leads to the other', () => {
    expect([...path(s('cart'), s('web')).nodes.keys()]).toEqual([...path(s('web'), s('cart')).nodes.keys()]);
  });

  it('says when there is none, and shows both ends', () => {
    const shown = path(n('web-v1'), n('web-v2'));
    expect(shown.problem).toBe('noPath');
    expect([...shown.nodes.keys()]).toEqual([n('web-v1'), n('web-v2')]);
    expect(shown.hidden.path).toBe(5);
  });

  it('visits a mesh of diamonds once', () => {
    const layers = 400;
    const mesh = Array.from({ length: layers }, (_, i) => [
      ...['l', 'r'].map((side) => node(`${side}${i}`, i + 1 < layers ? [to('service', `s${i + 1}`)] : [])),
      service(`s${i}`, { kind: 'router', target: to('router', `s${i}`) }),
      routes(`s${i}`, [
        [to('node', `l${i}`), 1],
        [to('node', `r${i}`), 1],
      ]),
    ]).flat();
    const shown = view({ path: { from: s('s0'), to: s(`s${layers - 1}`) } }, inputOf(mesh, []));
    expect(shown.nodes.size).toBe(4 * (layers - 1) + 1);
  });
});

describe('hiding', () => {
  it('takes away what nothing can be sent along', () => {
    const input = inputOf([
      routes('web', [
        [to('node', 'a'), 1],
        [to('node', 'parked'), 0],
      ]),
      node('a'),
      node('parked'),
      node('alone'),
    ]);
    const shown = view({ hide: ['idle'] }, input);
    expect([...shown.nodes.keys()]).toEqual([r('web'), n('a')]);
    expect(shown.hidden.idle).toBe(2);
  });

  it('takes away what others hold, and never what is missing', () => {
    const input = inputOf([
      node('a', [
        to('service', 'gone', 'missing'),
        to('service', 'theirs', 'otherMesh'),
        to('service', 'arn', 'foreign'),
      ]),
    ]);
    const shown = view({ hide: ['external'] }, input);
    expect([...shown.nodes.keys()]).toEqual([n('a'), s('gone')]);
    expect(shown.edges).toHaveLength(1);
  });

  it('takes away what is sound, and leaves every finding something that shows it', () => {
    const pods = { owners: [], total: 3, ready: 2, withProxy: 3, withoutProxy: 0 };
    const input = inputOf([...SHOP, node('slow', [], { workload: pods })]);
    expect([...view({ hide: ['healthy'] }, input).nodes.keys()]).toEqual([n('slow')]);
  });

  it('keeps an object that cannot be read', () => {
    const model = modelOf([], { malformed: [malformed(n('odd'), 'spec')] });
    const { nodes } = buildTopology(model);
    const input = { nodes: new Map(nodes.map((each) => [each.key, each])), edges: new Map(), findings: [] };
    expect(view({ hide: ['idle', 'external', 'healthy'] }, input).nodes.size).toBe(1);
  });
});

describe('what a mesh stands on', () => {
  const deployment = { kind: 'Deployment', namespace: 'shop', name: 'a', total: 2, ready: 2 };
  const workload = { owners: [deployment], total: 2, ready: 2, withProxy: 2, withoutProxy: 0 };
  const HOST = entityKey('host', '', 'api.example.com');
  const RUNS = entityKey('workload', 'shop', 'Deployment/a');
  const dns = { kind: 'dns' as const, hostname: 'API.example.com.' };
  const input = inputOf([
    node('a', [], { workload, kubernetesService: 'shop/a' }),
    node('b', [], { discovery: dns, beyond: 'host' }),
    node('c', [], { discovery: dns, beyond: 'host' }),
  ]);

  it('is drawn where it is outside, once for all that lead there', () => {
    const shown = view({}, input);
    expect([...shown.nodes.keys()]).toEqual([n('a'), n('b'), n('c'), HOST]);
    expect(shown.edges.map(({ kind, source, target }) => [kind, source, target])).toEqual([
      ['dns', n('b'), HOST],
      ['dns', n('c'), HOST],
    ]);
    expect(shown.hidden.workloads).toBe(2);
    expect(shown.why.get(RUNS)).toBe('workloads');
  });

  it('is drawn in whole on request', () => {
    const shown = view({ workloads: true }, input);
    expect(shown.nodes.get(RUNS)).toMatchObject({ ownerKind: 'Deployment', name: 'a', total: 2, ready: 2 });
    expect(shown.edges.filter(({ source }) => source === n('a')).map(({ kind }) => kind)).toEqual([
      'dns',
      'runs',
    ]);
    expect(shown.hidden.workloads).toBe(0);
  });

  it('does not keep a node from being an orphan or idle, and goes with it', () => {
    const shown = view({ workloads: true }, input);
    expect([...shown.orphans]).toEqual([n('a'), n('b'), n('c')]);
    expect(view({ workloads: true, hide: ['idle'] }, input).nodes.size).toBe(0);
  });

  it('is hidden with the last that stands on it, or as external', () => {
    const one = view({ focus: { around: [n('b')], up: 0, down: 0 } }, input);
    expect([...one.nodes.keys()]).toEqual([n('b')]);
    expect(one.hidden).toMatchObject({ focus: 3, workloads: 2 });
    expect(view({ hide: ['external'] }, input).why.get(HOST)).toBe('external');
  });

  it('is drawn where it was asked for by name', () => {
    const shown = view({ focus: { around: [RUNS], up: 1, down: 0 } }, input);
    expect([...shown.nodes.keys()]).toEqual([n('a'), RUNS]);
  });

  it('takes the larger count of two nodes that see different pods of one Deployment', () => {
    const fewer = { ...workload, owners: [{ ...deployment, total: 1, ready: 0 }] };
    const both = inputOf([node('x', [], { workload: fewer }), node('y', [], { workload })]);
    expect(view({ workloads: true }, both).nodes.get(RUNS)).toMatchObject({ total: 2 });
  });
});

describe('groups', () => {
  it('are namespaces, the values of a label, or none', () => {
    const input = inputOf([node('a', [], { labels: { team: 'pay' } }), node('b')]);
    const groups = (grouping: ViewSpec['grouping']) => {
      const { groupOf } = view({ grouping }, input);
      return [groupOf(n('a')), groupOf(n('b'))];
    };
    expect(groups({ by: 'namespace' })).toEqual(['shop', 'shop']);
    expect(groups({ by: 'label', label: 'team' })).toEqual(['pay', '']);
    expect(groups({ by: 'none' })).toEqual(['', '']);
  });
});
