import { seriousOf } from './support/axe';
import { expect, test } from './support/console';
import { TrafficPage } from './support/traffic-page';

test.use({ engine: true });

/** Holds for as long as a test lasts. */
const HOLDS = {
  routes: [{ router: 'reviews', route: 'reviews', from: 'reviews-v1', to: 'reviews-v2' }],
  strategy: { canary: { steps: [{ weight: 40, holdSeconds: 600 }, { weight: 100 }] } },
  verify: { mode: 'skip' },
};

const [CART, BETA, CHECKOUT] = ['shop/cart / cart', 'shop/cart / beta', 'shop/checkout / checkout'];

test('every weighted route is listed: bar, measured share, owner, and the shift that holds it', async ({
  page,
  deck,
}) => {
  test.setTimeout(120_000);
  await deck.sandbox.knobs({ xraySampling: 1, trafficRate: 5 });
  await deck.sandbox.createShift('shop', 'reviews-1', HOLDS);
  const traffic = new TrafficPage(page, deck.url);
  await traffic.open();
  for (const { metadata, spec } of await deck.sandbox.routers())
    for (const { name } of spec.routes)
      await expect(traffic.opener(`${metadata.namespace}/${metadata.name} / ${name}`)).toBeVisible();
  // Those that no object stands for, and a mesh without Kubernetes.
  for (const name of ['loyalty-ecs / points', 'invoices / invoices', 'ledger-db / ledger-db'])
    await expect(traffic.opener(name)).toBeVisible();

  const widths = traffic.row(CART).locator('[style*="width"]');
  await expect(widths.first()).toHaveAttribute('style', /width: 90%/);
  await expect(widths.nth(1)).toHaveAttribute('style', /width: 10%/);
  await expect(traffic.row(CART)).toContainText(
    /cart-v1\s*90%\s*measured [\d.]+%.*cart-v2\s*10%\s*measured/,
    {
      timeout: 60_000,
    },
  );
  await expect(traffic.row(CART)).toContainText('agrees');

  await expect(traffic.row('pay/fraud / fraud')).toContainText('Flagger fraud');
  await expect(traffic.row('pay/fraud / fraud').getByRole('checkbox')).toBeDisabled();
  await expect(traffic.row('shop/catalog / catalog')).toContainText('Argo CD storefront');
  await expect(traffic.row(CART)).toContainText('Nobody');
  const held = traffic.row('shop/reviews / reviews');
  await expect(held).toContainText(/reviews-v2\s*40%/);
  await held.getByRole('link', { name: /shop\/reviews-1 holds this router/ }).click();
  await expect(page.getByRole('heading', { name: 'shop / reviews-1' })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'Traffic shifts' }).click();
  await expect(page.getByRole('link', { name: 'reviews-1' })).toBeVisible();
});

