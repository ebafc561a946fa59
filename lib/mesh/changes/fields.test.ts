import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameContent } from '../equal';
import { malformed, node, prefix, route, router, service, to, weighted } from '../fixtures';
import { entityKey, routerKey } from '../keys';
import type { MeshNode, Router } from '../model';
import { diffNode } from './fields';

const cart = (): Router =>
  router(
    'cart',
    [
      route('canary', {
        match: [prefix('/v2')],
        targets: [weighted(to('node', 'cart-v1'), 90), weighted(to('node', 'cart-v2'), 10)],
        retry: { maxRetries: 2, perRetryTimeout: { amount: 2, unit: 's' }, events: ['server-error'] },
      }),
      route('rest', { index: 1, targets: [weighted(to('node', 'cart-v1'), 100, 8080)] }),
    ],
    {
      listeners: [{ port: 8080, protocol: 'http', healthCheck: true, outlierDetection: false }],
      labels: { app: 'cart', key: 'a label of that name' },
      conditions: [{ type: 'VirtualRouterActive', status: 'True' }],
      observedGeneration: 1,
    },
  );

type Mutation = [path: string, kind: string, mutate: (draft: Router) => void];
const [CANARY, REST] = [0, 1];
/** Changes of a router that do not touch each other, each with the one name it must get. */
const MUTATIONS: Mutation[] = [
  [
    'spec.routes[canary].weightedTargets[shop/cart-v2].weight',
    'spec',
    (draft) => Object.assign(draft.routes[CANARY]?.targets[1] ?? {}, { weight: 20, share: 0.2 }),
  ],
  [
    'spec.routes[rest].weightedTargets[shop/cart-v1].port',
    'spec',
    (draft) => Object.assign(draft.routes[REST]?.targets[0] ?? {}, { port: 9090 }),
  ],
  [
    'spec.routes[rest].weightedTargets[shop/cart-v3]',
    'spec',
    (draft) => draft.routes[REST]?.targets.push(weighted(to('node', 'cart-v3'), 5)),
  ],
  [
    'spec.routes[canary].weightedTargets[shop/cart-v1].resolution',
    'status',
    (draft) => Object.assign(draft.routes[CANARY]?.targets[0] ?? {}, { resolution: 'missing' }),
  ],
  [
    'spec.routes[canary].match',
    'spec',
    (draft) => Object.assign(draft.routes[CANARY] ?? {}, { match: [prefix('/v3')] }),
  ],
  [
    'spec.routes[canary].retryPolicy.perRetryTimeout.unit',
    'spec',
    (draft) =>
      Object.assign(draft.routes[CANARY]?.retry ?? {}, { perRetryTimeout: { amount: 2, unit: 'ms' } }),
  ],
  ['spec.routes[rest].priority', 'spec', (draft) => Object.assign(draft.routes[REST] ?? {}, { priority: 7 })],
  ['spec.routes[new]', 'spec', (draft) => draft.routes.push(route('new'))],
  ['spec.routes', 'spec', (draft) => draft.routes.reverse()],
  ['spec.listeners[8080].protocol', 'spec', (draft) => Object.assign(draft.listeners[0] ?? {}, { protocol: 'grpc' })],
  ['metadata.labels[app]', 'spec', (draft) => Object.assign(draft.labels, { app: 'basket' })],
  ['metadata.labels[key]', 'spec', (draft) => void delete draft.labels['key']],
  ['metadata.deletionTimestamp', 'spec', (draft) => (draft.deletingSince = '2026-06-01T12:00:00Z')],
  ['metadata.ownership.manager', 'spec', (draft) => (draft.ownership = { manager: 'helm' })],
  ['metadata.resourceVersion', 'status', (draft) => (draft.ref.resourceVersion = '2')],
  ['status.conditions[VirtualRouterActive].status', 'status', (draft) => (draft.conditions = [{ type: 'VirtualRouterActive', status: 'False' }])],
  ['status.observedGeneration', 'status', (draft) => (draft.observedGeneration = 2)],
  ['acceptance', 'status', (draft) => (draft.acceptance = 'pending')],
]; // prettier-ignore

function mutated(mutations: readonly Mutation[]): Router {
  const draft = structuredClone(cart());
  for (const [, , mutate] of mutations) mutate(draft);
  return draft;
}

const some = fc.subarray(MUTATIONS);

