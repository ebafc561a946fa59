import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test.use({ engine: true });

const SPEC = {
  routes: [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 20, holdSeconds: 600, approval: true }, { weight: 100 }] } },
  // What is measured would be waited for.
  verify: { mode: 'skip' },
};

test('a shift is put together from a route, tried first, and started', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart`);
  await page.getByRole('button', { name: 'Fast' }).click();
  await page.getByLabel('Judge what is measured at every step').uncheck();
  await page.getByLabel('Name of the TrafficShift').fill('cart-fast');
  const review = page.getByRole('region', { name: 'Before it starts' });
  await expect(review.locator('pre')).toContainText('name: cart-fast');
  await expect(review.getByText("kubectl apply -f - <<'EOF'")).toBeVisible();
  await review.getByRole('button', { name: 'Start the shift' }).click();
  await expect(page.getByRole('heading', { name: 'shop / cart-fast' })).toBeVisible();
  const { spec } = await deck.sandbox.shift('shop', 'cart-fast');
  expect(spec['routes']).toEqual(SPEC.routes);
});

test('a run is followed, and an abort says what it does, and does it', async ({ page, deck }) => {
  await deck.sandbox.createShift('shop', 'cart-1', SPEC);
  await page.goto(`${deck.url}/sources/sandbox/shifts`);
  await page.getByRole('link', { name: 'cart-1' }).click();
  await expect(page.getByText(/min .* left to hold/)).toBeVisible();
  await expect(page.getByRole('img', { name: 'Weight over time' })).toBeVisible();
  await page.getByRole('button', { name: 'Abort' }).click();
  const sure = page.getByRole('dialog');
  await expect(sure.getByText('cart / cart: shop/cart-v1 90, shop/cart-v2 10')).toBeVisible();
  await sure.getByRole('button', { name: 'Abort' }).click();
  await expect(page.getByText('The weights of before are back.', { exact: true })).toBeVisible();
  await expect(page.getByText('now 90/10')).toBeVisible();
  const { spec } = await deck.sandbox.shift('shop', 'cart-1');
  expect(spec['control']).toMatchObject({ action: 'abort', by: 'meshdeck', expectedStep: 0 });
});

test('a router that a shift holds leads to it from its card, and the wizard says who is in the way', async ({
  page,
  deck,
}) => {
  await deck.sandbox.createShift('shop', 'cart-1', SPEC);
  await deck.sandbox.mergePatch('virtualrouters', 'shop', 'cart', {
    metadata: { annotations: { 'meshdeck.dev/active-shift': 'shop/cart-1/u' } },
  });
  await page.goto(`${deck.url}/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart`);
  await expect(page.getByText('It would be refused: Locked')).toBeVisible();
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=router:shop/cart');
  const card = topology.card('router:shop/cart');
  // A card that is not before the user moves under the mouse.
  await expect(card).toBeInViewport({ ratio: 1 });
  await card.getByRole('link', { name: /shop\/cart-1 holds this router/ }).click();
  await expect(page.getByRole('heading', { name: 'shop / cart-1' })).toBeVisible();
});
