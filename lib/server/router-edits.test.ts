import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SOURCE, startRig, type Rig } from './testing/rig';

interface RouterObject {
  metadata: { uid: string; generation: number; annotations?: Record<string, string> };
  spec: { routes: { name: string; priority?: number; httpRoute: Record<string, unknown> }[] };
}

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('shop');
}, 60_000);
afterAll(() => rig.stop());

const path = (namespace: string, name: string) =>
  `/apis/appmesh.k8s.aws/v1beta2/namespaces/${namespace}/virtualrouters/${name}`;
const read = async (name = 'cart') => (await rig.sandbox.request('GET', path('shop', name))) as RouterObject;
const post = (name: string, body: object, namespace = 'shop') =>
  rig.ask('POST', `${SOURCE}/routers/${namespace}/${name}/edits`, body);

const header = { name: 'X-Canary', content: 'yes' };
const canary = { kind: 'addCanary', route: 'cart', header, node: 'shop/cart-v2' };
let original: RouterObject;

beforeEach(async () => {
  original = await read();
});

describe('a canary by header', () => {
  it('is one more route, made of the route it is of, and goes again without a trace but the history', async () => {
    const { uid, generation } = original.metadata;
    const expected = { uid, generation };
    const tried = await post('cart', { edit: canary, expected, dryRun: true });
    expect(tried).toMatchObject({ status: 200, body: { outcome: 'dryRun', route: 'cart-x-canary-yes' } });
    expect(tried.body.yaml.after).toContain('exact: yes');
    expect(tried.body.kubectl).toContain("--type=json -p '[");
    expect((await read()).spec).toEqual(original.spec);

    const made = await post('cart', { edit: canary, expected, reason: 'beta' });
    expect(made).toMatchObject({ status: 200, body: { outcome: 'applied', before: [], after: [{ node: 'shop/cart-v2', weight: 100 }] } }); // prettier-ignore
    const [base, added] = (await read()).spec.routes;
    expect(base).toEqual(original.spec.routes[0]);
    const { match, action, ...policies } = base?.httpRoute ?? {};
    expect(added).toEqual({
      ...base,
      name: 'cart-x-canary-yes',
      priority: expect.any(Number),
      httpRoute: {
        ...policies,
        match: { ...(match as object), headers: [{ name: 'x-canary', match: { exact: 'yes' } }] },
        action: { weightedTargets: [{ virtualNodeRef: { name: 'cart-v2' }, weight: 100 }] },
      },
    });
    expect(action).toBeDefined();

    const late = await post('cart', { edit: canary, expected });
    expect(late).toMatchObject({ status: 409, body: { code: 'E416' } });
    const gone = await post('cart', { edit: { kind: 'removeCanary', canary: 'cart-x-canary-yes' } });
    expect(gone).toMatchObject({ status: 200, body: { before: [{ weight: 100 }], after: [] } });
    const { spec, metadata } = await read();
    expect(spec).toEqual(original.spec);
    const history = JSON.parse(metadata.annotations?.['meshdeck.dev/history'] ?? '[]') as object[];
    expect(history).toMatchObject([
      { route: 'cart-x-canary-yes', after: [], canary: { base: 'cart', node: 'shop/cart-v2' } },
      { route: 'cart-x-canary-yes', before: [], reason: 'beta', by: 'meshdeck' },
    ]);
  });

  it.each([
    ['E415', 'cart', 'shop', { ...canary, header: { name: 'a b', content: 'x' } }, { reason: 'header' }],
    ['E415', 'cart', 'shop', { kind: 'removeCanary', canary: 'cart' }, { reason: 'noCanary' }],
    ['E304', 'cart', 'shop', { ...canary, route: 'gone' }, {}],
    ['E403', 'cart', 'shop', { ...canary, node: 'shop/nowhere' }, { reason: 'missing' }],
    ['E204', 'catalog', 'shop', { ...canary, route: 'catalog', node: 'shop/catalog-green' }, {}],
    ['E203', 'fraud', 'pay', { ...canary, route: 'fraud', node: 'pay/fraud-primary' }, {}],
    ['E101', 'cart', 'shop', { kind: 'burn' }, undefined],
  ])('is refused with %s at %s', async (code, name, namespace, edit, values) => {
    const { body } = await post(name, { edit }, namespace);
    expect(body).toMatchObject({ code, ...(values === undefined ? {} : { values }) });
    expect((await read()).spec).toEqual(original.spec);
  });
});

describe('a target', () => {
  it('comes without weight and goes again, and the rest of the route stays as it is', async () => {
    const add = { kind: 'addTarget', route: 'cart', node: 'shop/reviews-v1' };
    const added = await post('cart', { edit: add });
    expect(added).toMatchObject({ status: 200, body: { after: [{}, {}, { node: 'shop/reviews-v1', weight: 0 }] } }); // prettier-ignore
    const again = await post('cart', { edit: add });
    expect(again.body).toMatchObject({ code: 'E415', values: { reason: 'targetThere' } });
    const loaded = await post('cart', { edit: { ...add, kind: 'removeTarget', node: 'shop/cart-v2' } });
    expect(loaded.body).toMatchObject({ code: 'E415', values: { reason: 'carriesWeight', weight: 10 } });
    const gone = await post('cart', { edit: { ...add, kind: 'removeTarget' } });
    expect(gone.status).toBe(200);
    expect((await read()).spec).toEqual(original.spec);
  });
});
