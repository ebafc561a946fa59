import { describe, expect, it } from 'vitest';
import { prefix, route, to, weighted } from '../fixtures';
import type { MeshModel } from '../model';
import { changed, changedRoute, codes, declaredModel, heldModel, key } from './fixtures';
import { joinModels } from './index';

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
