import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import {
  gateway,
  gatewayRoute,
  group,
  malformed,
  modelOf,
  node,
  prefix,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import { entityKey } from '../keys';
import type { EntityKey } from '../keys';
import type { Entity, MeshModel, Route } from '../model';
import { heldModel } from './fixtures';
import { joinModels } from './index';
import type { Joined } from './index';

const key = (text: string) => text as EntityKey; // the tests' own names

/** gateway → service → router → two nodes, one of which calls a second service. */
const shop = (): Entity[] => [
  gateway('door', { awsName: 'door_shop' }),
  gatewayRoute('in', to('gateway', 'door'), to('service', 'cart'), { awsName: 'in_shop' }),
  service('cart', { kind: 'router', target: to('router', 'cart') }, { awsName: 'cart.shop' }),
  service('pay', { kind: 'node', target: to('node', 'b') }, { awsName: 'pay.shop' }),
  router(
    'cart',
    [
      route('all', {
        match: [prefix('/')],
        targets: [weighted(to('node', 'a'), 90), weighted(to('node', 'b'), 10)],
      }),
      route('beta', { priority: 1, match: [prefix('/beta')], targets: [weighted(to('node', 'b'), 1, 8080)] }),
    ],
    { awsName: 'cart_shop' },
  ),
  node('a', [to('service', 'pay')], { awsName: 'a_shop' }),
  node('b', [], { awsName: 'b_shop' }),
  group('all', [to('service', 'pay')]),
];

const declaredModel = (change: (entity: Entity) => Entity = (entity) => entity) =>
  modelOf(
    shop().map((entity) => change({ ...entity, ref: { ...entity.ref, arn: `arn-of-${entity.awsName}` } })),
  );

/** The model with one entity changed. */
function changed<K extends Entity['kind']>(
  model: MeshModel,
  kind: K,
  name: string,
  change: (entity: Extract<Entity, { kind: K }>) => Partial<Extract<Entity, { kind: K }>>,
): MeshModel {
  const at = entityKey(
    kind,
    [...model.entities.keys()].some((each) => each.includes(':shop/')) ? 'shop' : '',
    name,
  );
  const found = model.entities.get(at);
  if (found?.kind !== kind) throw new Error(`no ${at}`);
  const entity = found as Extract<Entity, { kind: K }>; // the kind was just compared
  return { ...model, entities: new Map(model.entities).set(at, { ...entity, ...change(entity) }) };
}

const changedRoute = (model: MeshModel, name: string, at: number, more: Partial<Route>) =>
  changed(model, 'router', name, ({ routes }) => ({
    routes: routes.map((each, i) => (i === at ? { ...each, ...more } : each)),
  }));

const codes = (drift: Joined['drift']) => drift.map(({ code, subject, details }) => [code, subject, details]);

describe('a mesh that was taken as it is declared', () => {
  const declared = declaredModel();
  const { model, drift } = joinModels(declared, [heldModel(declared)]);

  it('shows no drift, and nothing twice', () => {
    expect(drift).toEqual([]);
    expect([...model.entities.keys()]).toEqual([...declared.entities.keys()]);
    expect(buildTopology(model).edges).toEqual(buildTopology(declared).edges);
  });

  it('says of each object what the API holds', () => {
    expect(model.entities.get(key('router:shop/cart'))).toMatchObject({
      origin: 'kubernetes',
      taken: { uid: 'api-router/cart_shop', version: 1 },
      routes: [{ taken: { uid: 'api-route/cart_shop/all' } }, { taken: { uid: 'api-route/cart_shop/beta' } }],
    });
    expect(model.entities.get(key('backendGroup:shop/all'))).toMatchObject({ origin: 'kubernetes' });
    expect(model.mesh).toMatchObject({ key: 'mesh:/shop', taken: { uid: 'api-' } });
  });
});

describe('drift', () => {
  const declared = declaredModel();
  const held = heldModel(declared);

  it.each<[string, MeshModel, string, string]>([
    [
      'weights',
      changedRoute(held, 'cart_shop', 0, {
        targets: [weighted(to('node', 'a_shop'), 10), weighted(to('node', 'b_shop'), 90)].map((target) => ({
          ...target,
          awsName: target.name,
        })),
      }),
      'router:shop/cart',
      'routes.all.weights',
    ],
    ['a match', changedRoute(held, 'cart_shop', 1, { match: [] }), 'router:shop/cart', 'routes.beta.match'],
    [
      'a priority',
      changedRoute(held, 'cart_shop', 1, { priority: 3 }),
      'router:shop/cart',
      'routes.beta.priority',
    ],
    [
      'a retry policy',
      changedRoute(held, 'cart_shop', 0, {
        retry: { maxRetries: 1, perRetryTimeout: { amount: 1, unit: 's' }, events: [] },
      }),
      'router:shop/cart',
      'routes.all.retry',
    ],
    [
      'a target',
      changedRoute(held, 'cart_shop', 1, {
        targets: [{ ...weighted(to('node', 'c'), 1, 8080), awsName: 'c' }],
      }),
      'router:shop/cart',
      'routes.beta.targets',
    ],
    [
      'a route that only the API has',
      changed(held, 'router', 'cart_shop', ({ routes }) => ({ routes: [...routes, route('extra')] })),
      'router:shop/cart',
      'routes.extra',
    ],
    [
      'a route that the API has not',
      changed(held, 'router', 'cart_shop', ({ routes }) => ({ routes: routes.slice(0, 1) })),
      'router:shop/cart',
      'routes.beta',
    ],
    ['backends', changed(held, 'node', 'a_shop', () => ({ backends: [] })), 'node:shop/a', 'backends'],
    [
      'listeners and discovery',
      changed(held, 'node', 'b_shop', () => ({
        listeners: [{ port: 1, protocol: 'tcp', healthCheck: false, outlierDetection: false }],
        discovery: { kind: 'dns', hostname: 'x' },
      })),
      'node:shop/b',
      'listeners, discovery',
    ],
    [
      'a provider',
      changed(held, 'service', 'cart.shop', () => ({ provider: { kind: 'none' } })),
      'service:shop/cart',
      'provider',
    ],
    [
      'a gateway route',
      changed(held, 'gatewayRoute', 'door_shop/in_shop', () => ({
        match: [prefix('/x')],
        rewrite: ['prefix → /'],
      })),
      'gatewayRoute:shop/in',
      'match, rewrite',
    ],
    ['the egress filter', { ...held, mesh: { ...held.mesh, egress: 'allow' } }, 'mesh:/shop', 'egress'],
  ])('names %s', (_, taken, subject, fields) => {
    expect(codes(joinModels(declared, [taken]).drift)).toEqual([['MD510', subject, { fields, version: 1 }]]);
  });

  it.each(['pending', 'deleting'] as const)('says nothing of an object that is %s', (acceptance) => {
    const waiting = declaredModel((entity) => ({ ...entity, acceptance }));
    const taken = changed(held, 'node', 'a_shop', () => ({ backends: [] }));
    const without = new Map(taken.entities);
    without.delete(key('node:/b_shop'));
    expect(joinModels(waiting, [{ ...taken, entities: without }]).drift).toEqual([]);
  });

  it('names what was accepted and is not held', () => {
    const without = new Map(held.entities);
    without.delete(key('node:/b_shop'));
    expect(codes(joinModels(declared, [{ ...held, entities: without }]).drift)).toEqual([
      ['MD511', 'node:shop/b', { arn: 'arn-of-b_shop' }],
    ]);
    // Where nodes were not all read, it may be there.
    expect(joinModels(declared, [{ ...held, entities: without, unread: ['node'] }]).drift).toEqual([]);
    // And without an API there is nothing to compare with.
    expect(joinModels(declared, []).drift).toEqual([]);
  });

  it('does not miss backends in another order', () => {
    const two = changed(declared, 'node', 'a', () => ({
      backends: [to('service', 'pay'), to('service', 'cart')],
    }));
    const taken = heldModel(two);
    const turned = changed(taken, 'node', 'a_shop', ({ backends }) => ({
      backends: [...backends].reverse(),
    }));
    expect(joinModels(two, [turned]).drift).toEqual([]);
  });

  it('concludes nothing from a reference that leads nowhere', () => {
    const broken = changed(declared, 'node', 'a', () => ({ backends: [to('service', 'gone', 'missing')] }));
    expect(joinModels(broken, [held]).drift).toEqual([]);
  });
});

describe('what only the API knows', () => {
  const ARN = 'arn:aws:appmesh:eu-west-1:123456789012:mesh/shop/virtualService/billing.ecs';
  const arnTo = (name: string, more = {}) => ({
    ...to('service', name, 'foreign'),
    name,
    arn: ARN,
    key: entityKey('unresolved', '', ARN),
    ...more,
  });
  const ecs = (): Entity[] => [
    service('billing', { kind: 'node', target: to('node', 'billing') }, { awsName: 'billing.ecs' }),
    node('billing', [to('service', 'pay')], { awsName: 'billing' }),
  ];
  const whole = modelOf([...declaredModel().entities.values(), ...ecs()]);
  const declared = changed(declaredModel(), 'node', 'b', () => ({ backends: [arnTo('billing.ecs')] }));

  it('is in the model under its own key, with a note', () => {
    const { model, drift } = joinModels(declared, [heldModel(whole)]);
    expect(model.entities.get(key('node:/billing'))).toMatchObject({ origin: 'api', taken: { version: 1 } });
    expect(codes(drift)).toEqual([
      ['MD510', 'node:shop/b', { fields: 'backends', version: 1 }],
      ['MD512', 'service:/billing.ecs', expect.objectContaining({ name: 'billing.ecs' })],
      ['MD512', 'node:/billing', expect.objectContaining({ name: 'billing' })],
    ]);
  });

  it('is reached from the cluster by ARN, and reaches the cluster by name', () => {
    const { model } = joinModels(declared, [heldModel(whole)]);
    expect(model.entities.get(key('node:shop/b'))).toMatchObject({
      backends: [{ key: 'service:/billing.ecs', resolution: 'ok', arn: ARN }],
    });
    expect(model.entities.get(key('node:/billing'))).toMatchObject({
      backends: [
        { key: 'service:shop/pay', namespace: 'shop', name: 'pay', resolution: 'ok', awsName: 'pay.shop' },
      ],
    });
    expect(buildTopology(model).nodes.some(({ kind }) => kind === 'unresolved')).toBe(false);
  });

  it('is not reached by the ARN of another mesh, or of another kind', () => {
    const elsewhere = changed(declaredModel(), 'node', 'b', () => ({
      backends: [
        arnTo('billing.ecs', { arn: ARN.replace('mesh/shop/', 'mesh/other/') }),
        arnTo('billing.ecs', { arnUnfit: true }),
      ],
    }));
    const { model } = joinModels(elsewhere, [heldModel(whole)]);
    expect(model.entities.get(key('node:shop/b'))).toMatchObject({
      backends: [{ resolution: 'foreign' }, { resolution: 'foreign' }],
    });
  });

  it('is no news where the cluster was not read whole', () => {
    const { drift } = joinModels({ ...declaredModel(), unread: ['node'] }, [heldModel(whole)]);
    expect(drift.map(({ code, subject }) => [code, subject])).toEqual([['MD512', 'service:/billing.ecs']]);
  });

  it('may be held by a second API', () => {
    const rest = modelOf(ecs());
    const { model } = joinModels(declaredModel(), [
      heldModel(declaredModel()),
      heldModel(whole),
      heldModel(rest),
    ]);
    expect([...model.entities.values()].filter(({ origin }) => origin === 'api')).toHaveLength(2);
    expect(model.entities.get(key('node:/billing'))).toMatchObject({
      backends: [{ key: 'service:shop/pay' }],
    });
  });

  it('does not stand beside an object of the cluster that cannot be read', () => {
    const odd = { ...malformed(key('node:shop/billing'), 'spec.listeners'), awsName: 'billing' };
    const { model } = joinModels({ ...declaredModel(), malformed: [odd] }, [heldModel(whole)]);
    expect(model.entities.has(key('node:/billing'))).toBe(false);
    expect(model.entities.get(key('service:/billing.ecs'))).toMatchObject({
      provider: { target: { key: 'node:shop/billing' } },
    });
    const both = joinModels({ ...declaredModel(), malformed: [odd] }, [
      heldModel(declaredModel(), {
        malformed: [{ ...malformed(key('node:/billing'), 'spec'), awsName: 'billing' }],
      }),
    ]);
    expect(both.model.malformed.map((each) => each.key)).toEqual(['node:shop/billing']);
  });
});

describe('readings older than the object', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 5, 1, 12, 0, seconds));
  const readAt = (seconds: number) => at(seconds).toISOString();

  it('say nothing of a change that came after them', () => {
    const old = declaredModel();
    const first = joinModels(old, [heldModel(old, { readAt: readAt(0) })], undefined, at(1));
    const next = changedRoute(
      changed(old, 'router', 'cart', ({ ref }) => ({ ref: { ...ref, generation: 2 } })),
      'cart',
      1,
      { match: [] },
    );
    const stale = heldModel(old, { readAt: readAt(0) });
    const second = joinModels(next, [stale], first, at(5));
    expect(second.drift).toEqual([]);
    // The reading was under way when the object was accepted.
    const third = joinModels(next, [heldModel(old, { readAt: readAt(4) })], second, at(6));
    expect(third.drift).toEqual([]);
    const fourth = joinModels(next, [heldModel(old, { readAt: readAt(7) })], third, at(8));
    expect(codes(fourth.drift)).toEqual([
      ['MD510', 'router:shop/cart', { fields: 'routes.beta.match', version: 1 }],
    ]);
    expect(joinModels(next, [heldModel(next, { readAt: readAt(9) })], fourth, at(10)).drift).toEqual([]);
  });

  it('do not bring back what was deleted', () => {
    const old = declaredModel();
    const first = joinModels(old, [heldModel(old, { readAt: readAt(0) })], undefined, at(1));
    const without = new Map(old.entities);
    without.delete(key('gatewayRoute:shop/in'));
    const next = { ...old, entities: without };
    const second = joinModels(next, [heldModel(old, { readAt: readAt(0) })], first, at(5));
    expect([...second.model.entities.keys()]).toEqual([...without.keys()]);
    expect(second.drift).toEqual([]);
    // A later reading still holds it: then it is left over indeed.
    const third = joinModels(next, [heldModel(old, { readAt: readAt(6) })], second, at(7));
    expect(third.drift.map(({ code, subject }) => [code, subject])).toEqual([
      ['MD512', 'gatewayRoute:/door_shop/in_shop'],
    ]);
  });

  it('report at once what was there before', () => {
    const declared = declaredModel();
    const taken = changed(heldModel(declared), 'node', 'a_shop', () => ({ backends: [] }));
    const first = joinModels(declared, [{ ...taken, readAt: readAt(0) }], undefined, at(1));
    expect(first.drift).toHaveLength(1);
    expect(joinModels(declared, [{ ...taken, readAt: readAt(0) }], first, at(2)).drift).toEqual(first.drift);
  });
});

