import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function seriousIn(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>('axe.run("search", { resultTypes: ["violations"] })');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    );
}

const box = (page: Page) => page.getByRole('combobox', { name: 'Find in the mesh' });
const query = (text: string) => encodeURIComponent(text);

test('an expression is put together with the keyboard alone', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.keyboard.press('/');
  await expect(box(page)).toBeFocused();

  await page.keyboard.type('ki');
  const options = page.getByRole('listbox').getByRole('option');
  await expect(options.first()).toContainText('kind');
  // Half a field hides nothing.
  await expect(page.getByText('hidden by the search')).toBeHidden();
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveValue('kind ');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(box(page)).toHaveValue('kind = ');
  await page.keyboard.type('rou');
  await page.keyboard.press('Tab');
  await expect(box(page)).toHaveValue('kind = router ');
  await page.keyboard.type('and name ~ cart');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox')).toBeHidden();
  await expect(box(page)).toBeFocused();

  await expect(page.getByText('2 objects shown')).toBeVisible();
  await expect(topology.card('router:shop/cart')).toBeVisible();
  await expect(topology.card('node:shop/cart-v1')).toBeHidden();
  await expect(page).toHaveURL(/q=kind\+%3D\+router\+and\+name\+%7E\+cart/);
});

test('Enter leads from match to match, in a circle, and keeps the keyboard in the field', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open(`?q=${query('name ~ /^cart-v/')}`);
  const bar = page.getByRole('search');
  await expect(bar.getByText('2 found')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Enter');
  await expect(bar.getByText('1 of 2')).toBeVisible();
  await expect(topology.inspector.getByRole('heading', { name: 'cart-v1' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(topology.inspector.getByRole('heading', { name: 'cart-v2' })).toBeVisible();
  await expect(topology.card('node:shop/cart-v2')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(bar.getByText('1 of 2')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(bar.getByText('2 of 2')).toBeVisible();
  await expect(box(page)).toBeFocused();
  await bar.getByRole('button', { name: 'Next match' }).click();
  await expect(bar.getByText('1 of 2')).toBeVisible();
});

test('what cannot be read is told with its place, and what was applied stays', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open(`?q=${query('kind = router')}`);
  const shown = await page.getByText(/^\d+ objects shown$/).textContent();
  await box(page).click();
  await page.keyboard.press('End');
  await page.keyboard.type(' and (wieght < 100)');
  await expect(box(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(box(page)).toHaveAccessibleDescription('There is no field “wieght”.');
  await expect(page.locator('[data-wrong]')).toHaveText('wieght');
  await expect(page.getByText(/^Until then, what was applied before stays: kind = router$/)).toBeVisible();
  await expect(page.getByText(shown ?? '')).toBeVisible();
  await box(page).blur();
  await expect(page.getByText('Not applied: There is no field “wieght”.')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Not applied: There is no field “wieght”.')).toBeVisible();
  await expect(page.getByText('75 objects shown').or(page.getByText(/^\d{2} objects shown$/))).toBeVisible();
});

test('the rest is hidden, or stands back, and more can be left out; the address keeps it all', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open(`?q=${query('name ~ cart')}`);
  const bar = page.getByRole('search');
  await expect(topology.card('router:shop/checkout')).toBeHidden();
  await bar.getByRole('button', { name: 'Highlight' }).click();
  await expect(topology.card('router:shop/checkout').locator('[data-dimmed]')).toBeVisible();
  await expect(topology.card('router:shop/cart').locator('[data-dimmed]')).toBeHidden();
  await bar.getByRole('button', { name: 'Hide…' }).click();
  await page.getByRole('combobox', { name: 'Hide what matches' }).fill('name ~ redis');
  await expect(topology.card('router:shop/cart-redis')).toBeHidden();

  await page.reload();
  await expect(box(page)).toHaveValue('name ~ cart');
  await expect(page.getByRole('combobox', { name: 'Hide what matches' })).toHaveValue('name ~ redis');
  await expect(topology.card('router:shop/checkout').locator('[data-dimmed]')).toBeVisible();
  await expect(topology.card('router:shop/cart-redis')).toBeHidden();

  await bar.getByRole('button', { name: 'Hide…' }).click();
  await expect(topology.card('router:shop/cart-redis')).toBeVisible();
  await bar.getByRole('button', { name: 'Clear the search' }).click();
  await expect(topology.card('router:shop/checkout').locator('[data-dimmed]')).toBeHidden();
  await expect(page).not.toHaveURL(/[?&](q|hide)=/);
});

test('cards stand where they stood, whatever is looked for', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const before = await topology.places();
  await box(page).fill('kind = router');
  await expect(topology.card('node:shop/cart-v1')).toBeHidden();
  await box(page).fill('');
  await expect(topology.card('node:shop/cart-v1')).toBeVisible();
  expect(await topology.places()).toEqual(before);
});

test('half of a word empties nothing until it is meant', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await box(page).pressSequentially('kind = rout');
  await expect(page.getByText('Nothing is found by this yet; Enter applies it all the same.')).toBeVisible();
  await expect(topology.card('router:shop/cart')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'The search hides everything' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear the search' }).last().click();
  await expect(topology.card('router:shop/cart')).toBeVisible();
});

test('list, graph and API find the same', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  // The view of the mesh leaves out what nodes stand on until it is asked for.
  const text =
    '(finding.severity >= warning or not healthy) and kind in (gateway, service, router, node, unresolved)';
  const answer = await fetch(`${deck.url}/api/v1/sources/sandbox/meshes/shop/topology?q=${query(text)}`);
  const { matched, nodes } = (await answer.json()) as { matched: number; nodes: { key: string }[] };
  expect(matched).toBeGreaterThan(2);
  await topology.open(`?q=${query(text)}`);
  await expect(page.locator('.react-flow__node-card')).toHaveCount(matched);
  for (const { key } of nodes) await expect(topology.card(key)).toHaveCount(1);
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Objects of the mesh' }).getByRole('row')).toHaveCount(
    matched + 1,
  );
  const refused = await fetch(`${deck.url}/api/v1/sources/sandbox/meshes/shop/topology?q=${query('kind =')}`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ code: 'E105', values: { at: 6, length: 0 } });
});

test('a preset is chosen from the menu, and the help tells every field', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.getByRole('menuitem', { name: /Traffic is split/ }).click();
  await expect(box(page)).toHaveValue('kind = router and share > 0 and share < 100');
  await expect(topology.card('router:shop/cart')).toBeVisible();
  await expect(topology.card('router:shop/search')).toBeHidden();
  await page.getByRole('button', { name: 'How to find' }).click();
  await expect(page.getByRole('row', { name: /^calledBy / })).toBeVisible();
});

test('it speaks Korean, takes Korean words, and has no serious fault', async ({ page, deck, context }) => {
  await context.addCookies([{ name: 'meshdeck-locale', value: 'ko', url: deck.url }]);
  const topology = new TopologyPage(page, deck.url);
  await topology.open(`?q=${query('kind = router')}`);
  const field = page.getByRole('combobox', { name: '메시에서 찾기' });
  await field.click();
  await page.keyboard.press('End');
  await page.keyboard.insertText(' and name ~ 장바구니');
  await expect(page.getByText('아직 찾은 것이 없습니다. Enter를 누르면 그대로 적용합니다.')).toBeVisible();
  await field.fill('kind = router and (');
  await expect(field).toHaveAccessibleDescription('여기에 단어나 조건이 빠졌습니다.');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  expect(await seriousIn(page)).toEqual([]);
});

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 800, height: 900 } });
  test('everything of the find box is within reach', async ({ page, deck }) => {
    await page.goto(
      `${deck.url}/sources/sandbox/meshes/shop/topology?q=${query('kind = router and name ~ cart')}&hide=idle`,
    );
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);
    const bar = page.getByRole('search');
    for (const control of await bar.getByRole('button').all())
      await expect(control).toBeInViewport({ ratio: 1 });
    await box(page).click();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('listbox')).toBeInViewport({ ratio: 1 });
    const [inner, outer] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    expect(inner).toBeLessThanOrEqual(outer);
  });
});
