import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesAnswer } from '@/lib/api/routes';
import type { ListedRoute } from '@/lib/api/routes';
import { createEcsMesh, sandboxApi } from './testing/api';
import { startRig, until, type Rig } from './testing/rig';

const PATH = '/api/v1/routes';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop', {}, async ({ url }) => {
    await createEcsMesh(url);
    return { appMesh: [sandboxApi(url)] };
  });
  await until(rig.console, () => rig.console.sources.some(({ hub }) => hub.picture('ecs')?.present === true));
}, 60_000);
afterAll(() => rig.stop());

async function list(q?: string): Promise<ListedRoute[]> {
  const { body } = await rig.ask('GET', q === undefined ? PATH : `${PATH}?q=${encodeURIComponent(q)}`);
  return routesAnswer.parse(body).routes;
}
const names = (routes: readonly ListedRoute[]) =>
  routes.map(({ mesh, namespace, name, route }) => `${mesh} ${namespace}/${name} ${route.name}`);

async function find(name: string, route: string): Promise<ListedRoute> {
  const found = (await list()).find((each) => each.name === name && each.route.name === route);
  if (!found) throw new Error(`${name} / ${route} is not listed`);
  return found;
}

describe('the list of all routes', () => {
  it('has every route of every mesh once, also where a cluster and an API know the mesh', async () => {
    const all = names(await list());
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('shop shop/cart cart');
    expect(all).toContain('ecs /invoices all');
  });

  it('tells of a route what a change of it is measured against', async () => {
    const cart = await find('cart', 'cart');
    expect(cart).toMatchObject({
      source: 'sandbox',
      router: 'router:shop/cart',
      targets: [
        { node: 'shop/cart-v1', weight: 90, share: 0.9, state: 'ok' },
        { node: 'shop/cart-v2', weight: 10, share: 0.1, state: 'ok' },
      ],
      acceptance: 'accepted',
      owner: { manager: 'none' },
      write: { ok: true },
    });
    const sent = await rig.ask('PATCH', '/api/v1/sources/sandbox/routers/shop/cart/routes/cart/weights', {
      targets: cart.targets.map(({ node, weight }) => ({ node, weight })),
      expected: cart.expected,
      dryRun: true,
    });
    expect(sent.status).toBe(200);
  });

  it('tells who changed a route last, and why, as long as that stands', async () => {
    const weights = (first: number) => [
      { node: 'shop/checkout-v1', weight: first },
      { node: 'shop/checkout-v2', weight: 100 - first },
    ];
    const path = '/api/v1/sources/sandbox/routers/shop/checkout/routes/checkout/weights';
    const { body } = await rig.ask('PATCH', path, { targets: weights(70), reason: 'half of them' });
    const changed = async () => (await find('checkout', 'checkout')).changed;
    await until(rig.console, () => {
      const picture = rig.console.sources[0]?.hub.picture('shop')?.answer;
      return picture?.nodes.some((node) => node.kind === 'router' && node.history.length > 0) ?? false;
    });
    expect(await changed()).toMatchObject({ by: 'meshdeck', reason: 'half of them', entry: body.historyId });
  });

  it.each([
    ['recommendations', 'ranker-experiment', 'oneTarget'],
    ['fraud', 'fraud', 'owned'],
  ])('says why %s / %s cannot be written: %s', async (name, route, code) => {
    expect((await find(name, route)).write).toMatchObject({ ok: false, code });
  });

  it('names the owner, with what it is', async () => {
    expect((await find('catalog', 'catalog')).owner).toMatchObject({ manager: 'argocd', name: 'storefront' });
    expect((await find('fraud', 'fraud')).write).toMatchObject({
      values: { owner: 'Flagger', look: expect.stringMatching(/^kubectl -n \S+ get canaries\.flagger\.app/) },
    });
  });
});

describe('finding among routes', () => {
  it('asks each route, and not the router it is of', async () => {
    const found = names(await list('weight > 0 and weight < 100 and namespace = shop and name ~ recomm'));
    expect(found).toEqual(['shop shop/recommendations recommendations']);
  });

  it.each([
    ['route = beta-testers', 'shop shop/web beta-testers'],
    ['owner = argocd', 'shop shop/catalog catalog'],
    ['target = cart-v2', 'shop shop/cart cart'],
    ['invoices ecs', 'ecs /invoices all'],
  ])('finds %s', async (q, one) => {
    expect(names(await list(q))).toContain(one);
  });

  it('counts all, and tells of what cannot be read', async () => {
    const { body } = await rig.ask('GET', `${PATH}?q=owner%20%3D%20nobody`);
    expect(body.routes).toEqual([]);
    expect(body.total).toBeGreaterThan(10);
    expect((await rig.ask('GET', `${PATH}?q=owner%20%3D`)).body.code).toBe('E105');
    expect((await rig.ask('GET', `${PATH}?q=faults%20%3E%201%25`)).body.unmeasured).toEqual(['faults']);
  });
});

describe('asking again', () => {
  const tagOf = async (headers = {}) => {
    const { dispatch } = await import('./dispatch');
    const url = `http://localhost:7521${PATH}`;
    const answer = await dispatch(
      rig.console,
      new Request(url, { headers: { host: 'localhost:7521', ...headers } }),
    );
    return { status: answer.status, tag: answer.headers.get('etag') ?? '' };
  };

  it('answers 304 until something is another thing', async () => {
    await list(); // the cluster is asked what it permits
    const { tag } = await tagOf();
    expect(await tagOf({ 'if-none-match': tag })).toEqual({ status: 304, tag });
    const { seq } = rig.console.sources[0]?.hub.picture('shop')?.answer.revision ?? { seq: 0 };
    await rig.ask('PATCH', '/api/v1/sources/sandbox/routers/shop/cart/routes/cart/weights', {
      targets: [
        { node: 'shop/cart-v1', weight: 80 },
        { node: 'shop/cart-v2', weight: 20 },
      ],
    });
    await until(
      rig.console,
      () => (rig.console.sources[0]?.hub.picture('shop')?.answer.revision.seq ?? 0) > seq,
    );
    expect((await tagOf({ 'if-none-match': tag })).status).toBe(200);
  });
});

describe('a console that writes nothing', () => {
  it('says so of every route', async () => {
    const readOnly = await startRig('tutorial', { readOnly: true });
    const { body } = await readOnly.ask('GET', PATH);
    expect(body.routes).toMatchObject([{ write: { ok: false, code: 'readOnly' } }]);
    await readOnly.stop();
  }, 60_000);
});