describe('a second joining', () => {
  it('gives the same objects for what is the same', () => {
    const declared = declaredModel();
    const first = joinModels(declared, [heldModel(declared)]);
    const second = joinModels(declaredModel(), [heldModel(declaredModel())], first);
    expect(second.model.mesh).toBe(first.model.mesh);
    for (const [at, entity] of second.model.entities) expect(entity).toBe(first.model.entities.get(at));
  });

  it('sees a change on either side', () => {
    const declared = declaredModel();
    const taken = heldModel(declared);
    const first = joinModels(declared, [taken]);
    const other = changed(taken, 'node', 'a_shop', () => ({
      backends: [],
      taken: { uid: 'x', arn: 'y', version: 2 },
    }));
    const second = joinModels(declared, [other], first);
    expect(codes(second.drift)).toEqual([['MD510', 'node:shop/a', { fields: 'backends', version: 2 }]]);
    expect(second.model.entities.get(key('node:shop/a'))).toMatchObject({ taken: { version: 2 } });
    const caughtUp = changed(declared, 'node', 'a', () => ({ backends: [] }));
    const third = joinModels(caughtUp, [other], second);
    expect(third.drift).toEqual([]);
    expect(third.model.entities.get(key('node:shop/b'))).toBe(first.model.entities.get(key('node:shop/b')));
  });

  it('is what a joining from nothing would be, whatever changed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.constantFrom('cluster', 'api'), fc.nat(2)), {
          maxLength: 6,
        }),
        (changes) => {
          let declared = declaredModel();
          let taken = heldModel(declared);
          let last = joinModels(declared, [taken]);
          for (const [name, side, many] of changes) {
            const backends = ['pay', 'cart'].slice(0, many);
            if (side === 'cluster')
              declared = changed(declared, 'node', name, () => ({
                backends: backends.map((each) => to('service', each)),
              }));
            else
              taken = changed(taken, 'node', `${name}_shop`, () => ({
                backends: backends.map((each) => ({
                  ...to('service', `${each}.shop`),
                  awsName: `${each}.shop`,
                })),
              }));
            last = joinModels(declared, [taken], last);
            expect(last).toEqual(joinModels(declared, [taken]));
          }
        },
      ),
    );
  });

  it('leaves what it is given as it was', () => {
    const declared = declaredModel();
    const taken = heldModel(declared);
    const copies = structuredClone([declared, taken]);
    joinModels(declared, [taken]);
    expect([declared, taken]).toEqual(copies);
  });
});

