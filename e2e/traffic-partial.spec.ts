/** A change of several routes that fails on its way, behind an API server that lets one in between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { canMakeCertificates, guard } from './support/guarded';
import type { Guarded } from './support/guarded';
import { launchCluster, launchConsole } from './support/launch';
import { Sandbox } from './support/sandbox';
import { TrafficPage } from './support/traffic-page';

interface Elsewhere {
  url: string;
  cluster: Guarded;
  /** The same cluster, past the guard. */
  sandbox: Sandbox;
}

const test = base.extend<object, { elsewhere: Elsewhere }>({
  elsewhere: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the first argument taken apart
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'meshdeck-e2e-'));
      const direct = join(folder, 'direct');
      const behind = await launchCluster('--scenario', 'shop', '--kubeconfig', direct);
      const cluster = await guard(behind.ready, folder);
      const console = await launchConsole(
        ...['--kubeconfig', cluster.kubeconfig, '--context', 'prod/eu west', '--no-engine'],
      );
      await use({ url: console.ready, cluster, sandbox: new Sandbox(direct) });
      await console.stop();
      await cluster.stop();
      await behind.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test.skip(!canMakeCertificates(), 'no openssl on this machine');

const [CART, REVIEWS, SHIPPING] = ['shop/cart / cart', 'shop/reviews / reviews', 'shop/shipping / shipping'];

for (const [what, reason] of [
  ['changed by somebody else', 'was changed after you read it'],
  ['refused by the cluster', 'Not allowed: patch virtualrouters in shop.'],
] as const)
  test(`a write ${what} on the way: the account is true, and what was done is taken back`, async ({
    page,
    elsewhere: { url, cluster, sandbox },
  }) => {
    const traffic = new TrafficPage(page, url);
    await traffic.open('cart or reviews or shipping');
    await traffic.reviewEven(CART, REVIEWS, SHIPPING);
    await expect(traffic.review.getByText(/^These are 3 writes, one after the other/)).toBeVisible();
    cluster.beforeWrite(async (name) => {
      if (name === 'cart' && what === 'changed by somebody else')
        await sandbox.setWeights('shop', 'reviews', 70, 30);
      return name !== 'reviews' || what === 'changed by somebody else';
    });
    await traffic.apply();
    await expect(
      traffic.review.getByText(
        '1 of 3 writes applied; the one of reviews failed, and nothing was sent after it.',
      ),
    ).toBeVisible();
    await expect(traffic.write('shop/cart')).toContainText('Applied');
    await expect(traffic.write('shop/reviews')).toContainText('Refused; nothing of it was written');
    await expect(traffic.write('shop/reviews')).toContainText(reason);
    await expect(traffic.write('shop/shipping')).toContainText('Not sent');
    cluster.beforeWrite(undefined);
    expect(await sandbox.weights('shop', 'cart')).toEqual([50, 50]);
    expect(await sandbox.weights('shop', 'shipping')).toEqual([80, 30]);

    await expect(traffic.undo()).toHaveText('Undo 1 route');
    await traffic.undo().click();
    await expect(traffic.review.getByText('All 1 write taken back.')).toBeVisible();
    await expect(traffic.undo()).toBeHidden();
    expect(await sandbox.weights('shop', 'cart')).toEqual([90, 10]);
    await sandbox.setWeights('shop', 'reviews', 3, 1);
  });
