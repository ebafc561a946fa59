import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const telemetry = (page: TopologyPage['page']) => page.getByRole('button', { name: /^Telemetry: / });

test('figures are laid over the graph, and no card moves or changes its size', async ({ page, deck }) => {
  // Figures are those of whole minutes.
  test.setTimeout(120_000);
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const [before, camera] = [await topology.places(), await topology.camera()];
  await telemetry(page).click();
  await page.getByRole('button', { name: /^Edges carry/ }).click();
  await page.getByRole('option', { name: 'Rate' }).click();
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await expect(topology.card('gateway:shop/edge')).toContainText(/p99 [\d.]+ m?s/);
  await expect(page).toHaveURL(/overlay=rate/);
  await page.keyboard.press('Escape');
  // The next figures come, and still everything stands.
  const asOf = page.getByText(/^as of \d\d:\d\d:\d\d$/);
  const first = await asOf.textContent();
  await expect(asOf).not.toHaveText(first ?? '', { timeout: 80_000 });
  expect(await topology.places()).toEqual(before);
  expect(await topology.camera()).toBe(camera);
});

test('a route says what its targets got beside what was declared', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=share&window=15m&selected=router:shop/cart&route=cart');
  await expect(topology.inspector.getByRole('heading', { name: /Observed split/ })).toBeVisible();
  const row = topology.inspector.getByRole('row', { name: /cart-v2/ });
  await expect(row).toContainText('10%');
  await expect(row).toContainText(/[\d.]+% \([\d.]+%–[\d.]+%\)/);
});

test('evidence that fails is a badge with cause and remedy; the graph stays', async ({ page, deck }) => {
  await deck.sandbox.knobs({ xrayMode: 'expired', cloudWatchMode: 'expired' });
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=p99&window=1h');
  await page.getByRole('button', { name: 'Evidence: failed' }).click();
  const told = page.getByRole('dialog');
  await expect(told).toContainText('E612');
  await expect(told).toContainText('aws sso login');
  await expect(topology.card('router:shop/cart')).toBeVisible();
});

test('the past is replayed step by step, and leaving returns to now', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=rate');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await telemetry(page).click();
  await page.getByRole('button', { name: /^Replay this time/ }).click();
  const replay = page.getByRole('region', { name: 'Replay' });
  await expect(replay).toContainText('step 1 of');
  await replay.getByRole('slider').press('ArrowRight');
  await expect(replay).toContainText('step 2 of');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await replay.getByRole('slider').press('Escape');
  await expect(replay).toBeHidden();
});
