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
  await expect(page.getByRole('button', { name: /^Evidence: all answer · as of/ })).toBeVisible();
  const first = await asOf.textContent();
  await expect(asOf).not.toHaveText(first ?? '', { timeout: 80_000 });
  expect(await topology.places()).toEqual(before);
  expect(await topology.camera()).toBe(camera);
});

test('edges that stand for several carry what these carry together', async ({ page, deck }) => {
  const path = `${deck.url}/sources/sandbox/meshes/shop/topology?overlay=rate`;
  await page.goto(`${path}&layer=services`);
  // Two routes lead from there to the same node, and nothing tells their traffic apart: it is counted once.
  const rateIn = async (selector: string) => /[\d.]+ rpm/.exec(await page.locator(selector).innerText())?.[0];
  await expect
    .poll(async () => {
      const onEdge = await rateIn('[data-edge^="routed|service:shop/search|"]');
      return onEdge !== undefined && onEdge === (await rateIn('[data-id="node:shop/search-v5"]'));
    })
    .toBe(true);
  await page.goto(`${path}&collapsed=shop,pay,data`);
  await expect(page.getByText(/^\d+ edges[\d.]+K? rpm$/).first()).toBeVisible();
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
  // A window that no other test has read before: what is known of one stays shown.
  await topology.open('?overlay=p99&window=6h');
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
  await expect(page.getByRole('dialog')).toBeHidden();
  const replay = page.getByRole('region', { name: 'Replay' });
  const slider = replay.getByRole('slider');
  await expect(replay).toContainText('step 1 of');
  await expect(slider).toBeFocused();
  await slider.press('ArrowRight');
  await expect(replay).toContainText('step 2 of');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await slider.press('Escape');
  await expect(replay).toBeHidden();
  await expect(telemetry(page)).toBeFocused();
  await expect(page).not.toHaveURL(/replay=/);
});

test('the address of a replay opens the same moment', async ({ page, deck, context }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=rate&window=15m');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await telemetry(page).click();
  await page.getByRole('button', { name: /^Replay this time/ }).click();
  const told = (of: typeof page) => of.getByRole('region', { name: 'Replay' }).getByRole('status');
  await page.getByRole('slider', { name: 'Moment shown' }).press('End');
  await page.getByRole('slider', { name: 'Moment shown' }).press('ArrowLeft');
  await expect(told(page)).toContainText('step 14 of 15');
  await expect(page).toHaveURL(/replay=\d+-\d+-60-13/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(told(other)).toHaveText((await told(page).textContent()) ?? '');
});

test('what is measured is in the list and in the spoken labels, too', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=rate&window=15m');
  await expect(topology.card('gateway:shop/edge')).toHaveAttribute(
    'aria-description',
    /^(good|degraded|failing), [\d.]+[KM]? rpm · /,
  );
  await page.getByRole('button', { name: /^\d unmatched names?$/ }).click();
  await expect(page.getByRole('dialog')).toContainText('called by');
  await page.keyboard.press('Escape');
  for (const width of [1440, 800]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`${page.url()}&view=list`);
    const row = page.getByRole('row', { name: /VirtualRouter shop cart / });
    await expect(row).toContainText(/cart-v2 10% · [\d.]+ rpm/);
    await expect(row).toContainText(/[\d.]+%/);
  }
});
