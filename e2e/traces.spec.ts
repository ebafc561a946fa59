import { expect, test } from './support/console';

const MESH = '/sources/sandbox/meshes/shop';

test('an object’s metrics name their evidence, can be read step by step, and lead to its traces', async ({
  page,
  deck,
}) => {
  await page.goto(`${deck.url}${MESH}/topology?selected=node:shop/cart-v2&window=15m`);
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await expect(page).toHaveURL(/tab=metrics/);
  const rate = page.getByRole('figure', { name: 'Requests per minute' });
  await expect(rate.getByText(/Requests \d.* rpm/)).toBeVisible();
  await expect(page.getByText(/^Evidence: CloudWatch/).first()).toBeVisible();
  await expect(page.getByText(/last 15\smin, as of \d\d:\d\d:\d\d/)).toBeVisible();

  // X-Ray tells percentiles of a node, CloudWatch their parts only.
  const latency = page.getByRole('slider', { name: 'Latency' }).last();
  await latency.press('Home');
  await expect(latency).toHaveAttribute('aria-valuetext', /^\d\d:\d\d:\d\d, p50 .*p99 /);
  await page.getByRole('link', { name: /^Traces from/ }).click();
  await expect(page).toHaveURL(/\/traces\?since=\d+&until=\d+&key=node/);
  await expect(page.getByText('Asked: service("shop/cart-v2_shop")')).toBeVisible();
});

test('two targets of a route stand beside each other, on the same axes', async ({ page, deck }) => {
  await page.goto(`${deck.url}${MESH}/topology?selected=router:shop/cart&tab=metrics&window=15m`);
  const rateOf = (name: string) => page.getByRole('figure', { name: `Requests per minute: ${name}` });
  const marksOf = async (name: string) =>
    (await rateOf(name).locator('text').allTextContents()).filter((text) => text.endsWith('rpm'));
  await expect(rateOf('shop/cart-v1')).toBeVisible();
  await expect.poll(async () => (await marksOf('shop/cart-v1')).length).toBeGreaterThan(1);
  expect(await marksOf('shop/cart-v2')).toEqual(await marksOf('shop/cart-v1'));
});

test('a fault is searched for, opened, and shown on the graph', async ({ page, deck }) => {
  await page.goto(`${deck.url}${MESH}/topology?selected=service:shop/cart`);
  await page
    .getByRole('navigation', { name: 'Screens of this mesh' })
    .getByRole('link', { name: 'Traces' })
    .click();
  await page.getByLabel('Status').click();
  await page.getByRole('option', { name: 'Fault (5xx)' }).click();
  await page.getByRole('combobox', { name: 'Time' }).selectOption('1h');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/status=fault/);
  await expect(page.getByText(/\d traces scanned, about \$/)).toBeVisible();
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows.nth(1)).toContainText('Fault (5xx)');
  await expect(page.getByRole('table')).not.toContainText('OK');

  await rows.nth(1).getByRole('link').click();
  const spans = page.getByRole('listbox', { name: /^Spans/ });
  await spans.getByRole('option').first().press('End');
  await expect(page).toHaveURL(/span=/);
  await expect(spans.getByRole('option').last()).toBeFocused();
  await expect(page.getByRole('region', { name: 'Span' })).toContainText('In the mesh');

  await page.getByRole('link', { name: 'Show its way on the graph' }).click();
  await expect(page).toHaveURL(/\/topology\?q=.*kind.*&dim=1/);
  await expect(page.getByRole('button', { name: 'Highlight', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.goBack();
  await expect(spans).toBeVisible();
  await page.getByRole('button', { name: 'All traces' }).click();
  await expect(rows.nth(1)).toContainText('Fault (5xx)');
});

test('what X-Ray says of a filter is said at the field, and nothing else is claimed', async ({
  page,
  deck,
}) => {
  await page.goto(`${deck.url}${MESH}/traces?filter=${encodeURIComponent('nonsense(')}`);
  await expect(page.getByText(/^X-Ray cannot read this: ./)).toBeVisible();
  await expect(page.getByRole('table')).toContainText('The search failed');
  await expect(page.getByLabel('X-Ray filter expression')).toHaveValue('nonsense(');
});
