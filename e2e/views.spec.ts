import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const CHIPS = 'Active view settings';

test('layers fold routers and services into edges, and say how much is hidden', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('button', { name: 'Services', exact: true }).click();
  await expect(topology.card('router:shop/cart')).toHaveCount(0);
  await expect(topology.card('service:shop/cart')).toBeVisible();
  const chips = page.getByRole('region', { name: CHIPS });
  await expect(chips).toContainText(/Services only\s*\d+ hidden/);
  await page.getByRole('button', { name: 'Calls', exact: true }).click();
  await expect(topology.card('service:shop/cart')).toHaveCount(0);
  await expect(topology.card('node:shop/cart-v1')).toHaveCount(1);
  await expect(page).toHaveURL(/layer=calls/);
  await page.reload();
  await expect(chips).toContainText('Calls only');
  await chips.getByRole('button', { name: 'Show the whole mesh' }).click();
  await expect(topology.card('router:shop/cart')).toHaveCount(1);
  await expect(chips).toBeHidden();
});

test('every view has places of its own, and the whole mesh finds its own again', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const before = await topology.places();
  await page.keyboard.press('l');
  await expect(topology.card('router:shop/cart')).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(topology.card('service:shop/cart')).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(topology.card('router:shop/cart')).toHaveCount(1);
  await expect.poll(() => topology.places()).toEqual(before);
});

test('a focus leaves the steps around the selection, a path what lies between two', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=router:shop/cart');
  await page.keyboard.press('o');
  const chips = page.getByRole('region', { name: CHIPS });
  await expect(chips).toContainText('Around cart: 1 up, 1 down');
  await expect(topology.card('node:shop/cart-v1')).toHaveCount(1);
  await expect(topology.card('service:shop/checkout')).toHaveCount(0);
  await chips.getByRole('button', { name: 'Show the whole mesh' }).click();

  await page.goto(
    `${deck.url}/sources/sandbox/meshes/shop/topology?from=gateway:shop/edge&to=node:shop/web-v1`,
  );
  await expect(chips).toContainText('Path between edge and web-v1');
  await expect(topology.card('router:shop/web')).toHaveCount(1);
  await expect(topology.card('router:shop/cart')).toHaveCount(0);
});

test('what is healthy can be left out, in the graph and in the list alike', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?without=healthy');
  await expect(topology.card('router:shop/wishlist')).toHaveCount(1);
  await expect(topology.card('router:shop/cart')).toHaveCount(0);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(page.getByRole('region', { name: CHIPS })).toContainText(/Without healthy\s*\d+ hidden/);
  const row = (name: string) =>
    page
      .getByRole('row')
      .filter({ hasText: 'VirtualRouter' })
      .filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row('wishlist').first()).toBeVisible();
  await expect(row('cart')).toHaveCount(0);
});
