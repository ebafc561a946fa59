import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeKey } from '@/lib/mesh/keys';
import { SOURCE, startRig, until, type Rig } from './testing/rig';

const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';
const WEIGHTS = `${SOURCE}/routers/my-apps/my-service-a-virtual-router/routes/my-service-a-route/weights`;
const NODE = 'my-apps/my-service-a';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('tutorial');
}, 60_000);
afterAll(() => rig.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an object of the cluster
const router = async (): Promise<any> => rig.sandbox.request('GET', ROUTER);
const weight = async () => (await router()).spec.routes[0].httpRoute.action.weightedTargets[0].weight;
const targets = (points: unknown) => [{ node: NODE, weight: points }];

describe('setting a weight', () => {
  it('changes the object, records why, and the stream of the mesh hears of it', async () => {
    const before = await router();
    const { status, body } = await rig.ask('PATCH', WEIGHTS, {
      targets: targets(100),
      expected: { uid: before.metadata.uid, resourceVersion: before.metadata.resourceVersion },
      reason: 'all of it',
    });
    expect(body).toMatchObject({ outcome: 'applied', before: targets(1), after: targets(100) });
    expect(status).toBe(200);
    expect(body.kubectl).toContain('kubectl -n my-apps patch');
    expect(body.yaml.before).toContain('weight: 1\n');
    expect(body.yaml.after).toContain('weight: 100\n');
    expect(body.yaml.after).not.toContain('managedFields');
    const after = await router();
    expect(after.spec.routes[0].httpRoute.action.weightedTargets[0].weight).toBe(100);
    expect(JSON.parse(after.metadata.annotations['meshdeck.dev/history'])).toMatchObject([
      { id: body.historyId, by: 'meshdeck', reason: 'all of it', before: targets(1), after: targets(100) },
    ]);
    const { hub } = rig.console.sources[0] ?? {};
    await until(rig.console, () =>
      Boolean(hub?.picture('my-mesh')?.answer.edges.some((edge) => edge.weight === 100)),
    );
  });

  it('is taken back by its entry in the history, which gives the original object but for history', async () => {
    const before = await router();
    const set = await rig.ask('PATCH', WEIGHTS, { targets: targets(40) });
    const original = before.spec;
    const undone = await rig.ask('PATCH', WEIGHTS, { targets: set.body.before, undo: set.body.historyId });
    expect(undone.body).toMatchObject({ outcome: 'applied', before: targets(40) });
    expect((await router()).spec).toEqual(original);
  });

  it('is not taken back once somebody wrote in between', async () => {
    const first = await rig.ask('PATCH', WEIGHTS, { targets: targets(30) });
    await rig.ask('PATCH', WEIGHTS, { targets: targets(31) });
    const undone = await rig.ask('PATCH', WEIGHTS, {
      targets: first.body.before,
      undo: first.body.historyId,
    });
    expect(undone).toMatchObject({ status: 409, body: { code: 'E404', values: { reason: 'changed' } } });
    expect(await weight()).toBe(31);
  });

  it('changes nothing as a dry run', async () => {
    const before = await router();
    const { body } = await rig.ask('PATCH', WEIGHTS, { targets: targets(55), dryRun: true });
    expect(body).toMatchObject({ outcome: 'dryRun', after: targets(55) });
    expect(body.yaml.after).toContain('weight: 55\n');
    expect(await router()).toEqual(before);
  });
});

describe('a stale view', () => {
  it('is a conflict with all three sides, and nothing is written', async () => {
    const seen = await router();
    await rig.ask('PATCH', WEIGHTS, { targets: targets(61) });
    const { status, body } = await rig.ask('PATCH', WEIGHTS, {
      targets: targets(62),
      expected: {
        uid: seen.metadata.uid,
        resourceVersion: seen.metadata.resourceVersion,
        targets: targets(seen.spec.routes[0].httpRoute.action.weightedTargets[0].weight),
      },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'E409', conflict: { theirs: targets(61), mine: targets(62) } });
    expect(await weight()).toBe(61);
  });

  it('is no conflict when only something else of the object changed', async () => {
    const seen = await router();
    const label = { metadata: { labels: { touched: 'yes' } } };
    await rig.sandbox.request('PATCH', ROUTER, label, 'application/merge-patch+json');
    const { body } = await rig.ask('PATCH', WEIGHTS, {
      targets: targets(63),
      expected: {
        uid: seen.metadata.uid,
        resourceVersion: seen.metadata.resourceVersion,
        targets: targets(61),
      },
    });
    expect(body).toMatchObject({ outcome: 'applied' });
  });

  it('lets one of two browsers that apply at once win, and tells the other', async () => {
    const seen = await router();
    const { uid, resourceVersion } = seen.metadata;
    const answers = await Promise.all(
      [71, 72].map((points) =>
        rig.ask('PATCH', WEIGHTS, { targets: targets(points), expected: { uid, resourceVersion } }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect(await weight()).toBe(71 + winner);
  });
});

describe('bad input', () => {
  it.each([
    ['no weights', { targets: [] }, 'E401'],
    ['-1', { targets: targets(-1) }, 'E401'],
    ['101', { targets: targets(101) }, 'E401'],
    ['33.5', { targets: targets(33.5) }, 'E401'],
    ['text as weight', { targets: targets('50') }, 'E401'],
    ['a sum of 0', { targets: targets(0) }, 'E401'],
    ['a target that is not in the route', { targets: [{ node: 'my-apps/nobody', weight: 100 }] }, 'E402'],
    ['one target too many', { targets: [...targets(50), { node: 'my-apps/b', weight: 50 }] }, 'E402'],
    ['a body that is not JSON', '{', 'E100'],
    ['a body of 5 MB', JSON.stringify({ reason: 'x'.repeat(5_000_000) }), 'E102'],
    ['an unknown field', { targets: targets(1), forced: true }, 'E101'],
    ['a list', [], 'E101'],
    ['an undo of nothing', { targets: targets(1), undo: 'nothing' }, 'E404'],
  ])('%s has its code and changes nothing', async (_, body, code) => {
    const before = await router();
    const answer = await rig.ask('PATCH', WEIGHTS, body);
    expect(answer.body.code).toBe(code);
    expect(answer.status).toBe(answer.body.status);
    expect(answer.body.detail.length).toBeGreaterThan(20);
    // The controller may still be at work on what was written before: what is asked for is what must stand.
    const { spec, metadata } = await router();
    expect({ spec, generation: metadata.generation }).toEqual({
      spec: before.spec,
      generation: before.metadata.generation,
    });
  });

  it.each([
    ['source', '/api/v1/sources/nowhere/routers/my-apps/r/routes/x/weights', 'E301'],
    ['router', `${SOURCE}/routers/my-apps/nobody/routes/x/weights`, 'E303'],
    ['route', WEIGHTS.replace('my-service-a-route', 'nobody'), 'E304'],
  ])('an unknown %s has its code', async (_, path, code) => {
    expect((await rig.ask('PATCH', path, { targets: targets(1) })).body.code).toBe(code);
  });

  it('a page of another origin changes nothing', async () => {
    const { body } = await rig.ask(
      'PATCH',
      WEIGHTS,
      { targets: targets(5) },
      { origin: 'https://evil.example' },
    );
    expect(body.code).toBe('E104');
  });
});

describe('bad input for a route of two targets', () => {
  const CART = '/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/cart';
  let shop: Rig;
  beforeAll(async () => {
    shop = await startRig('shop');
  }, 60_000);
  afterAll(() => shop.stop());

  it.each([
    ['a sum of 110', 80, 30, 'E401'],
    ['a sum of 0', 0, 0, 'E401'],
  ])('%s has its code and changes nothing', async (_, first, second, code) => {
    const answer = await shop.ask('PATCH', `${SOURCE}/routers/shop/cart/routes/cart/weights`, {
      targets: [
        { node: 'shop/cart-v1', weight: first },
        { node: 'shop/cart-v2', weight: second },
      ],
    });
    expect(answer.body.code).toBe(code);
    expect(await shop.sandbox.request('GET', CART)).toMatchObject({ metadata: { generation: 1 } });
  });

  it('a target whose pods were all scaled away gets no more than it has', async () => {
    const scale = { spec: { replicas: 0 } };
    const deployment = '/apis/apps/v1/namespaces/shop/deployments/cart-v2';
    await shop.sandbox.request('PATCH', deployment, scale, 'application/merge-patch+json');
    const node = () => shop.console.sources[0]?.hub.model('shop')?.entities.get(nodeKey('shop', 'cart-v2'));
    await until(shop.console, () => {
      const found = node();
      return found?.kind === 'node' && found.workload.total === 0;
    });
    const answer = await shop.ask('PATCH', `${SOURCE}/routers/shop/cart/routes/cart/weights`, {
      targets: [
        { node: 'shop/cart-v1', weight: 0 },
        { node: 'shop/cart-v2', weight: 100 },
      ],
    });
    expect(answer.body).toMatchObject({ code: 'E403', values: { reason: 'notReady', node: 'shop/cart-v2' } });
    expect(await shop.sandbox.request('GET', CART)).toMatchObject({ metadata: { generation: 1 } });
  });

  it('a target that is named and not there gets no more than it has', async () => {
    const answer = await shop.ask('PATCH', `${SOURCE}/routers/shop/wishlist/routes/wishlist/weights`, {
      targets: [
        { node: 'shop/wishlist-v1', weight: 70 },
        { node: 'shop/wishlist-v2', weight: 30 },
      ],
    });
    expect(answer.body.code).toBe('E403');
  });
});
