import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import { malformed, modelOf, node, route, router, service, to, weighted } from '../fixtures';
import { entityKey } from '../keys';
import type { Entity } from '../model';
import { changed, codes, declaredModel, heldModel, key } from './fixtures';
import { joinModels } from './index';

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