test('the find language chooses among the routes, and says what it cannot read', async ({ page, deck }) => {
  const traffic = new TrafficPage(page, deck.url);
  await traffic.open();
  await traffic.search.fill('owner = argocd or owner = flux');
  await expect(page.getByText('3 routes of 27')).toBeVisible();
  await expect(traffic.opener('shop/catalog / catalog')).toBeVisible();
  await expect(traffic.opener(CART)).toBeHidden();
  await expect(page).toHaveURL(/q=owner/);

  await traffic.search.fill('owner = argocd and weight >');
  await expect(page.getByText('What should weight > be compared with?').first()).toBeVisible();
  await expect(traffic.opener('shop/catalog / catalog')).toBeVisible();

  await traffic.search.fill('cart weight > 100');
  await expect(page.getByRole('heading', { name: 'No route fits' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).last().click();
  await expect(traffic.opener(CART)).toBeVisible();
});

test('several routes are changed in one review that tells what is one write, and taken back once', async ({
  page,
  deck,
}) => {
  // A second route to divide, of the same router.
  await deck.sandbox.jsonPatch('virtualrouters', 'shop', 'cart', [
    { op: 'add', path: '/spec/routes/-', value: BETA_ROUTE },
  ]);
  const traffic = new TrafficPage(page, deck.url);
  await traffic.open('cart or checkout');
  await traffic.reviewEven(CART, BETA, CHECKOUT);
  await expect(page.getByText('3 routes picked')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Review: 3 routes in one change' })).toBeVisible();
  await expect(traffic.review.getByText(/^These are 2 writes, one after the other/)).toBeVisible();
  await expect(traffic.write('shop/cart')).toContainText('its 2 routes change together or not at all');
  await expect(traffic.write('shop/cart')).toContainText('90/10 → 50/50');
  await expect(traffic.write('shop/checkout')).toContainText('95/5 → 50/50');
  expect(await deck.sandbox.weights('shop', 'cart')).toEqual([90, 10]); // nothing is sent by reviewing

  await traffic.apply();
  await expect(traffic.review.getByText('All 2 writes applied.')).toBeVisible();
  for (const [router, route] of [
    ['cart', 'cart'],
    ['cart', 'beta'],
    ['checkout', 'checkout'],
  ] as const)
    expect(await deck.sandbox.weights('shop', router, route)).toEqual([50, 50]);

  await traffic.undo().click();
  await expect(traffic.review.getByText('All 2 writes taken back.')).toBeVisible();
  await expect(traffic.write('shop/cart')).toContainText('Taken back');
  await expect(traffic.undo()).toBeHidden();
  expect(await deck.sandbox.weights('shop', 'cart')).toEqual([90, 10]);
  await traffic.review.getByRole('button', { name: 'Close' }).last().click();
  await expect(traffic.row(CART)).toContainText('undone by meshdeck');
});

test('a route changed by somebody else stops the whole change, and later only its own undo', async ({
  page,
  deck: { url, sandbox },
}) => {
  const traffic = new TrafficPage(page, url);
  await traffic.open('cart or checkout');
  await traffic.reviewEven(CART, CHECKOUT);
  // `employees` is the first route of the router; any change of the other is somebody else's.
  const change = (weight: number) =>
    sandbox.jsonPatch('virtualrouters', 'shop', 'checkout', [
      { op: 'replace', path: `${CHECKOUT_TARGETS}/0/weight`, value: 100 - weight },
      { op: 'replace', path: `${CHECKOUT_TARGETS}/1/weight`, value: weight },
    ]);
  await change(30);
  await traffic.apply();
  await expect(traffic.review.getByText('Nothing was applied.')).toBeVisible();
  await expect(traffic.write('shop/checkout')).toContainText('was changed after you read it');
  await expect(traffic.undo()).toBeHidden();
  expect(await sandbox.weights('shop', 'cart')).toEqual([90, 10]);
  await traffic.review.getByRole('button', { name: 'Close' }).last().click();

  await expect(traffic.row(CHECKOUT)).toContainText(/checkout-v2\s*30%/);
  await page.getByRole('button', { name: 'Even…' }).click();
  await expect(traffic.write('shop/checkout')).toContainText('70/30 → 50/50');
  await expect(traffic.review.getByText('Would be taken')).toHaveCount(2);
  await traffic.apply();
  await expect(traffic.review.getByText('All 2 writes applied.')).toBeVisible();
  await change(20);
  await traffic.undo().click();
  await expect(traffic.review.getByText('Nothing was taken back.')).toBeVisible();
  await expect(traffic.write('shop/checkout')).toContainText('Stays: taking it back was refused');
  await expect(traffic.undo()).toHaveText('Undo 1 route');
  await traffic.undo().click();
  await expect(
    traffic.review.getByText('1 of 2 writes taken back; the others stay as they are.'),
  ).toBeVisible();
  await expect(traffic.undo()).toBeHidden();
  expect(await sandbox.weights('shop', 'cart')).toEqual([90, 10]);
});

test('everything is done with the keyboard', async ({ page, deck }) => {
  const traffic = new TrafficPage(page, deck.url);
  await traffic.open();
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const { activeElement: at } = document;
      return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim();
    });
  /** Presses a key until this has the focus. */
  const walk = async (key: string, to: string) => {
    for (let steps = 0; steps < 60 && (await focused()) !== to; steps += 1) await page.keyboard.press(key);
    expect(await focused()).toBe(to);
  };
  await page.keyboard.press('/');
  await page.keyboard.type('cart or checkout');
  await expect(traffic.opener('shop/web / everyone')).toBeHidden();
  await page.keyboard.press('Escape');
  await walk('Tab', CART);
  await page.keyboard.press('x');
  await walk('ArrowDown', CHECKOUT);
  await page.keyboard.press('x');
  await expect(page.getByText('2 routes picked')).toBeVisible();
  await walk('Shift+Tab', 'Even…');
  await page.keyboard.press('Enter');
  await expect(traffic.review.getByText('Would be taken')).toHaveCount(2);
  const box = traffic.review.getByRole('checkbox', { name: /points at once/ });
  for (let steps = 0; steps < 20; steps += 1) {
    if (await box.evaluate((at) => at === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
  await walk('Tab', 'Apply');
  await page.keyboard.press('Enter');
  await expect(traffic.review.getByText('All 2 writes applied.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(traffic.review).toBeHidden();
  // The keyboard stays where the review was opened.
  await expect.poll(focused).toBe('Even…');

  await walk('Tab', CART);
  await page.keyboard.press('Enter');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { name: 'cart', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector).toBeHidden();
});

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['en', 'ko'] as const)
    test(`axe finds nothing serious (${theme}, ${locale})`, async ({ page, deck, context }) => {
      await context.addCookies([
        { name: 'meshdeck-theme', value: theme, url: deck.url },
        { name: 'meshdeck-locale', value: locale, url: deck.url },
      ]);
      await deck.sandbox.createShift('shop', 'reviews-1', HOLDS);
      // What fades in is not judged half way.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(`${deck.url}/traffic?q=cart%20or%20reviews%20or%20checkout`);
      const boxes = page.getByRole('table').getByRole('checkbox');
      await boxes.first().waitFor();
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      expect(await seriousOf(page), 'list').toEqual([]);
      await boxes.first().check();
      await page.getByRole('button', { name: /^(Even…|균등…)$/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/^(Would be taken|적용 가능)$/)
        .first()
        .waitFor();
      expect(await seriousOf(page), 'review').toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('[data-row]').first().click();
      await page.getByRole('complementary').getByRole('heading').first().waitFor();
      expect(await seriousOf(page), 'editor').toEqual([]);
      await page.goto(`${deck.url}/sources/sandbox/shifts/shop/reviews-1`);
      await page.locator('figure svg').waitFor();
      expect(await seriousOf(page), 'shift').toEqual([]);
    });

const CHECKOUT_TARGETS = '/spec/routes/1/httpRoute/action/weightedTargets';

const BETA_ROUTE = {
  name: 'beta',
  priority: 1,
  httpRoute: {
    match: { prefix: '/', headers: [{ name: 'x-beta', match: { exact: 'yes' } }] },
    action: {
      weightedTargets: ['cart-v1', 'cart-v2'].map((name, i) => ({
        virtualNodeRef: { name },
        weight: i === 0 ? 90 : 10,
      })),
    },
  },
};
