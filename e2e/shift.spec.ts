import { kubectlPath } from './support/sandbox';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

interface Router {
  metadata: { annotations?: Record<string, string>; generation: number };
  spec: { routes: { name: string; httpRoute: { action: { weightedTargets: { weight: number }[] } } }[] };
}

const weightsOf = (router: Router) =>
  router.spec.routes.map(({ httpRoute }) => httpRoute.action.weightedTargets.map(({ weight }) => weight));

test('a weight changed with kubectl is seen on screen', async ({ page, deck }) => {
  test.skip(kubectlPath === undefined, 'no kubectl on this machine');
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const path = (target: number) => `/spec/routes/0/httpRoute/action/weightedTargets/${target}/weight`;
  deck.sandbox.kubectl(
    ...['-n', 'shop', 'patch', 'virtualrouter.appmesh.k8s.aws', 'cart', '--type', 'json', '-p'],
    JSON.stringify([
      { op: 'replace', path: path(0), value: 60 },
      { op: 'replace', path: path(1), value: 40 },
    ]),
  );
  await expect(page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]')).toHaveText('40%');
  await expect(topology.divider(topology.card('router:shop/cart'), 'cart-v1', 'cart-v2')).toHaveAttribute(
    'aria-valuenow',
    '60',
  );
});

test('a weight dragged on the graph is reviewed, applied, read with kubectl, and undone', async ({
  page,
  deck,
}) => {
  test.skip(kubectlPath === undefined, 'no kubectl on this machine');
  const read = () =>
    JSON.parse(
      deck.sandbox.kubectl('-n', 'shop', 'get', 'virtualrouter.appmesh.k8s.aws', 'cart', '-o', 'json'),
    ) as Router;
  const original = read();
  const topology = new TopologyPage(page, deck.url);
  // Whoever drags a card's weights has the card before them.
  await topology.open('?selected=router:shop/cart');
  const card = topology.card('router:shop/cart');
  await expect(card).toBeInViewport({ ratio: 1 });
  const handle = topology.divider(card, 'cart-v1', 'cart-v2');
  await topology.drag(handle, -8);
  // A pixel of the mouse is more than half a point of a small bar; the keys set the rest.
  await topology.nudge(handle, 82);
  expect(weightsOf(read())).toEqual([[90, 10]]); // nothing is sent by dragging

  await card.getByRole('button', { name: 'Review the draft of route cart' }).click();
  await expect(topology.review.getByText('+8 points')).toBeVisible();
  await expect(topology.review.getByText('weight: 82')).toBeVisible();
  await expect(topology.review.getByText(/kubectl .*patch/)).toBeVisible();
  await topology.review.getByRole('textbox', { name: 'Reason' }).fill('first customers');
  await topology.apply();
  await expect(topology.review).toBeHidden();
  const progress = topology.inspector.getByRole('status', { name: 'Progress of the change' });
  await expect(progress.getByText('Applied: the Kubernetes API took it (generation 2)')).toBeVisible();
  await expect(progress.getByText('Accepted: the control plane holds generation 2')).toBeVisible();
  expect(weightsOf(read())).toEqual([[82, 18]]);
  await expect(page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]')).toHaveText('18%');

  await expect(topology.inspector.getByText('90/10 → 82/18')).toBeVisible();
  await expect(topology.inspector.getByText('first customers')).toBeVisible();
  await page.keyboard.press('u');
  await topology.review.getByRole('button', { name: 'Put back' }).click();
  await expect(topology.review).toBeHidden();
  await expect(topology.inspector.getByText('82/18 → 90/10')).toBeVisible();
  const undone = read();
  expect(undone.spec).toEqual(original.spec);
  const others = ({ metadata }: Router) =>
    Object.fromEntries(
      Object.entries(metadata.annotations ?? {}).filter(([name]) => !name.startsWith('meshdeck')),
    );
  expect(others(undone)).toEqual(others(original));
});

test('the keyboard alone shifts a weight', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const card = topology.card('router:shop/checkout');
  await card.focus();
  await page.keyboard.press('Enter');
  await topology.inspector.getByRole('button', { name: /^http checkout/ }).press('Enter');
  const handle = topology.divider(topology.editor('checkout'), 'checkout-v1', 'checkout-v2');
  await handle.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '93');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '83');
  await page.keyboard.press('Shift+ArrowRight');
  await topology.inspector.getByRole('button', { name: 'Review…' }).press('Enter');
  const apply = topology.review.getByRole('button', { name: 'Apply', exact: true });
  await expect(apply).toBeEnabled();
  await apply.press('Enter');
  await expect(topology.review).toBeHidden();
  const router = await deck.sandbox.get<Router>('virtualrouters', 'shop', 'checkout');
  expect(weightsOf(router)[1]).toEqual([93, 7]);
});

test('numbers, locks and presets keep the total at 100', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/recommendations', 'recommendations');
  const weights = ['v1', 'v2', 'v3'].map((version) => topology.weight(`recommendations-${version}`));
  const read = () => Promise.all(weights.map(async (field) => Number(await field.inputValue())));
  expect(await read()).toEqual([60, 30, 10]);
  await topology.inspector.getByRole('button', { name: 'Lock recommendations-v3 at 10 %' }).click();
  await topology.setWeight('recommendations-v2', 45);
  expect(await read()).toEqual([45, 45, 10]);
  await topology.setWeight('recommendations-v2', 95);
  await expect(topology.inspector.getByRole('alert')).toHaveText('A whole number from 0 to 90');
  await expect(topology.weight('recommendations-v1')).toHaveValue('45'); // and nothing was changed
  await topology.weight('recommendations-v2').press('Escape');
  expect(await read()).toEqual([45, 45, 10]);
  await topology.inspector.getByRole('button', { name: 'Unlock recommendations-v3' }).click();
  await topology.inspector.getByRole('button', { name: 'Even' }).click();
  expect((await read()).reduce((a, b) => a + b)).toBe(100);
});

