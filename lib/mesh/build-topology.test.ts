import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from './build-topology';
import { findFindings } from './findings';
import {
  gateway,
  gatewayRoute,
  group,
  malformed,
  modelOf,
  node,
  NOW,
  route,
  router,
  service,
  to,
  weighted,
} from './fixtures';
import type { EntityKey } from './keys';
import type { Entity, Target } from './model';
import type { Topology } from './topology';

const draw = (...entities: Entity[]) => buildTopology(modelOf(entities));
const nodeOf = (topology: Topology, key: string) => topology.nodes.find((each) => each.key === key);

describe('an edge', () => {
  it('goes from a gateway to the service of each of its routes, out of its row', () => {
    const { edges } = draw(
      gateway('edge'),
      gatewayRoute('web', to('gateway', 'edge'), to('service', 'cart'), { targetPort: 80 }),
      service('cart', { kind: 'none' }),
    );
    expect(edges).toMatchObject([
      {
        key: 'gateway-route|gateway:shop/edge|gatewayRoute:shop/web|service:shop/cart|0',
        kind: 'gateway-route',
        source: 'gateway:shop/edge',
        row: 'gatewayRoute:shop/web',
        target: 'service:shop/cart',
        port: 80,
        declared: true,
        observed: 'unknown',
      },
    ]);
  });

  it('goes from a service to its provider, router or node', () => {
    const { edges } = draw(
      service('a', { kind: 'router', target: to('router', 'r') }),
      service('b', { kind: 'node', target: to('node', 'n') }),
      service('c', { kind: 'none' }),
    );
    expect(edges.map(({ kind, source, target }) => [kind, source, target])).toEqual([
      ['provider', 'service:shop/a', 'router:shop/r'],
      ['provider', 'service:shop/b', 'node:shop/n'],
    ]);
  });

  it('goes from a route to each target with its weight, share and port', () => {
    const targets = [
      { ...weighted(to('node', 'a'), 3, 80), share: 0.75 },
      { ...weighted(to('node', 'b'), 1), share: 0.25 },
    ];
    const { edges } = draw(router('cart', [route('all', { targets })]), node('a'), node('b'));
    expect(edges).toMatchObject([
      { kind: 'route-target', row: 'all', target: 'node:shop/a', weight: 3, share: 0.75, port: 80 },
      { kind: 'route-target', row: 'all', target: 'node:shop/b', weight: 1, share: 0.25 },
    ]);
    expect(edges[1]).not.toHaveProperty('port');
  });

  it('stands for every route and every repeated target, each with a key of its own', () => {
    const twice = [weighted(to('node', 'a'), 1, 80), weighted(to('node', 'a'), 2, 81)];
    const { edges } = draw(router('cart', [route('x', { targets: twice }), route('y')]), node('a'));
    expect(edges.map(({ key }) => key)).toEqual([
      'route-target|router:shop/cart|x|node:shop/a|0',
      'route-target|router:shop/cart|x|node:shop/a|1',
      'route-target|router:shop/cart|y|node:shop/a|0',
    ]);
    expect(edges.map(({ weight }) => weight)).toEqual([1, 2, 1]);
  });

  it('goes from a node to its backends, and names the group one comes from', () => {
    const viaGroup = to('backendGroup', 'g').key;
    const { edges } = draw(
      node('a', [to('service', 's'), { ...to('service', 't'), viaGroup }], {
        backendGroups: [to('backendGroup', 'g')],
      }),
      service('s', { kind: 'none' }),
      service('t', { kind: 'none' }),
      group('g', [to('service', 't')]),
    );
    expect(edges).toMatchObject([
      { kind: 'backend', target: 'service:shop/s' },
      { target: 'service:shop/t', viaGroup },
    ]);
    expect(edges[0]).not.toHaveProperty('viaGroup');
  });
});

