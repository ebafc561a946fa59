/** Whole shifts, carried out by the launcher's own engine and judged by what the sandbox's X-Ray and CloudWatch tell. */
import { expect, test } from './support/console';
import type { Deck } from './support/console';
import { ShiftPage } from './support/shift-page';

test.use({ engine: true });

/** The longest that a step may take on a slow machine. */
const STEP_MS = 40_000;
const WELL = { p50Ms: 20, p99Ms: 80, faultRatio: 0, errorRatio: 0, throttleRatio: 0 };
const SLOW = { ...WELL, p50Ms: 800, p99Ms: 1000 };

test.describe.configure({ timeout: 180_000 });
test.beforeEach(async ({ deck: { sandbox } }) => {
  // Every request is traced, and there are many: seconds tell what minutes tell elsewhere.
  await sandbox.knobs({ xraySampling: 1, trafficRate: 5 });
  await sandbox.behave('shop', 'cart-v1', WELL);
  await sandbox.behave('shop', 'cart-v2', WELL);
});

/** Measured at once and often. */
const VERIFY = { intervalSeconds: 2, timeoutSeconds: 30, minSamples: 20 };

const JUDGED = {
  routes: [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }],
  strategy: { canary: { steps: [5, 25, 50, 100].map((weight) => ({ weight, holdSeconds: 2 })) } },
  verify: VERIFY,
  analysis: {
    ...{ intervalSeconds: 2, windowSeconds: 6, warmUpSeconds: 0, lagSeconds: 0 },
    metrics: [
      { name: 'faults', figure: 'faultRatio', evidence: 'cloudwatch', max: 0.1, minSamples: 3 },
      { name: 'slow', figure: 'p50Ms', evidence: 'xray', max: 400, minSamples: 3 },
    ],
  },
};

async function begin({ deck, page }: { deck: Deck; page: ShiftPage['page'] }, spec: object, name: string) {
  await deck.sandbox.createShift('shop', name, spec);
  const run = new ShiftPage(page, deck.url, name);
  await run.open();
  return run;
}

test('a canary goes 5, 25, 50, 100, each step measured and judged on screen, and succeeds', async ({
  page,
  deck,
}) => {
  await page.goto(`${deck.url}/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart`);
  // The plan of seconds comes as YAML; the steps are those of the template, held for as short.
  const { routes: _, ...plan } = JUDGED;
  await page.getByText('Fill in from YAML').click();
  await page
    .getByLabel('A TrafficShift, its spec, or a saved plan as YAML')
    .fill(JSON.stringify({ ...plan, strategy: { canary: { steps: [{ weight: 5 }, { weight: 100 }] } } }));
  await page.getByRole('button', { name: 'Fill in', exact: true }).click();
  await expect(page.getByLabel('Between samples (s)')).toHaveValue('2');
  for (const weight of ['25', '50']) {
    await page.getByRole('button', { name: 'Add a step' }).click();
    const added = page.getByLabel(/^Weight of step \d+ in %$/).nth(weight === '25' ? 1 : 2);
    await added.fill(weight);
  }
  const holds = page.getByLabel('Hold in s');
  await expect(holds).toHaveCount(4);
  for (const hold of await holds.all()) await hold.fill('2');
  await page.getByLabel('Name of the TrafficShift').fill('cart-well');
  const start = page.getByRole('region', { name: 'Before it starts' });
  await expect(start.locator('pre')).toContainText('weight: 25');
  await start.getByRole('button', { name: 'Start the shift' }).click();
  const run = new ShiftPage(page, deck.url, 'cart-well');
  for (const [step, percent] of ['5 %', '25 %', '50 %', '100 %'].entries()) {
    await expect(run.steps.nth(step)).toContainText(percent);
    await run.reached(step, STEP_MS);
    // The share that arrives is told with each step, and is the one asked for.
    await expect(run.steps.nth(step)).toContainText(/[\d.]+% of \d+ requests measured: agrees/, {
      timeout: STEP_MS,
    });
  }
  await run.phase('Succeeded', STEP_MS);
  await expect(run.region.getByText('now 0/100')).toBeVisible();
  for (const step of [0, 1, 2, 3]) await expect(run.steps.nth(step)).toHaveAttribute('data-state', 'done');
  const judged = (metric: string, figure: RegExp) =>
    run.verdicts.filter({ hasText: metric }).filter({ hasText: '✓ passed' }).filter({ hasText: figure });
  await expect(judged('slow', /[\d.]+ ms400 ms/).first()).toBeVisible();
  await expect(judged('faults', /[\d.]+%10%/).first()).toBeVisible();
  await expect(run.verdicts.filter({ hasText: 'failed' })).toHaveCount(0);
  expect(await deck.sandbox.weights('shop', 'cart')).toEqual([0, 100]);
});

