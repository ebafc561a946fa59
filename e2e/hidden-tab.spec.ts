import type { Page, Request } from '@playwright/test';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const MESH = '/sources/sandbox/meshes/shop';

interface Asked {
  path: string;
  isAnswered: boolean;
}

/** What the page asks of X-Ray and CloudWatch, from now on. */
function askedOf(page: Page): Asked[] {
  const asked: Asked[] = [];
  const known = new Map<Request, Asked>();
  page.on('request', (request) => {
    const { pathname: path } = new URL(request.url());
    if (!/^\/api\/.*\/(telemetry|metrics|traces)(\/|$)/.test(path)) return;
    const made = { path, isAnswered: false };
    known.set(request, made);
    asked.push(made);
  });
  const answered = (request: Request) => {
    const made = known.get(request);
    if (made) made.isAnswered = true;
  };
  page.on('requestfinished', answered).on('requestfailed', answered);
  return asked;
}

/** Chromium without a window never hides a page by itself: this is what a page hears when its tab is left or chosen. */
function turn(to: DocumentVisibilityState): void {
  const told = (name: string, get: () => unknown) =>
    Object.defineProperty(document, name, { configurable: true, get });
  told('visibilityState', () => to);
  told('hidden', () => to === 'hidden');
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

test('a hidden tab asks for nothing that is measured, and asks again when it is shown', async ({
  page,
  deck,
}) => {
  await page.clock.install();
  const asked = askedOf(page);
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=rate&selected=router:shop/cart&tab=metrics');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await expect(page.getByRole('figure', { name: 'Requests per minute: shop/cart-v1' })).toBeVisible();
  const names = () => [...new Set(asked.map(({ path }) => path.split('/').at(-1)))].sort();
  // While it is seen, both are asked for again and again.
  asked.length = 0;
  await expect(async () => {
    await page.clock.fastForward('01:00');
    expect(names()).toEqual(['metrics', 'telemetry']);
  }).toPass();

  // An answer that came later would be new at that moment.
  await expect.poll(() => asked.every((request) => request.isAnswered)).toBe(true);
  await page.evaluate(turn, 'hidden' as const);
  asked.length = 0;
  for (let minute = 0; minute < 30; minute += 1) await page.clock.fastForward('01:00');
  expect(asked).toEqual([]);

  await page.evaluate(turn, 'visible' as const);
  await expect.poll(names).toEqual(['metrics', 'telemetry']);
});

test('a replay stands still in a hidden tab', async ({ page, deck }) => {
  await page.clock.install();
  const asked = askedOf(page);
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?overlay=rate&window=1h');
  await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
  await page.getByRole('button', { name: /^Telemetry: / }).click();
  await page.getByRole('button', { name: /^Replay this time/ }).click();
  const replay = page.getByRole('region', { name: 'Replay' });
  await replay.getByRole('button', { name: 'Play' }).click();
  const shown = async () => Number(/step (\d+) of/.exec(await replay.innerText())?.[1]);
  await expect(async () => {
    await page.clock.fastForward('00:05');
    expect(await shown()).toBeGreaterThan(1);
  }).toPass();

  await page.evaluate(turn, 'hidden' as const);
  await page.clock.fastForward('00:05');
  asked.length = 0;
  const before = await shown();
  for (let step = 0; step < 20; step += 1) await page.clock.fastForward('00:05');
  expect([await shown(), asked]).toEqual([before, []]);

  await page.evaluate(turn, 'visible' as const);
  await expect(async () => {
    await page.clock.fastForward('00:05');
    expect(await shown()).toBeGreaterThan(before);
  }).toPass();
});

test('a tab that is opened behind another searches for traces when it is chosen', async ({ page, deck }) => {
  const asked = askedOf(page);
  await page.addInitScript(turn, 'hidden' as const);
  await page.goto(`${deck.url}${MESH}/traces?window=15m`);
  // What can be opened is alive: it would have asked.
  await expect(async () => {
    await page.getByLabel('Status').click();
    await expect(page.getByRole('option', { name: 'Fault (5xx)' })).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(asked).toEqual([]);
  await page.evaluate(turn, 'visible' as const);
  await expect(page.getByText(/\d traces scanned, about \$/)).toBeVisible();
  expect(asked).toHaveLength(1);
});