describe('the changes of an object', () => {
  it('are none where nothing changed', () => {
    expect(diffNode(cart(), cart())).toEqual([]);
  });

  it('name every field that changed, once, and no other', () => {
    fc.assert(
      fc.property(some, (mutations) => {
        const told = diffNode(cart(), mutated(mutations)).map(({ path, kind }) => `${kind} ${path}`);
        expect(told.sort()).toEqual(mutations.map(([path, kind]) => `${kind} ${path}`).sort());
      }),
    );
  });

  it('turn round with the two states', () => {
    fc.assert(
      fc.property(some, some, (one, other) => {
        const [a, b] = [mutated(one), mutated(other)];
        const there = diffNode(a, b);
        const back = diffNode(b, a).map(({ before, after, ...rest }) => ({
          ...rest,
          before: after,
          after: before,
        }));
        const byPath = (x: { path: string }, y: { path: string }) => (x.path < y.path ? -1 : 1);
        expect(back.sort(byPath)).toEqual(there.sort(byPath));
        expect(there.length === 0).toBe(sameContent(a, b));
      }),
    );
  });

  it('hold what was and what is', () => {
    const after = mutated(MUTATIONS.slice(0, 3));
    const told = Object.fromEntries(
      diffNode(cart(), after).map(({ path, before, after: now }) => [path, [before, now]]),
    );
    expect(told).toEqual({
      'spec.routes[canary].weightedTargets[shop/cart-v2].weight': [10, 20],
      'spec.routes[rest].weightedTargets[shop/cart-v3]': [undefined, { weight: 5 }],
      'spec.routes[rest].weightedTargets[shop/cart-v1].port': [8080, 9090],
    });
  });

  it('show a route that came as a whole, its references by what they name', () => {
    const after = mutated([]);
    after.routes.push(route('new', { match: [], targets: [weighted(to('node', 'a'), 1)] }));
    expect(diffNode(cart(), after)[0]).toMatchObject({
      path: 'spec.routes[new]',
      before: undefined,
      after: { name: 'new', protocol: 'http', match: [], targets: { 'shop/a': { weight: 1 } } },
    });
  });

  it('tell a target that stands twice in a route apart by its number', () => {
    const twice = (weight: number) =>
      router('r', [
        route('all', { targets: [weighted(to('node', 'a'), 1), weighted(to('node', 'a'), weight)] }),
      ]);
    expect(diffNode(twice(2), twice(3))).toMatchObject([
      { path: 'spec.routes[all].weightedTargets[shop/a#2].weight', before: 2, after: 3 },
    ]);
  });

  it('say that another thing was asked for, where only the generation shows it', () => {
    const after = cart();
    after.ref = { ...after.ref, generation: 2, resourceVersion: '2' };
    expect(diffNode(cart(), after)).toMatchObject([
      { path: 'metadata.resourceVersion', kind: 'status' },
      { path: 'metadata.generation', kind: 'spec', before: 1, after: 2 },
    ]);
    const seen = mutated(MUTATIONS.slice(0, 1));
    seen.ref = { ...seen.ref, generation: 2 };
    expect(diffNode(cart(), seen).map(({ path, kind }) => [path, kind])).toContainEqual([
      'metadata.generation',
      'status',
    ]);
  });

  it('do not take a deletion, or what the API holds, for something unseen', () => {
    const after = cart();
    after.ref = { ...after.ref, generation: 2 };
    after.deletingSince = '2026-06-01T12:00:00Z';
    for (const each of after.routes) Object.assign(each, { taken: { version: 2 } });
    const kinds = new Map(diffNode(cart(), after).map(({ path, kind }) => [path, kind]));
    expect(kinds.get('metadata.generation')).toBe('status');
    expect(kinds.get('spec.routes[canary].taken')).toBe('status');
    expect(kinds.get('metadata.deletionTimestamp')).toBe('spec');
  });

  it('keep pods apart from what was asked for', () => {
    const pods = (ready: number): MeshNode => {
      const made = node('a');
      return { ...made, workload: { ...made.workload, total: 3, ready } };
    };
    expect(diffNode(pods(3), pods(2))).toEqual([
      { path: 'pods.ready', kind: 'workload', before: 3, after: 2 },
    ]);
  });

  it('tell a reference that leads elsewhere', () => {
    const by = (name: string) => service('cart', { kind: 'router', target: to('router', name) });
    expect(diffNode(by('a'), by('b'))).toEqual([
      { path: 'spec.provider.target', kind: 'spec', before: 'shop/a', after: 'shop/b' },
    ]);
  });

  it('tell the backends of a group from those of the node', () => {
    const group = entityKey('backendGroup', 'shop', 'common');
    const plain = node('a', [to('service', 'pay')]);
    const both = node('a', [to('service', 'pay'), { ...to('service', 'pay'), viaGroup: group }]);
    expect(diffNode(plain, both)).toMatchObject([{ path: 'spec.backends[shop/pay via shop/common]' }]);
  });

  it('do not say that routes went when the object only cannot be read any more', () => {
    const odd = malformed(routerKey('shop', 'cart'), 'spec.routes');
    odd.ref = cart().ref;
    expect(diffNode(cart(), odd)).toEqual([
      {
        path: 'problems',
        kind: 'spec',
        before: undefined,
        after: [{ path: 'spec.routes', message: 'is odd' }],
      },
    ]);
    expect(diffNode(odd, cart())).toMatchObject([{ path: 'problems', after: undefined }]);
  });

  it('name a field this version has no words for, too', () => {
    const odd = { ...cart(), newField: { a: [1] } };
    expect(diffNode(cart(), odd)).toEqual([
      { path: 'newField', kind: 'status', before: undefined, after: { a: [1] } },
    ]);
  });
});