describe('what is named and not held', () => {
  it.each([
    ['missing', 'missing', 'node:shop/a'],
    ['otherMesh', 'otherMesh', 'node:shop/a'],
    ['foreign', 'foreign', 'unresolved:/mesh/shop/node/a'],
  ] as const)('is drawn as what it is: %s', (resolution, cause, key) => {
    const target = weighted(to('node', 'a', resolution));
    const topology = draw(router('cart', [route('all', { targets: [target] })]));
    expect(nodeOf(topology, key)).toMatchObject({ kind: 'unresolved', expected: 'node', cause, name: 'a' });
    expect(topology.edges).toMatchObject([{ target: key }]);
  });

  it.each([
    ['service', node('a', [to('service', 'x', 'missing')])],
    ['router', service('s', { kind: 'router', target: to('router', 'x', 'missing') })],
    ['node', service('s', { kind: 'node', target: to('node', 'x', 'missing') })],
    ['gateway', gatewayRoute('r', to('gateway', 'x', 'missing'), to('service', 's', 'unset'))],
  ] as const)('was expected to be a %s', (expected, entity) => {
    expect(nodeOf(draw(entity), `${expected}:shop/x`)).toMatchObject({ kind: 'unresolved', expected });
  });

  it('is drawn once, however often it is named', () => {
    const { nodes, edges } = draw(
      node('a', [to('service', 'x', 'missing')]),
      node('b', [to('service', 'x', 'missing')]),
    );
    expect(nodes.filter(({ kind }) => kind === 'unresolved')).toHaveLength(1);
    expect(edges).toHaveLength(2);
  });

  it('is nothing where a reference is empty', () => {
    const { nodes, edges } = draw(node('a', [to('service', '', 'unset')]));
    expect([nodes.length, edges.length]).toEqual([1, 0]);
  });

  it('is a gateway without a name where a route names none', () => {
    const lost = gatewayRoute('r', to('gateway', '', 'unset'), to('service', 's', 'missing'));
    const topology = draw(lost);
    expect(nodeOf(topology, 'unresolved:shop/?')).toMatchObject({
      expected: 'gateway',
      name: '?',
      namespace: 'shop',
    });
    expect(topology.edges).toMatchObject([{ source: 'unresolved:shop/?', target: 'service:shop/s' }]);
  });
});

describe('a node', () => {
  it('that cannot be read is drawn as that, and edges lead to it', () => {
    const key = to('node', 'a').key;
    const odd = malformed(key, 'spec.listeners');
    const topology = buildTopology(modelOf([router('cart', [route('all')])], { malformed: [odd] }));
    expect(nodeOf(topology, key)).toBe(odd);
    expect(topology.edges).toMatchObject([{ target: key }]);
  });

  it('of a gateway holds its routes in the order they are tried', () => {
    const from = to('gateway', 'edge');
    const at = (name: string, priority?: number) =>
      gatewayRoute(name, from, to('service', 's', 'missing'), priority === undefined ? {} : { priority });
    const topology = draw(at('b'), at('last', 9), gateway('edge'), at('a'), at('first', 0));
    const card = nodeOf(topology, from.key);
    expect(card?.kind === 'gateway' && card.rows.map(({ ref }) => ref.name)).toEqual([
      'first',
      'last',
      'a',
      'b',
    ]);
  });

  it('is not drawn for gateway routes and groups in use, which are parts of others', () => {
    const using = node('a', [], { backendGroups: [to('backendGroup', 'g')] });
    const lost = gatewayRoute('r', to('gateway', 'g'), to('service', 's'));
    const { nodes } = draw(lost, group('g', [to('service', 's')]), using);
    expect(nodes.map(({ key }) => key)).toEqual(['node:shop/a', 'gateway:shop/g', 'service:shop/s']);
  });

  it('is drawn for a group that no node uses, with an edge to each member', () => {
    const { nodes, edges } = draw(group('g', [to('service', 's'), to('service', 'gone', 'missing')]));
    expect(nodes).toMatchObject([
      { kind: 'backendGroup' },
      { kind: 'unresolved', key: 'service:shop/s' },
      { kind: 'unresolved', key: 'service:shop/gone' },
    ]);
    expect(edges.map(({ kind, target }) => [kind, target])).toEqual([
      ['member', 'service:shop/s'],
      ['member', 'service:shop/gone'],
    ]);
  });

  it('keeps the gateway routes of a gateway that is not there, or cannot be read', () => {
    const from = to('gateway', 'g');
    const lost = gatewayRoute('r', from, to('service', 's'));
    const odd = malformed(from.key, 'spec');
    const rowsOf = (topology: Topology) => {
      const card = nodeOf(topology, from.key);
      return card && 'rows' in card ? card.rows?.map(({ key }) => key) : undefined;
    };
    expect(rowsOf(draw(lost))).toEqual([lost.key]);
    expect(rowsOf(buildTopology(modelOf([lost], { malformed: [odd] })))).toEqual([lost.key]);
  });
});

