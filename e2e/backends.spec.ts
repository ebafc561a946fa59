/** The whitelist: changed as a picture, proven by traffic. */
import { spawnSync } from 'node:child_process';
import { BackendsPage } from './support/backends-page';
import { expect, test } from './support/console';
import { kubectlPath } from './support/sandbox';
import { TopologyPage } from './support/topology-page';

test('a blocked call passes once it is allowed, and is blocked again once it is revoked', async ({
  page,
  deck: { url, sandbox },
}) => {
  test.setTimeout(240_000);
  // The application of cart-v1 calls orders, which nothing allows: the mesh drops it.
  await sandbox.behave('shop', 'cart-v1', { calls: ['orders'] });
  const backends = new BackendsPage(page, url);
  const cell = backends.cell('shop/cart-v1', 'shop/orders');

  // On the graph: from the node to the service.
  const graph = new TopologyPage(page, url);
  const find = new URLSearchParams({
    q: 'name = cart-v1 or (kind = service and name = orders)',
    selected: 'node:shop/cart-v1',
  });
  await graph.open(`?${find}`);
  const handle = page.getByRole('button', { name: /^Draw a backend from shop\/cart-v1/ });
  await handle.hover();
  await page.mouse.down();
  const target = await graph.card('service:shop/orders').boundingBox();
  if (!target) throw new Error('the service is not on the canvas');
  await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: /^Drop the edit: allow shop\/orders/ })).toBeVisible();
  await backends.openReview();
  await backends.apply();
  await expect(backends.review.getByText('All 1 node applied.')).toBeVisible();
  await expect(backends.review.getByText('Accepted by App Mesh')).toBeVisible({ timeout: 15_000 });
  await backends.review.getByRole('button', { name: 'Close' }).last().click();
  await backends.open('shop/cart-v1', 'shop/orders');
  await expect(cell).toHaveAttribute('data-permission', 'direct');
  if (kubectlPath !== undefined) {
    const { stdout } = spawnSync(
      kubectlPath,
      ['--kubeconfig', sandbox.kubeconfig, '-n', 'shop', 'get', 'virtualnode', 'cart-v1', '-o', 'yaml'],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('name: orders');
  }

  // What is measured follows within minutes: the call is seen on its edge.
  await expect(cell).toHaveAttribute('data-state', 'used', { timeout: 150_000 });

  await backends.grid.focus();
  await page.keyboard.press(' ');
  await expect(cell).toHaveAttribute('data-edit', 'revoke');
  await expect(page.getByText('1 observed call would begin to fail')).toBeVisible();
  await backends.openReview();
  await expect(backends.review.getByText('Would begin to fail', { exact: true })).toBeVisible();
  await expect(backends.review.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await backends.review.getByPlaceholder('shop/cart-v1').fill('shop/cart-v1');
  await backends.apply();
  await expect(backends.review.getByText('All 1 node applied.')).toBeVisible();
  await backends.review.getByRole('button', { name: 'Undo 1 node' }).click();
  await expect(backends.review.getByText('1 of 1 nodes taken back.')).toBeVisible();
  await expect(cell).toHaveAttribute('data-permission', 'direct');
});

test('a failure in the middle leaves a true account, and undo gives the first part back', async ({
  page,
  deck: { url, sandbox },
}) => {
  const backends = new BackendsPage(page, url);
  await backends.open('shop/cart-v1', 'shop/orders');
  await backends.grid.focus();
  // Down the column from cart-v1: as many nodes as the keys go.
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: /^Allow \(/ }).click();
  const edits = await page.locator('[data-edit="allow"]').count();
  expect(edits).toBeGreaterThan(3);
  await sandbox.knobs({ refusedWrites: ['virtualnodes/shop/catalog-blue'] });
  await backends.openReview();
  await backends.apply();
  await expect(backends.review.getByText(/nodes applied, up to shop\/catalog-blue/)).toBeVisible();
  await expect(backends.review.getByText('Sent; whether it stands is not known')).toBeVisible();
  await expect(backends.review.getByText('Not sent').first()).toBeVisible();
  await backends.review.getByRole('button', { name: /^Undo / }).click();
  await expect(backends.review.getByText(/nodes taken back\./)).toBeVisible();
});

test('what stands in the address is what is shown', async ({ page, deck: { url } }) => {
  await page.goto(
    `${url}/sources/sandbox/meshes/shop/backends?cells=undeclared&from=node%3Ashop%2Freviews-v1&to=service%3Ashop%2Fcatalog`,
  );
  await expect(page.getByRole('button', { name: /^Seen, not allowed/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('heading', { name: 'shop/reviews-v1 → shop/catalog' })).toBeVisible();
});
