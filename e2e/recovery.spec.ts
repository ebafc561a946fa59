import { expect, test } from './support/console';
import type { Deck } from './support/console';
import { TopologyPage } from './support/topology-page';

/** Changes a weight in the cluster and waits until the screen shows it, with every card where it was. */
async function seesAChange(topology: TopologyPage, deck: Deck, weight: number): Promise<void> {
  const before = await topology.places();
  await deck.sandbox.jsonPatch('virtualrouters', 'shop', 'cart', [
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/0/weight', value: 100 - weight },
    { op: 'replace', path: '/spec/routes/0/httpRoute/action/weightedTargets/1/weight', value: weight },
  ]);
  await expect(topology.page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]')).toHaveText(
    `${weight}%`,
  );
  expect(await topology.places()).toEqual(before);
}

/** Fails the test when the page is loaded again. */
function withoutReload(topology: TopologyPage): () => void {
  let loads = 0;
  topology.page.on('load', () => (loads += 1));
  return () => expect(loads).toBe(0);
}

test('a watch that is cut goes on by itself', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const check = withoutReload(topology);
  await deck.sandbox.cutWatches();
  await seesAChange(topology, deck, 41);
  check();
});

test('a watch that is too old (410) lists again', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const check = withoutReload(topology);
  await deck.sandbox.expire();
  await deck.sandbox.cutWatches();
  await seesAChange(topology, deck, 42);
  check();
});

test('an API server that restarts is waited for, and the screen says so meanwhile', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  const check = withoutReload(topology);
  const before = await topology.places();
  await deck.sandbox.knobs({ apiDown: true });
  await expect(topology.connection).toHaveAttribute('data-phase', /reconnecting|stale/);
  await expect(topology.inspector.getByText('Weights cannot be changed now')).toBeVisible();
  await expect(topology.weight('cart-v2')).toBeDisabled();
  expect(await topology.places()).toEqual(before);
  await page.getByRole('button', { name: 'Retry now' }).click();
  await expect(topology.connection).toHaveAttribute('data-phase', /reconnecting|stale/);
  await deck.sandbox.knobs({ apiDown: false });
  await topology.live();
  await seesAChange(topology, deck, 43);
  await expect(topology.weight('cart-v2')).toBeEnabled();
  check();
});

test('a restart that lasts a moment recovers without a hand', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const check = withoutReload(topology);
  await deck.sandbox.restart(500);
  await expect
    .poll(() =>
      deck.sandbox.get('virtualrouters', 'shop', 'cart').then(
        () => 'up',
        () => 'down',
      ),
    )
    .toBe('up');
  await seesAChange(topology, deck, 44);
  check();
});

test('a control plane that is gone freezes the mesh, says so once, and stops writing', async ({
  page,
  deck,
}) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await deck.sandbox.knobs({ appMeshApi: 'gone' });
  await deck.sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', {
    spec: { logging: { accessLog: { file: { path: '/dev/stderr' } } } },
  });
  await expect(page.getByText('The control plane of this mesh does not answer')).toHaveCount(1);
  await expect(
    topology.inspector.getByText(/control plane does not answer \(frozen\)/).first(),
  ).toBeVisible();
  await expect(topology.weight('cart-v2')).toBeDisabled();
});
