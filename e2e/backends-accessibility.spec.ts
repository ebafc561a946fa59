import { seriousOf } from './support/axe';
import { BackendsPage } from './support/backends-page';
import { expect, test } from './support/console';

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing serious on the backends screen (${theme})`, async ({ page, deck, context }) => {
    await context.addCookies([
      { name: 'meshdeck-theme', value: theme, url: deck.url },
      { name: 'meshdeck-locale', value: 'en', url: deck.url },
    ]);
    const backends = new BackendsPage(page, deck.url);
    await backends.open('shop/cart-v1', 'shop/pricing');
    await page.getByRole('button', { name: 'Revoke', exact: true }).waitFor();
    expect(await seriousOf(page), 'matrix and cell').toEqual([]);

    await backends.grid.focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await backends.openReview();
    expect(await seriousOf(page), 'review').toEqual([]);
    await backends.review.getByRole('button', { name: 'Close' }).last().click();

    await page
      .getByRole('button', { name: 'Client policy…' })
      .or(page.getByRole('button', { name: 'Drop the edit' }))
      .first()
      .waitFor();
    for (const tab of ['Suggestions', 'Egress filter']) {
      await page.getByRole('button', { name: tab, exact: true }).click();
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      expect(await seriousOf(page), tab).toEqual([]);
    }
  });