describe('any mesh, of which any part is declared', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const awsNames = {
    router: (n: string) => `${n}_shop`,
    node: (n: string) => `${n}_shop`,
    service: (n: string) => `${n}.shop`,
  };
  const anyMesh = fc
    .record({
      nodes: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 3 })),
      routers: fc.dictionary(
        name,
        fc.array(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
      ),
      services: fc.dictionary(
        name,
        fc.record({ kind: fc.constantFrom('router' as const, 'node' as const), name }),
      ),
    })
    .map(({ nodes, routers, services }) => {
      const target = (kind: 'node' | 'router' | 'service', to_: string) =>
        to(
          kind,
          to_,
          Object.hasOwn({ node: nodes, router: routers, service: services }[kind], to_) ? 'ok' : 'missing',
        );
      return modelOf([
        ...Object.entries(nodes).map(([each, calls]) =>
          node(
            each,
            calls.map((to_) => target('service', to_)),
            { awsName: awsNames.node(each) },
          ),
        ),
        ...Object.entries(routers).map(([each, routes]) =>
          router(
            each,
            routes.map((targets, i) =>
              route(`r${i}`, { targets: targets.map((to_) => weighted(target('node', to_))) }),
            ),
            { awsName: awsNames.router(each) },
          ),
        ),
        ...Object.entries(services).map(([each, provider]) =>
          service(
            each,
            { kind: provider.kind, target: target(provider.kind, provider.name) },
            { awsName: awsNames.service(each) },
          ),
        ),
      ]);
    });

  it('holds each thing once, and a reference of the API to it leads there', () => {
    fc.assert(
      fc.property(anyMesh, fc.infiniteStream(fc.boolean()), (whole, coins) => {
        const declared = {
          ...whole,
          entities: new Map([...whole.entities].filter(() => coins.next().value)),
        };
        const { model, drift } = joinModels(declared, [heldModel(whole)]);
        expect(model.entities.size).toBe(whole.entities.size);
        const names = [...model.entities.values()].map(({ kind, awsName }) => `${kind} ${awsName}`).sort();
        expect(names).toEqual(
          [...whole.entities.values()].map(({ kind, awsName }) => `${kind} ${awsName}`).sort(),
        );
        expect(
          drift
            .filter(({ code }) => code === 'MD512')
            .map(({ subject }) => subject)
            .sort(),
        ).toEqual(
          [...model.entities.values()]
            .filter(({ origin }) => origin === 'api')
            .map((each) => each.key as string)
            .sort(),
        );
        // What leads nowhere in the joined mesh led nowhere in the whole one, or is a name of the cluster that only the API holds.
        const edges = buildTopology(model).edges;
        expect(edges).toHaveLength(buildTopology(whole).edges.length);
        for (const edge of edges) {
          const source = model.entities.get(edge.source);
          if (source?.origin !== 'api' || !edge.target.startsWith('node:shop/')) continue;
          expect(model.entities.get(edge.target)?.origin).toBe('kubernetes');
        }
      }),
    );
  });

  it('has no drift where all of it was taken', () => {
    fc.assert(
      fc.property(anyMesh, (whole) => {
        const { drift } = joinModels(whole, [heldModel(whole)]);
        expect(drift).toEqual([]);
      }),
    );
  });
});
