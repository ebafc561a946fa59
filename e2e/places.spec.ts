import { expect, test } from './support/console';
import type { Place } from './support/topology-page';
import { TopologyPage } from './support/topology-page';

const TARGET = '[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]';

/** Opens the mesh and moves the camera to where nobody but a user would; `check` asserts that nothing stands elsewhere since. */
async function opened(topology: TopologyPage): Promise<() => Promise<void>> {
  const { page } = topology;
  await topology.open();
  await page.locator('.react-flow__pane').hover({ position: { x: 700, y: 400 } });
  const first = await topology.camera();
  await page.mouse.wheel(0, 120);
  await expect.poll(() => topology.camera()).not.toBe(first);
  await settled(topology);
  const [places, camera] = [await cards(topology), await topology.camera()];
  expect(Object.keys(places).length).toBeGreaterThan(50);
  return async () => {
    const now = await cards(topology);
    for (const [key, place] of Object.entries(places)) expect(now[key], key).toEqual(place);
    expect(await topology.camera()).toBe(camera);
  };
}

/** Waits until a turn of the wheel is over. */
async function settled(topology: TopologyPage): Promise<void> {
  let before = '';
  await expect
    .poll(async () => {
      const [last, now] = [before, await topology.camera()];
      before = now;
      return last === now;
    })
    .toBe(true);
}

/** Where the cards stand: the boxes of namespaces are drawn around them and may grow. */
const cards = async (topology: TopologyPage): Promise<Record<string, Place>> =>
  Object.fromEntries(Object.entries(await topology.places()).filter(([id]) => /^[a-z]+:/i.test(id)));

test('what comes finds a place beside what stands, and the camera stays', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  const check = await opened(topology);
  const overlapped = await topology.overlaps();
  await deck.sandbox.create('virtualnodes', 'shop', 'VirtualNode', 'gifts-v1', {
    podSelector: { matchLabels: { app: 'gifts', version: 'v1' } },
    listeners: [{ portMapping: { port: 8080, protocol: 'http' } }],
    serviceDiscovery: { dns: { hostname: 'gifts-v1.shop.svc.cluster.local' } },
    backends: [{ virtualService: { virtualServiceRef: { name: 'cart' } } }],
  });
  await deck.sandbox.create('virtualservices', 'shop', 'VirtualService', 'gifts', {
    awsName: 'gifts.shop.svc.cluster.local',
    provider: { virtualNode: { virtualNodeRef: { name: 'gifts-v1' } } },
  });
  await expect(topology.card('node:shop/gifts-v1')).toHaveCount(1);
  await expect(topology.card('service:shop/gifts')).toHaveCount(1);
  await expect(page.locator('[data-id*="service:shop/gifts|"]')).not.toHaveCount(0);
  await check();
  expect(await topology.overlaps()).toEqual(overlapped);
  expect(overlapped).toEqual([]);

  // The next one finds a mesh in which these stand.
  const gifts = (await topology.places())['node:shop/gifts-v1'];
  await deck.sandbox.create('virtualrouters', 'shop', 'VirtualRouter', 'gifts', {
    listeners: [{ portMapping: { port: 8080, protocol: 'http' } }],
    routes: [
      {
        name: 'gifts',
        httpRoute: {
          match: { prefix: '/' },
          action: { weightedTargets: [{ virtualNodeRef: { name: 'gifts-v1' }, weight: 1 }] },
        },
      },
    ],
  });
  await expect(topology.card('router:shop/gifts')).toHaveCount(1);
  await check();
  expect((await topology.places())['node:shop/gifts-v1']).toEqual(gifts);
  expect(await topology.overlaps()).toEqual([]);
});

test('pods that become ready or are no longer move nothing', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  const check = await opened(topology);
  const card = topology.card('node:shop/cart-v1');
  await expect(card).toContainText('3/3');
  await deck.sandbox.setReady('shop', 'cart-v1', false);
  await expect(card).toContainText('2/3');
  await check();
  await deck.sandbox.setReady('shop', 'cart-v1', true);
  await expect(card).toContainText('3/3');
  await check();
});

test('a weight, a deletion and a new connection move nothing', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  const check = await opened(topology);
  await deck.sandbox.jsonPatch('virtualrouters', 'shop', 'cart', [
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/0/weight', value: 63 },
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/1/weight', value: 37 },
  ]);
  await expect(page.locator(TARGET)).toHaveText('37%');
  await check();

  await deck.sandbox.remove('virtualservices', 'pay', 'legacy-invoices');
  await expect(topology.card('service:pay/legacy-invoices')).toHaveAccessibleName(/, deleted,/);
  await check();

  await deck.sandbox.knobs({ apiDown: true });
  await expect(topology.connection).toHaveAttribute('data-phase', /reconnecting|stale/);
  await deck.sandbox.knobs({ apiDown: false });
  await fetch(`${deck.url}/api/v1/sources/sandbox/refresh`, { method: 'POST' });
  await topology.live();
  await check();
});

test('a search that finds nothing leaves the camera where it was', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  const check = await opened(topology);
  await page.keyboard.press('/');
  await page.keyboard.type('nothing-has-this-name');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The search hides everything' })).toBeVisible();
  await expect(topology.card('router:shop/cart')).toHaveCount(0);
  await page.getByRole('button', { name: 'Clear the search' }).last().click();
  await expect(topology.card('router:shop/cart')).toHaveCount(1);
  await check();
});