test('a draft survives a reload and is dropped when discarded', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await topology.setWeight('cart-v2', 35);
  await page.reload();
  await expect(topology.weight('cart-v2')).toHaveValue('35');
  await topology.inspector.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(topology.weight('cart-v2')).toHaveValue('10');
});

test('all traffic for one target asks for the name of the route', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await topology.inspector.getByRole('button', { name: 'Set cart-v2 to 100 percent' }).click();
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await expect(topology.review.getByText('shop/cart-v1 will receive no traffic any more.')).toBeVisible();
  const apply = topology.review.getByRole('button', { name: 'Apply', exact: true });
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await topology.review.getByRole('textbox', { name: 'Type cart to confirm' }).fill('cart');
  await apply.click();
  await expect(topology.review).toBeHidden();
});

test('what Flagger owns cannot be changed, and says why', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('pay/fraud', 'fraud');
  await expect(
    topology.inspector.getByText('Flagger fraud sets these weights and would overwrite a change.').first(),
  ).toBeVisible();
  await expect(topology.weight('fraud-canary')).toBeDisabled();
});

test('what Argo CD manages asks to be acknowledged first', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/catalog', 'catalog');
  await topology.setWeight('catalog-green', 5);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  const apply = topology.review.getByRole('button', { name: 'Apply', exact: true });
  await topology.review
    .getByRole('textbox', { name: 'Type catalog to confirm' })
    .waitFor({ state: 'detached' });
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await topology.review.getByRole('checkbox', { name: /Argo CD may revert this/ }).check();
  await apply.click();
  await expect(topology.review).toBeHidden();
});

test('of two browsers that change one route, the second sees base, theirs and mine', async ({
  page,
  deck,
  context,
}) => {
  const mine = new TopologyPage(page, deck.url);
  await mine.openRoute('shop/cart', 'cart');
  await mine.setWeight('cart-v2', 20);
  await mine.inspector.getByRole('button', { name: 'Review…' }).click();
  const apply = mine.review.getByRole('button', { name: 'Apply', exact: true });
  await expect(apply).toBeEnabled();

  // The other one is faster than the news of it: this page hears nothing until it has applied.
  await context.setOffline(false);
  const other = new TopologyPage(await context.newPage(), deck.url);
  await other.openRoute('shop/cart', 'cart');
  await other.setWeight('cart-v2', 15);
  await other.inspector.getByRole('button', { name: 'Review…' }).click();
  await expect(other.review.getByRole('button', { name: 'Apply', exact: true })).toBeEnabled();
  await other.apply();
  await expect(other.review).toBeHidden();

  await expect(mine.review.getByText('Someone changed these weights while you were drafting')).toBeVisible();
  const row = mine.review.getByRole('row', { name: /cart-v2/ });
  await expect(row.getByRole('cell')).toHaveText(['10', '15', '20']);
  await mine.review.getByRole('button', { name: 'Keep mine' }).click();
  await expect(apply).toBeEnabled();
  await mine.apply();
  await expect(mine.review).toBeHidden();
  const router = await deck.sandbox.get<Router>('virtualrouters', 'shop', 'cart');
  expect(weightsOf(router)).toEqual([[80, 20]]);
});

test('an API that dies after the dry run changes nothing and keeps the draft', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await topology.setWeight('cart-v2', 17);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await expect(topology.review.getByRole('button', { name: 'Apply', exact: true })).toBeEnabled();
  await deck.sandbox.knobs({ errorRatio: 1 });
  await topology.apply();
  await expect(topology.review.getByText(/^E50\d /)).toBeVisible();
  await deck.sandbox.knobs({ errorRatio: 0 });
  const router = await deck.sandbox.get<Router>('virtualrouters', 'shop', 'cart');
  expect(weightsOf(router)).toEqual([[90, 10]]);
  await topology.review.getByRole('button', { name: 'Check again' }).click();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  await expect(topology.weight('cart-v2')).toHaveValue('17');
});

test('an undo that somebody overtakes stays the undo that was looked at, and is refused', async ({
  page,
  deck,
}) => {
  const write = async (first: number) => {
    const answer = await fetch(`${deck.url}/api/v1/sources/sandbox/routers/shop/cart/routes/cart/weights`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        targets: [
          { node: 'shop/cart-v1', weight: first },
          { node: 'shop/cart-v2', weight: 100 - first },
        ],
      }),
    });
    expect(answer.status).toBe(200);
  };
  await write(85);
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await expect(topology.inspector.getByText('90/10 → 85/15')).toBeVisible();
  await page.keyboard.press('u');
  const putBack = topology.review.getByRole('button', { name: 'Put back' });
  await expect(putBack).toBeEnabled();
  await write(80);
  await expect(putBack).toHaveAttribute('aria-disabled', 'true');
  const router = await deck.sandbox.get<Router>('virtualrouters', 'shop', 'cart');
  expect(weightsOf(router)).toEqual([[80, 20]]);
});

test('a controller that refuses a change is quoted', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/wishlist', 'wishlist');
  await topology.setWeight('wishlist-v2', 10);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  await expect(
    topology.inspector.getByRole('status', { name: 'Progress of the change' }).getByText(/wishlist-v2/),
  ).toBeVisible();
});