describe('drawing again', () => {
  it('gives the same objects for what did not change', () => {
    const build = (weight: number) =>
      modelOf([
        gateway('edge'),
        gatewayRoute('r', to('gateway', 'edge'), to('service', 's')),
        service('s', { kind: 'router', target: to('router', 'cart') }),
        router('cart', [route('all', { targets: [weighted(to('node', 'a'), weight)] })]),
      ]);
    const before = buildTopology(build(1));
    const same = buildTopology(build(1), before);
    same.nodes.forEach((each, i) => expect(each).toBe(before.nodes[i]));
    same.edges.forEach((each, i) => expect(each).toBe(before.edges[i]));
    const after = buildTopology(build(2), before);
    const changed = [...after.nodes, ...after.edges].filter(
      (each) => ![...before.nodes, ...before.edges].some((old) => old === each),
    );
    expect(changed).toMatchObject([{ key: 'router:shop/cart' }, { kind: 'route-target' }]);
  });
});

const NAMES = ['a', 'b', 'c'];
const RESOLUTIONS = ['ok', 'missing', 'otherMesh', 'foreign', 'unset'] as const;
const reference = (kind: 'node' | 'service' | 'router' | 'gateway') =>
  fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...RESOLUTIONS))
    .map(([name, resolution]) => to(kind, name, resolution));
const references = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
const name = fc.constantFrom(...NAMES);

const anyEntity: fc.Arbitrary<Entity> = fc.oneof(
  fc.tuple(name, references(reference('service'))).map(([own, backends]) => node(own, backends)),
  fc.tuple(name, references(references(reference('node')))).map(([own, routes]) =>
    router(
      own,
      routes.map((targets) => route('r', { targets: targets.map((each) => weighted(each)) })),
    ),
  ),
  fc.tuple(name, reference('router')).map(([own, target]) => service(own, { kind: 'router', target })),
  fc
    .tuple(name, reference('gateway'), reference('service'))
    .map(([own, from, target]) => gatewayRoute(own, from, target)),
  name.map((own) => gateway(own)),
  fc.tuple(name, references(reference('service'))).map(([own, members]) => group(own, members)),
);

/** Every drawn reference of an entity, with the end of the edge it is owed. */
function owed(entity: Entity): { source: EntityKey; target: Target }[] {
  switch (entity.kind) {
    case 'node':
      return entity.backends.map((target) => ({ source: entity.key, target }));
    case 'router':
      return entity.routes.flatMap(({ targets }) =>
        targets.map((target) => ({ source: entity.key, target })),
      );
    case 'service':
      return entity.provider.target ? [{ source: entity.key, target: entity.provider.target }] : [];
    case 'gatewayRoute':
      return [{ source: entity.gateway.key, target: entity.target }];
    case 'backendGroup':
      return entity.members.map((target) => ({ source: entity.key, target }));
    case 'gateway':
      return [];
  }
}

describe('any mesh', () => {
  it('has an edge or a finding for every reference, and no edge into the void', () => {
    fc.assert(
      fc.property(fc.array(anyEntity, { maxLength: 8 }), (entities) => {
        const model = modelOf(entities);
        const { nodes, edges } = buildTopology(model);
        const findings = findFindings(model, NOW);
        const drawn = new Set<string>(nodes.map(({ key }) => key));
        for (const { source, target } of edges) {
          expect(drawn).toContain(source);
          expect(drawn).toContain(target);
        }
        const wanted = [...model.entities.values()].flatMap((entity) =>
          owed(entity).map((each) => ({ ...each, subject: entity.key })),
        );
        for (const { source, target, subject } of wanted) {
          const count = (list: { source: EntityKey; target: EntityKey | Target }[]) =>
            list.filter((each) => {
              const key = typeof each.target === 'string' ? each.target : each.target.key;
              return each.source === source && key === target.key;
            }).length;
          if (target.resolution === 'unset')
            expect(findings.filter((each) => each.code === 'MD104').map((each) => each.subject)).toContain(
              subject,
            );
          else expect(count(edges)).toBe(count(wanted));
        }
        expect(new Set(edges.map(({ key }) => key)).size).toBe(edges.length);
        expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
      }),
      { numRuns: 200 },
    );
  });
});
