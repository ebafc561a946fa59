import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test.use({ scenario: 'scale=320' });

test('a large mesh starts folded, opens whole, and is worked with from afar', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url, 'scale');
  await page.goto(`${deck.url}/sources/sandbox/meshes/scale/topology`);
  const surface = page.locator('[data-items]');
  await expect(page.locator('.react-flow__node-mark').first()).toBeVisible();
  await expect(page.getByText(/^0 objects shown/)).toBeVisible();

  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(page.getByText(/^[67]\d\d objects shown/)).toBeVisible();
  // Everything on one screen: painted, and none of it an element.
  await expect(surface).not.toHaveAttribute('data-detail', 'cards');
  await expect(page.locator('.react-flow__node-card')).toHaveCount(0);

  // The palette leads to one of them: near enough to be read, with the keyboard on it.
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to or do anything' });
  await palette.getByRole('combobox').fill('VirtualRouter');
  await expect(palette.getByRole('option').first()).toContainText('VirtualRouter');
  await page.keyboard.press('Enter');
  await expect(surface).toHaveAttribute('data-detail', 'cards');
  await expect(topology.inspector).toBeVisible();
  const focused = page.locator('.react-flow__node:focus');
  await expect(focused).toHaveAttribute('data-id', /^router:/);
  await expect(focused).toBeInViewport();
  // Only what is near is an element.
  expect(await page.locator('.react-flow__node-card').count()).toBeLessThan(200);

  // Arrows walk on from there, mounting what they come to.
  const id = await focused.getAttribute('data-id');
  await page.keyboard.press('ArrowRight');
  await expect(focused).not.toHaveAttribute('data-id', id ?? '');
  await expect(focused).toBeInViewport();

  await page.getByRole('button', { name: 'Collapse all' }).click();
  await expect(page.locator('.react-flow__node-mark').first()).toBeVisible();
  await expect(page.getByText(/^0 objects shown/)).toBeVisible();
});

test('a drag of the canvas that comes over the overview map goes on as it began', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/meshes/scale/topology`);
  await expect(page.locator('.react-flow__node-mark').first()).toBeVisible();
  const place = () =>
    page
      .locator('.react-flow__viewport')
      .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).e);
  const map = await page.getByRole('img', { name: 'Overview map' }).boundingBox();
  if (!map) throw new Error('there is no map');
  const middle = { x: map.x + map.width / 2, y: map.y + map.height / 2 };

  const before = await place();
  await page.mouse.move(middle.x - 400, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x, middle.y, { steps: 20 });
  await expect.poll(async () => Math.round((await place()) - before)).toBe(400);
  await page.mouse.up();

  // A drag that begins on the map moves the camera the other way.
  const dragged = await place();
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x + 30, middle.y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(place).toBeLessThan(dragged);
});
