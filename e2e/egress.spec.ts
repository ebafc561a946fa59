/** The egress filter of a mesh: what another one would change, changing it, and the way back; proven by traffic. */
import { spawnSync } from 'node:child_process';
import { BackendsPage } from './support/backends-page';
import { expect, test } from './support/console';
import { kubectlPath } from './support/sandbox';

const KUBECTL = ['get', 'meshes.appmesh.k8s.aws', 'shop', '-o', 'jsonpath={.spec.egressFilter.type}'];

test('another filter is reviewed, lets an undeclared call pass, and is taken away again', async ({
  page,
  deck: { url, sandbox },
}) => {
  test.setTimeout(240_000);
  // pricing-v1 lists nothing, and its application calls search: the mesh drops that.
  await sandbox.behave('shop', 'pricing-v1', { calls: ['search'] });
  const inCluster = () => {
    if (kubectlPath === undefined) return undefined;
    return spawnSync(kubectlPath, ['--kubeconfig', sandbox.kubeconfig, ...KUBECTL], { encoding: 'utf8' })
      .stdout;
  };
  const { review } = new BackendsPage(page, url);
  const tab = page.getByRole('region', { name: /^What \w+ would change/ });
  await page.goto(`${url}/sources/sandbox/meshes/shop/backends?tab=egress`);
  await expect(tab.getByRole('heading', { name: /^Egress filter: DROP_ALL/ })).toBeVisible();

  await tab.getByRole('button', { name: 'Review ALLOW_ALL…' }).click();
  await expect(
    review.getByText('15 nodes list nothing: with ALLOW_ALL they could reach everything.'),
  ).toBeVisible();
  // Nothing is taken from anybody: no word is asked for.
  await review.getByRole('button', { name: 'Apply' }).click();
  await expect(review.getByText('The egress filter is ALLOW_ALL.')).toBeVisible();
  await expect(review.getByText('Accepted by App Mesh')).toBeVisible({ timeout: 15_000 });
  if (kubectlPath !== undefined) expect(inCluster()).toBe('ALLOW_ALL');
  await review.getByRole('button', { name: 'Close' }).last().click();
  await expect(tab.getByRole('heading', { name: /^Egress filter: ALLOW_ALL/ })).toBeVisible();

  // The dropped call passes now, and is seen: going back would break it.
  const row = tab.getByRole('row', { name: /^shop\/pricing-v1/ });
  await expect.poll(() => sandbox.reached('shop', 'pricing-v1_shop', 'search-v5_shop')).toBe(true);
  await expect(row.getByText('Would begin to fail')).toBeVisible({ timeout: 150_000 });

  // What is called can be listed first.
  await tab.getByRole('button', { name: /^List what is called first/ }).click();
  await expect(page.getByText(/^\d+ edits? on \d+ nodes?$/)).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();

  await tab.getByRole('button', { name: 'Review DROP_ALL…' }).click();
  await expect(review.getByText('Would begin to fail').first()).toBeVisible();
  const apply = review.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeDisabled();
  await review.getByPlaceholder('shop').fill('shop');
  await apply.click();
  await expect(review.getByText('The egress filter is DROP_ALL.')).toBeVisible();
  if (kubectlPath !== undefined) expect(inCluster()).toBe('DROP_ALL');
  await review.getByRole('button', { name: 'Undo' }).click();
  await expect(review.getByText('Taken back: the egress filter is ALLOW_ALL again.')).toBeVisible();
  if (kubectlPath !== undefined) expect(inCluster()).toBe('ALLOW_ALL');
});

test('a filter that somebody else changed meanwhile is shown with both sides, and left as it is', async ({
  page,
  deck: { url, sandbox },
}) => {
  const { review } = new BackendsPage(page, url);
  await page.goto(`${url}/sources/sandbox/meshes/shop/backends?tab=egress`);
  await page.getByRole('button', { name: 'Review ALLOW_ALL…' }).click();
  const apply = review.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeEnabled();
  await sandbox.setEgress('shop', 'ALLOW_ALL');
  await apply.click();
  await expect(review.getByText('Changed in the meantime')).toBeVisible();
  await expect(review.getByRole('cell', { name: 'DROP_ALL' })).toBeVisible();
  await expect(review.getByRole('cell', { name: 'ALLOW_ALL' })).toHaveCount(2);
});
