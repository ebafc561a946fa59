import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test.use({ viewport: { width: 800, height: 900 } });

test('a narrow window has the list, the inspector over it, and everything to shift a weight', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await page.goto(`${deck.url}/sources/sandbox/meshes/shop/topology`);
  const table = page.getByRole('table', { name: 'Objects of the mesh' });
  await table
    .getByRole('row', { name: /VirtualRouter shop cart / })
    .getByRole('link')
    .click();
  await topology.setWeight('cart-v2', 12);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  await expect(topology.inspector.getByText(/^Accepted: the control plane holds generation/)).toBeVisible();
  await topology.inspector.getByRole('button', { name: 'Close the inspector' }).click();
  await expect(table.getByRole('row', { name: /cart-v1 88%/ })).toBeVisible();
});

test('nothing is wider than the window', async ({ page, deck }) => {
  for (const path of [
    '/meshes',
    '/sources/sandbox/meshes/shop/topology?selected=router:shop/recommendations',
  ]) {
    await page.goto(`${deck.url}${path}`);
    await page.getByText('shop').first().waitFor();
    const [inner, outer] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      window.innerWidth,
    ]);
    expect(inner, path).toBeLessThanOrEqual(outer);
  }
});
