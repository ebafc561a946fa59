import { seriousOf } from './support/axe';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['en', 'ko'] as const)
    test(`axe finds nothing serious (${theme}, ${locale})`, async ({ page, deck, context }) => {
      await context.addCookies([
        { name: 'meshdeck-theme', value: theme, url: deck.url },
        { name: 'meshdeck-locale', value: locale, url: deck.url },
      ]);
      await page.goto(`${deck.url}/meshes`);
      await page.getByRole('link', { name: 'shop' }).waitFor();
      await expect(page.locator('html')).toHaveAttribute('lang', locale);
      expect(await seriousOf(page), 'meshes').toEqual([]);

      const topology = new TopologyPage(page, deck.url);
      await topology.open('?selected=router:shop/cart');
      expect(await seriousOf(page), 'graph and inspector').toEqual([]);

      await topology.card('router:shop/cart').getByRole('slider').press('ArrowLeft');
      await page
        .locator('aside')
        .getByRole('button', { name: /^(Review…|검토…)$/ })
        .click();
      await topology.review.locator('pre').waitFor();
      expect(await seriousOf(page), 'review').toEqual([]);
      await page.keyboard.press('Escape');

      await page.goto(`${deck.url}/sources/sandbox/meshes/shop/topology?view=list`);
      await page.getByRole('table').waitFor();
      expect(await seriousOf(page), 'list').toEqual([]);
    });