test('a canary whose new version turns slow goes back by itself, and says which figure it was', async ({
  page,
  deck,
}) => {
  const { sandbox } = deck;
  const run = await begin({ page, deck }, JUDGED, 'cart-slow');
  await run.reached(1, 2 * STEP_MS);
  await sandbox.behave('shop', 'cart-v2', SLOW);
  await run.phase('Rolled back', 2 * STEP_MS);
  const words = run.region.getByRole('status').first();
  await expect(words).toContainText('What was measured broke a limit.');
  await expect(words).toContainText(/slow failed 2 times: [\d.,]+ ms is above 400 ms/);
  await expect(run.verdicts.filter({ hasText: /shop\/cart-v2✕ failed[\d.,]+ ms400 ms/ })).toHaveCount(2);
  await expect(run.region.getByText('now 90/10')).toBeVisible();
  expect(await sandbox.weights('shop', 'cart')).toEqual([90, 10]);
});

test('a gate waits until somebody promotes it on screen', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/shifts/new?router=shop%2Fcart&route=cart`);
  await page.getByRole('button', { name: 'Fast' }).click();
  const [first, last] = [page.getByLabel('Hold in s').first(), page.getByLabel('Hold in s').last()];
  await first.fill('0');
  await last.fill('0');
  await page.getByLabel('waits for approval').first().check();
  await page.getByLabel('Judge what is measured at every step').uncheck();
  await page.getByLabel('Name of the TrafficShift').fill('cart-gate');
  await page.getByRole('button', { name: 'Start the shift' }).click();

  const run = new ShiftPage(page, deck.url, 'cart-gate');
  await run.phase('Awaiting approval', 2 * STEP_MS);
  await expect(run.steps.first()).toContainText('Held long enough');
  expect(await deck.sandbox.weights('shop', 'cart')).toEqual([80, 20]);
  await run.control('Promote one step');
  await run.phase('Succeeded', 2 * STEP_MS);
  await expect(run.region.getByText(/Promote one step by meshdeck at step 1: done/)).toBeVisible();
  expect(await deck.sandbox.weights('shop', 'cart')).toEqual([0, 100]);
});

test('blue/green is looked at, switched, watched, and swapped back from its page', async ({ page, deck }) => {
  const run = await begin(
    { page, deck },
    {
      routes: [{ router: 'catalog', route: 'catalog', from: 'catalog-blue', to: 'catalog-green' }],
      strategy: { blueGreen: { preview: { approval: true }, bakeSeconds: 5 } },
      verify: VERIFY,
      // The router is one of Argo CD's.
      acknowledgeOwner: true,
    },
    'catalog-green-1',
  );
  await run.phase('Awaiting approval', STEP_MS);
  expect(await deck.sandbox.weights('shop', 'catalog')).toEqual([100, 0]);
  await run.control('Promote one step');
  await expect(run.steps.last()).toContainText(/left to hold/, { timeout: STEP_MS });
  expect(await deck.sandbox.weights('shop', 'catalog')).toEqual([0, 100]);
  await run.phase('Succeeded', STEP_MS);

  await run.region.getByRole('link', { name: 'Swap back …' }).click();
  await expect(page.getByText('Begun from shop/catalog-green-1')).toBeVisible();
  const moves = page.getByRole('list', { name: 'Routes to shift' });
  await expect(moves.getByRole('combobox', { name: 'From', exact: true })).toHaveValue('shop/catalog-green');
  await expect(moves.getByRole('combobox', { name: 'To', exact: true })).toHaveValue('shop/catalog-blue');
  await page.getByRole('button', { name: 'Start the shift' }).click();
  const back = new ShiftPage(page, deck.url, 'catalog-blue-1');
  await back.phase('Awaiting approval', STEP_MS);
  await back.control('Promote one step');
  await back.phase('Succeeded', 2 * STEP_MS);
  await expect(back.region.getByText('now 100/0')).toBeVisible();
  expect(await deck.sandbox.weights('shop', 'catalog')).toEqual([100, 0]);
});
