import type { BrowserContext } from '@playwright/test';
import { seriousOf } from './support/axe';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const MESH = '/sources/sandbox/meshes/shop';
const MENU = /^Telemetry: /;

for (const theme of ['light', 'dark'] as const) {
  const dressed = (context: BrowserContext, url: string) =>
    context.addCookies([{ name: 'meshdeck-theme', value: theme, url }]);

  test(`axe finds nothing serious in the overlay (${theme})`, async ({ page, deck, context }) => {
    test.setTimeout(120_000);
    await dressed(context, deck.url);
    const topology = new TopologyPage(page, deck.url);
    await topology.open('?overlay=errors&sized=1&heat=1&selected=router:shop/cart&route=cart');
    await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
    expect.soft(await seriousOf(page), 'graph and inspector').toEqual([]);
    for (const name of [MENU, /^Evidence: /, 'Legend', /unmatched name/]) {
      await page.getByRole('button', { name }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect.soft(await seriousOf(page), String(name)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
  });

  test(`axe finds nothing serious in a replay (${theme})`, async ({ page, deck, context }) => {
    test.setTimeout(120_000);
    await dressed(context, deck.url);
    const topology = new TopologyPage(page, deck.url);
    await topology.open('?overlay=rate&flow=1');
    await expect(topology.card('gateway:shop/edge')).toContainText(/\d[KM]? rpm/);
    await page.getByRole('button', { name: MENU }).click();
    await page.getByRole('button', { name: /^Replay this time/ }).click();
    const replay = page.getByRole('region', { name: 'Replay' });
    await replay.getByRole('button', { name: 'Play' }).click();
    await expect(replay.getByRole('button', { name: 'Stop' })).toBeVisible();
    expect(await seriousOf(page)).toEqual([]);
  });

  test(`axe finds nothing serious in charts and traces (${theme})`, async ({ page, deck, context }) => {
    test.setTimeout(120_000);
    await dressed(context, deck.url);
    const query = 'overlay=rate&view=list&selected=router:shop/cart&tab=metrics&window=15m';
    await page.goto(`${deck.url}${MESH}/topology?${query}`);
    // The comparison is a reading of its own, behind that of the whole.
    await page
      .getByRole('figure', { name: 'Requests per minute: shop/cart-v1' })
      .waitFor({ timeout: 45_000 });
    expect.soft(await seriousOf(page), 'charts and list').toEqual([]);

    await page.goto(`${deck.url}${MESH}/traces?minMs=200`);
    const first = page.getByRole('table').getByRole('row').nth(1).getByRole('link');
    await first.waitFor();
    expect.soft(await seriousOf(page), 'traces').toEqual([]);
    await first.click();
    await page.getByRole('listbox', { name: /^Spans/ }).waitFor();
    expect.soft(await seriousOf(page), 'trace').toEqual([]);
  });
}
