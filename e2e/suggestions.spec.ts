/** What observed calls suggest: picked, taken along for a repository, drafted and reviewed; never applied by itself. */
import { BackendsPage } from './support/backends-page';
import { expect, test } from './support/console';

test('a call that is seen and not allowed is suggested, exported, drafted, and goes through the review', async ({
  page,
  deck: { url, sandbox },
}) => {
  test.setTimeout(120_000);
  const before = await sandbox.get('virtualnodes', 'shop', 'reviews-v1');
  const { review } = new BackendsPage(page, url);
  // reviews-v1 calls catalog past its proxy.
  await page.goto(`${url}/sources/sandbox/meshes/shop/backends?tab=suggestions&window=15m`);
  const row = page.getByRole('row', { name: /shop\/reviews-v1 shop\/catalog/ });
  await expect(row.getByText('sampled: how often is not known')).toBeVisible({ timeout: 60_000 });
  await expect(row.getByText(/^first seen .+, last .+/)).toBeVisible({ timeout: 60_000 });
  const draft = page.getByRole('button', { name: /^Add \d edits? to the draft$/ });
  await expect(draft).toBeDisabled();
  await row.getByRole('checkbox', { name: 'Pick Allow shop/catalog for shop/reviews-v1' }).check();

  await page.getByRole('button', { name: 'Export for GitOps…' }).click();
  await expect(review.getByText('kind: VirtualNode')).toBeVisible();
  await expect(review.getByText('name: reviews-v1')).toBeVisible();
  await expect(review.getByRole('button', { name: 'Apply' })).toHaveCount(0);
  await review.getByRole('button', { name: 'Close' }).last().click();

  await draft.click();
  await expect(row.getByText('in the draft')).toBeVisible();
  // Nothing is written until the review is applied.
  expect((await sandbox.get('virtualnodes', 'shop', 'reviews-v1')).spec).toEqual(before.spec);
  await page.getByRole('button', { name: 'Review…' }).click();
  await expect(review.getByText('Would be taken')).toBeVisible();
  await expect(review.getByText('Would begin to be allowed')).toBeVisible();
  await review.getByRole('button', { name: 'Apply' }).click();
  await expect(review.getByText('All 1 node applied.')).toBeVisible();
  await review.getByRole('button', { name: 'Undo 1 node' }).click();
  await expect(review.getByText('1 of 1 nodes taken back.')).toBeVisible();
  expect((await sandbox.get('virtualnodes', 'shop', 'reviews-v1')).spec).toEqual(before.spec);
});

test('silence is told for as long as it was watched, and an entry is not called unused before', async ({
  page,
  deck: { url },
}) => {
  test.setTimeout(120_000);
  await page.goto(`${url}/sources/sandbox/meshes/shop/backends?tab=suggestions&window=15m`);
  const revokes = page.getByRole('row', { name: /Revoke/ });
  await expect(page.getByText(/^From .+: \d+ minutes\. Calls are counted\./)).toBeVisible({
    timeout: 60_000,
  });
  // The cluster is younger than the window: no entry of it was silent for so long.
  await expect(page.getByText(/could be watched for less than/)).toBeVisible();
  await expect(revokes).toHaveCount(0);
});
