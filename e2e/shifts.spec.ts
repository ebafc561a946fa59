import { expect, test } from './support/console';

const SPEC = {
  routes: [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 20, holdSeconds: 600, approval: true }, { weight: 100 }] } },
};

/** What an engine writes of a shift that holds its first step. */
function holding(now: number) {
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const change = { step: 0, direction: 'forward', percent: 20 };
  return {
    ...{ observedGeneration: 1, phase: 'Holding', phaseSinceAt: at(-60), step: 0, progress: '1/2' },
    ...{ weights: '80/20', intents: 1, startedAt: at(-120), measurements: [], controls: [], conditions: [] },
    intent: {
      id: '0.1',
      direction: 'forward',
      percent: 20,
      startedAt: at(-120),
      acceptedAt: at(-90),
      routes: [],
    },
    hold: { startedAt: at(-60), endsAt: at(540) },
    snapshot: [
      {
        ...{ router: 'cart', route: 'cart', uid: 'u' },
        targets: [
          { node: 'shop/cart-v1', weight: 90 },
          { node: 'shop/cart-v2', weight: 10 },
        ],
      },
    ],
    changes: [{ ...change, intent: '0.1', intendedAt: at(-120), acceptedAt: at(-90) }],
  };
}

test('a shift is put together from a route, tried first, and started', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart`);
  await page.getByRole('button', { name: 'Fast' }).click();
  await page.getByLabel(/^Judge faults/).uncheck();
  await page.getByLabel('Name of the TrafficShift').fill('cart-fast');
  const review = page.getByRole('region', { name: 'Before it starts' });
  await expect(review.getByText('name: cart-fast')).toBeVisible();
  await expect(review.getByText("kubectl apply -f - <<'EOF'")).toBeVisible();
  await review.getByRole('button', { name: 'Start the shift' }).click();
  await expect(page.getByRole('heading', { name: 'shop / cart-fast' })).toBeVisible();
  const { spec } = await deck.sandbox.shift('shop', 'cart-fast');
  expect(spec['routes']).toEqual(SPEC.routes);
});

test('a run is followed, and an abort says what it does before it is sent', async ({ page, deck }) => {
  await deck.sandbox.createShift('shop', 'cart-1', SPEC);
  await deck.sandbox.setShiftStatus('shop', 'cart-1', holding(Date.now()));
  await page.goto(`${deck.url}/sources/sandbox/shifts`);
  await page.getByRole('link', { name: 'cart-1' }).click();
  await expect(page.getByText(/min .* left to hold/)).toBeVisible();
  await expect(page.getByRole('img', { name: 'Weight over time' })).toBeVisible();
  await page.getByRole('button', { name: 'Abort' }).click();
  const sure = page.getByRole('dialog');
  await expect(sure.getByText('cart / cart: shop/cart-v1 90, shop/cart-v2 10')).toBeVisible();
  await sure.getByRole('button', { name: 'Abort' }).click();
  await expect(page.getByText('Abort by meshdeck waits for the engine.')).toBeVisible();
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
  await page.goto(`${deck.url}/sources/sandbox/meshes/shop/topology`);
  await page
    .getByRole('link', { name: /shop\/cart-1 holds this router/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'shop / cart-1' })).toBeVisible();
});
