import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { canMakeCertificates, guard } from './support/guarded';
import type { Guarded } from './support/guarded';
import { launchCluster, launchConsole } from './support/launch';
import { TopologyPage } from './support/topology-page';

const REAL_CRDS = '../shared/data/crds';

interface Elsewhere {
  url: string;
  cluster: Guarded;
}

const test = base.extend<object, { elsewhere: Elsewhere }>({
  elsewhere: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the first argument taken apart
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'meshdeck-e2e-'));
      // The CRDs of the controller itself, where they are at hand.
      const crds = existsSync(REAL_CRDS) ? ['--crds', REAL_CRDS] : [];
      const behind = await launchCluster('--scenario', 'shop', ...crds);
      const cluster = await guard(behind.ready, folder);
      const console = await launchConsole('--kubeconfig', cluster.kubeconfig, '--context', 'prod/eu west');
      await use({ url: console.ready, cluster });
      await console.stop();
      await cluster.stop();
      await behind.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test.skip(!canMakeCertificates(), 'no openssl on this machine');

test('a named context behind TLS, a path and a token is read and written', async ({ page, elsewhere }) => {
  const topology = new TopologyPage(page, elsewhere.url, 'shop', 'prod-eu-west');
  await topology.openRoute('shop/cart', 'cart');
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('prod-eu-west');
  await topology.setWeight('cart-v2', 14);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  await expect(topology.inspector.getByText(/^Accepted: the control plane holds generation/)).toBeVisible();
});

test('what the cluster forbids is disabled, in the words of the cluster', async ({ page, elsewhere }) => {
  elsewhere.cluster.forbidPatches(true);
  const topology = new TopologyPage(page, elsewhere.url, 'shop', 'prod-eu-west');
  await topology.openRoute('shop/cart', 'cart');
  await expect(
    topology.inspector.getByText('Not permitted: patch virtualrouters in namespace shop.').first(),
  ).toContainText('role "viewer" does not allow it');
  await expect(topology.weight('cart-v2')).toBeDisabled();
  elsewhere.cluster.forbidPatches(false);
});

test('a permission lost after the page was read is refused with the cluster’s own words', async ({
  page,
  elsewhere,
}) => {
  const topology = new TopologyPage(page, elsewhere.url, 'shop', 'prod-eu-west');
  await topology.openRoute('shop/reviews', 'reviews');
  await topology.setWeight('reviews-v2', 30);
  elsewhere.cluster.forbidPatches(true);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await expect(topology.review.getByText('E202 The cluster does not permit this')).toBeVisible();
  await expect(topology.review.getByText(/User "viewer" cannot patch/)).toBeVisible();
  elsewhere.cluster.forbidPatches(false);
  await topology.review.getByRole('button', { name: 'Check again' }).click();
  await expect(topology.review.getByText('weight: 30')).toBeVisible();
});

test('a cluster that is down at start is told of, and waited for', async ({ page }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'meshdeck-e2e-'));
  const before = await launchCluster('--scenario', 'tutorial');
  const cluster = await guard(before.ready, folder);
  const port = new URL(before.ready).port;
  await before.stop();
  const console = await launchConsole('--kubeconfig', cluster.kubeconfig, '--context', 'prod/eu west');
  await page.goto(console.ready);
  await expect(page.getByRole('heading', { name: 'The cluster cannot be reached' })).toBeVisible();
  const after = await launchCluster('--scenario', 'tutorial', '--port', port);
  await expect(page).toHaveURL(/meshes\/my-mesh\/topology/, { timeout: 60_000 });
  await expect(
    page.locator('.react-flow__node[data-id="router:my-apps/my-service-a-virtual-router"]'),
  ).toBeVisible();
  await Promise.all([console.stop(), cluster.stop(), after.stop()]);
  rmSync(folder, { recursive: true, force: true });
});
