import type { Page } from '@playwright/test';
import { seriousOf } from './support/axe';
import { expect, test } from './support/console';

test.use({ engine: true });

const NEW = '/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart';
const QUICK = {
  routes: [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [{ weight: 40 }, { weight: 100 }] } },
  verify: { mode: 'skip' },
};
const review = (page: Page) => page.getByRole('region', { name: 'Before it starts' });
const yaml = (page: Page) => review(page).locator('pre');

test('two routers move together, judged and held to windows as the form says', async ({ page, deck }) => {
  await page.goto(`${deck.url}${NEW}`);
  const routes = page.getByRole('list', { name: 'Routes to shift' });
  await page.getByRole('button', { name: 'Add a route' }).click();
  await routes
    .getByRole('combobox', { name: 'Route', exact: true })
    .nth(1)
    .selectOption('shop/reviews / reviews');
  await expect(page.getByText(/cart, reviews: the routes of one router change in one write/)).toBeVisible();

  const metrics = page.getByRole('list', { name: 'What is judged' });
  await metrics.getByLabel('At most (%)').first().fill('2.5');
  await page.getByRole('button', { name: 'Do not judge p99' }).click();
  await metrics.getByText('More about faults').click();
  await metrics.getByLabel('Too few requests').selectOption('count as failed');
  await metrics.getByLabel('Judged from so many requests on').fill('50');

  await page.getByText('Windows (0)').click();
  await page.getByRole('button', { name: 'Add a window' }).click();
  await page.getByLabel('Fri').uncheck();
  await page.getByText('Failures, drift and deadlines').click();
  await page.getByLabel('Somebody else changes the weights').selectOption('it goes back');
  await page.getByLabel('One step (s)').fill('900');
  await page.getByLabel('Name of the TrafficShift').fill('release-42');

  await expect(yaml(page)).toContainText('max: 0.025');
  await expect(yaml(page)).toContainText('onDrift: abort');
  expect(await seriousOf(page)).toEqual([]);
  await review(page).getByRole('button', { name: 'Start the shift' }).click();
  await expect(page.getByRole('heading', { name: 'shop / release-42' })).toBeVisible();
  const { spec } = await deck.sandbox.shift('shop', 'release-42');
  expect(spec['routes']).toEqual([
    { router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' },
    { router: 'reviews', route: 'reviews', from: 'reviews-v1', to: 'reviews-v2' },
  ]);
  expect(spec['analysis']).toEqual({
    intervalSeconds: 60,
    metrics: [{ name: 'faults', figure: 'faultRatio', max: 0.025, minSamples: 50, noData: 'fail' }],
  });
  expect(spec['windows']).toMatchObject([
    { kind: 'allow', days: ['Mon', 'Tue', 'Wed', 'Thu'], from: '09:00', to: '16:00' },
  ]);
  expect(spec['deadlines']).toEqual({ stepSeconds: 900 });
});

test('a plan is kept in the browser, shown as YAML, used again, and forgotten', async ({ page, deck }) => {
  await page.goto(`${deck.url}${NEW}`);
  await page.getByRole('button', { name: 'Blue/green' }).click();
  await page.getByLabel('Judge what is measured at every step').uncheck();
  await page.getByLabel('Keep this plan in the browser as').fill('night');
  await page.getByRole('button', { name: 'Save the plan' }).click();
  await page.reload();
  const saved = page.getByRole('group', { name: 'Saved plan night' });
  await saved.getByRole('button', { name: 'Show as YAML' }).click();
  await expect(saved.getByText(/bakeSeconds: 600/)).toBeVisible();
  await expect(yaml(page)).toContainText('canary:');
  await saved.getByRole('button', { name: 'Use' }).click();
  await expect(yaml(page)).toContainText('blueGreen:');
  await expect(yaml(page)).not.toContainText('analysis:');
  await saved.getByRole('button', { name: 'Delete' }).click();
  await page.reload();
  await expect(page.getByLabel('Keep this plan in the browser as')).toBeVisible();
  await expect(saved).toBeHidden();
});

test('YAML from elsewhere fills the form, and what cannot be read says so', async ({ page, deck }) => {
  await page.goto(`${deck.url}${NEW}`);
  await page.getByText('Fill in from YAML').click();
  const paste = page.getByLabel('A TrafficShift, its spec, or a saved plan as YAML');
  await paste.fill('strategy: { canary: { steps: [{ weight: 7 }] } }');
  await page.getByRole('button', { name: 'Fill in', exact: true }).click();
  await expect(page.getByText(/the last step has weight 100/).first()).toBeVisible();
  await paste.fill('strategy: { canary: { steps: [{ weight: 7 }, { weight: 100 }] } }\nonFailure: hold');
  await page.getByRole('button', { name: 'Fill in', exact: true }).click();
  await expect(page.getByLabel('Weight of step 1 in %')).toHaveValue('7');
  await expect(yaml(page)).toContainText('onFailure: hold');
});

test('the attempts on a route stand by each other, and lead to the next', async ({ page, deck }) => {
  await deck.sandbox.createShift('shop', 'cart-first', QUICK);
  await page.goto(`${deck.url}/sources/sandbox/shifts/shop/cart-first`);
  await expect(page.getByText('All traffic of the pair goes to the new target.')).toBeVisible();
  await page.getByRole('link', { name: 'Swap back …' }).click();
  await expect(yaml(page)).toContainText('from: cart-v2');
  await page.getByLabel('Weight of step 1 in %').fill('30');
  await page.getByLabel('Name of the TrafficShift').fill('cart-back');
  await review(page).getByRole('button', { name: 'Start the shift' }).click();
  await expect(page.getByText('All traffic of the pair goes to the new target.')).toBeVisible();

  const attempts = page.getByRole('list', { name: 'Attempts on this route' });
  await attempts.getByRole('button', { name: 'Compare with cart-first' }).click();
  const diff = page.getByRole('region', { name: 'From cart-first to this one' });
  await expect(diff.getByText('- - weight: 40')).toBeVisible();
  await expect(diff.getByText('+ - weight: 30')).toBeVisible();
  await attempts.getByRole('link', { name: 'Run cart-first again' }).click();
  await expect(yaml(page)).toContainText('from: cart-v1');
});
