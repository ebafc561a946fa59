import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test('the first page leads to a mesh and shows it live', async ({ page, deck }) => {
  await page.goto(deck.url);
  await page.getByRole('table').getByRole('link', { name: 'shop', exact: true }).click();
  await expect(page).toHaveURL(/\/sources\/sandbox\/meshes\/shop\/topology$/);
  const topology = new TopologyPage(page, deck.url);
  await topology.live();
  for (const key of ['gateway:shop/edge', 'service:shop/cart', 'router:shop/cart', 'node:shop/cart-v1'])
    await expect(topology.card(key)).toBeVisible();
  await expect(topology.card('router:shop/cart')).toHaveAccessibleName(
    'VirtualRouter cart, namespace shop, 1 route, no findings',
  );
  await expect(page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]')).toHaveText('10%');
  // Relative weights: the share, and what is written beside it.
  await expect(page.locator('[data-edge*="router:shop/reviews|reviews|node:shop/reviews-v1"]')).toHaveText(
    '75%weight 3',
  );
});

test('gateways stand left of services, these left of routers and nodes', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const places = await topology.places();
  const x = (key: string) => places[key]?.x ?? Number.NaN;
  expect(x('gateway:shop/edge')).toBeLessThan(x('service:shop/web'));
  expect(x('service:shop/web')).toBeLessThan(x('router:shop/web'));
  expect(x('router:shop/web')).toBeLessThan(x('node:shop/web-v1'));
  expect(x('node:shop/web-v1')).toBeLessThan(x('service:shop/cart'));
});

test('what is selected is in the address and survives a reload', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await topology.card('node:shop/web-v1').click();
  const heading = topology.inspector.getByRole('heading', { name: 'web-v1' });
  await expect(heading).toBeVisible();
  await expect(page).toHaveURL(/selected=node%3Ashop%2Fweb-v1/);
  await page.reload();
  await expect(heading).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(topology.inspector).toBeHidden();
  await page.goBack();
  await expect(heading).toBeVisible();
});

test('the inspector tells of conditions, pods, neighbours, and holds the YAML', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=node:shop/cart-v1');
  const { inspector } = topology;
  await expect(inspector.getByText('VirtualNodeActive')).toBeVisible();
  await expect(inspector.getByText('3 of 3 ready, 3 with the proxy')).toBeVisible();
  await inspector.getByText('YAML and events').click();
  await expect(inspector.getByText('apiVersion: appmesh.k8s.aws/v1beta2')).toBeVisible();
  await inspector.getByRole('button', { name: 'VirtualService shop/cart-redis' }).click();
  await expect(inspector.getByRole('heading', { name: 'cart-redis' })).toBeVisible();
});

test('findings name what is wrong, why, and what to do', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=router:shop/wishlist');
  await expect(topology.inspector.getByText('Error MD101: Reference to nothing')).toBeVisible();
  await expect(
    topology.inspector.getByText('shop/wishlist-v2 is named here and does not exist.'),
  ).toBeVisible();
  await expect(topology.card('router:shop/wishlist')).toHaveAccessibleName(/, [1-9] findings?$/);
});

test('a search hides the rest and counts it', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.keyboard.press('/');
  await page.keyboard.type('cart-v');
  await expect(page.getByText('2 objects shown')).toBeVisible();
  await expect(topology.card('router:shop/checkout')).toBeHidden();
  await expect(page).toHaveURL(/q=cart-v/);
});

test('the list holds the same objects and selects as the graph does', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const cards = await page.getByText(/^\d+ objects shown$/).textContent();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  const table = page.getByRole('table', { name: 'Objects of the mesh' });
  await expect(table).toBeVisible();
  await expect(page.getByText(cards ?? '')).toBeVisible();
  await expect(table.getByRole('row')).toHaveCount(Number.parseInt(cards ?? '', 10) + 1);
  await table.getByRole('link', { name: 'cart', exact: true }).first().press('Enter');
  await expect(topology.inspector).toBeVisible();
});

test('arrows walk along the edges, Enter inspects, Escape goes back', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await topology.card('router:shop/cart').focus();
  await page.keyboard.press('ArrowRight');
  const focused = page.locator('.react-flow__node:focus');
  await expect(focused).toHaveAttribute('data-id', /node:shop\/cart-v[12]/);
  await page.keyboard.press('ArrowLeft');
  await expect(focused).toHaveAttribute('data-id', 'router:shop/cart');
  await page.keyboard.press('Enter');
  await expect(topology.inspector.getByRole('heading', { name: 'cart', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(topology.inspector).toBeHidden();
});

test('cards keep their places while weights change and objects come and go', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const before = await topology.places();
  await deck.sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', { metadata: { labels: { seen: 'yes' } } });
  await deck.sandbox.jsonPatch('virtualrouters', 'shop', 'cart', [
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/0/weight', value: 70 },
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/1/weight', value: 30 },
  ]);
  await expect(page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]')).toHaveText('30%');
  await deck.sandbox.remove('virtualservices', 'pay', 'legacy-invoices');
  await expect(topology.card('service:pay/legacy-invoices')).toHaveAccessibleName(/, deleted,/);
  const after = await topology.places();
  for (const [key, place] of Object.entries(before)) expect(after[key], key).toEqual(place);
});

test('a dragged card stays where it was put, until tidied up', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const card = topology.card('service:shop/checkout');
  const before = (await topology.places())['service:shop/checkout'];
  const box = await card.boundingBox();
  if (!box) throw new Error('the card is not on screen');
  await page.mouse.move(box.x + box.width / 2, box.y + 6);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 30, box.y - 60, { steps: 8 });
  await page.mouse.up();
  const dragged = (await topology.places())['service:shop/checkout'];
  expect(dragged).not.toEqual(before);
  await page.reload();
  await topology.live();
  await expect(card).toBeVisible();
  expect((await topology.places())['service:shop/checkout']).toEqual(dragged);
  await page.getByRole('button', { name: 'Tidy up' }).click();
  await expect.poll(async () => (await topology.places())['service:shop/checkout']).toEqual(before);
});

test('a mesh that is not there says so and offers the way back', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/meshes/nowhere/topology`);
  await expect(page.getByText('There is no mesh nowhere')).toBeVisible();
  await page.getByRole('link', { name: 'Show all meshes' }).click();
  await expect(page.getByRole('table').getByRole('link', { name: 'shop', exact: true })).toBeVisible();
});
