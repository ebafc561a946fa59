import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { describeRoute, weightsOf } from './support/app-mesh-api';
import { expect, test } from './support/console';
import type { Deck } from './support/console';
import { kubectlPath } from './support/sandbox';
import { TopologyPage } from './support/topology-page';

const WEIGHT = '/spec/routes/0/httpRoute/action/weightedTargets';

/** Sets the weights of the router `cart`, as another client would. */
async function shift({ sandbox }: Deck, v1: number, v2: number): Promise<void> {
  await sandbox.jsonPatch('virtualrouters', 'shop', 'cart', [
    { op: 'replace', path: `${WEIGHT}/0/weight`, value: v1 },
    { op: 'replace', path: `${WEIGHT}/1/weight`, value: v2 },
  ]);
}

/** Waits until the console knows that the control plane has taken the weights of `cart`. */
async function taken({ sandbox, url }: Deck, weights: readonly number[]): Promise<void> {
  await expect
    .poll(async () => {
      const held = await describeRoute(sandbox.server, 'shop/virtualRouter/cart_shop/routes/cart');
      const answer = await fetch(`${url}/api/v1/sources/sandbox/meshes/shop/topology`);
      const { nodes } = (await answer.json()) as { nodes: Pictured[] };
      const cart = nodes.find(({ key }) => key === 'router:shop/cart');
      return [weightsOf(held), cart?.acceptance, cart?.routes?.[0]?.taken?.version === held.metadata.version];
    })
    .toEqual([weights, 'accepted', true]);
}

interface Pictured {
  key: string;
  acceptance?: string;
  routes?: { taken?: { version: number } }[];
}

const pane = (page: Page) => page.getByRole('region', { name: 'Changes over time' });
const row = (page: Page, key: string) => pane(page).locator(`[data-change="${key}"]`);
const share = (page: Page) => page.locator('[data-edge*="router:shop/cart|cart|node:shop/cart-v2"]');

async function opened(page: Page, deck: Deck, query = ''): Promise<TopologyPage> {
  const topology = new TopologyPage(page, deck.url);
  await topology.open(query);
  return topology;
}

test('the feed tells the field, what it was and is, and who wrote', async ({ page, deck }) => {
  test.skip(kubectlPath === undefined, 'no kubectl here');
  const topology = await opened(page, deck);
  await page.keyboard.press('c');
  await expect(pane(page)).toBeVisible();
  deck.sandbox.kubectl(
    ...['-n', 'shop', 'patch', 'virtualrouter', 'cart', '--type=json', '-p'],
    JSON.stringify([{ op: 'replace', path: `${WEIGHT}/1/weight`, value: 25 }]),
  );
  // What the controller reports of it later than a second after is a row of its own.
  const change = row(page, 'router:shop/cart').filter({ hasText: 'weightedTargets[shop/cart-v2].weight' });
  await expect(change.getByText('spec.routes[cart].weightedTargets[shop/cart-v2].weight')).toBeVisible();
  await expect(change).toContainText('10');
  await expect(change).toContainText('25');
  await expect(change).toContainText(/by kubectl-patch at \d\d:\d\d:\d\d/);
  // What is merely reported is hidden until it is asked for.
  await expect(change).not.toContainText('resourceVersion');
  await pane(page).getByRole('checkbox', { name: 'Status' }).check();
  await expect(change).toContainText('metadata.resourceVersion');
  await change.getByRole('button', { name: 'shop/cart' }).click();
  await expect(topology.inspector.getByRole('heading', { name: 'cart', exact: true })).toBeVisible();
});

test('a pause keeps the picture, counts what waits and stops writing; resuming applies it', async ({
  page,
  deck,
}) => {
  const topology = await opened(page, deck, '?selected=router:shop/cart&route=cart&activity=changes');
  await expect(share(page)).toHaveText('10%');
  await page.getByRole('button', { name: 'Pause' }).click();
  await shift(deck, 60, 40);
  await deck.sandbox.remove('virtualservices', 'pay', 'legacy-invoices');
  // The two, and the backends of the node that could call the service, may come one by one.
  await expect(page.locator('[data-waiting]')).toHaveText(/^\d+ changes? waiting$/);
  await expect(share(page)).toHaveText('10%');
  await expect(row(page, 'router:shop/cart')).toHaveCount(0);
  await expect(topology.card('service:pay/legacy-invoices')).not.toHaveAccessibleName(/deleted/);
  await expect(topology.connection).toHaveAttribute('data-phase', 'live');
  await expect(topology.divider(topology.inspector, 'cart-v1', 'cart-v2')).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await page.keyboard.press('p');
  await expect(share(page)).toHaveText('40%');
  await expect(row(page, 'router:shop/cart')).toContainText('40');
  await expect(topology.card('service:pay/legacy-invoices')).toHaveAccessibleName(/deleted/);
});

test('what changed in the last minutes is marked and counted, on cards and rows', async ({ page, deck }) => {
  const topology = await opened(page, deck);
  const before = await topology.places();
  await page.getByRole('combobox', { name: 'Highlight what changed' }).selectOption('Changed in 5 min');
  await expect(page.getByText(/^\d+ objects?$/)).toBeVisible();
  await shift(deck, 70, 30);
  const card = topology.card('router:shop/cart');
  await expect(card.locator('article[data-changed="4"]')).toBeVisible();
  await expect(card.getByRole('img', { name: /^Changed at \d\d:\d\d:\d\d$/ })).toBeVisible();
  expect(await topology.places()).toEqual(before);
  // A collapsed namespace counts what changed inside.
  await page.getByTitle('Collapse namespace shop', { exact: true }).click();
  await expect(page.getByText(/^Δ \d+ changed$/)).toBeVisible();
  await page.getByRole('button', { name: 'List', exact: true }).click();
  const marked = page.getByRole('row').filter({ has: page.getByRole('img', { name: /^Changed at/ }) });
  const rowOfCart = marked
    .filter({ hasText: 'VirtualRouter' })
    .filter({ has: page.getByRole('link', { name: 'cart', exact: true }) });
  await expect(rowOfCart).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Highlight what changed' }).selectOption('Highlight: off');
  await expect(rowOfCart).toHaveCount(0);
});

test('two moments are compared, on the graph and as a file', async ({ page, deck }) => {
  const topology = await opened(page, deck, '?activity=compare');
  await shift(deck, 80, 20);
  await expect(share(page)).toHaveText('20%');
  // What is reported of the change belongs before the moment, too.
  await taken(deck, [80, 20]);
  await page.keyboard.press('m');
  await deck.sandbox.remove('virtualservices', 'pay', 'legacy-invoices');
  const gone = row(page, 'service:pay/legacy-invoices');
  await expect(gone).toContainText('Deleted');
  await expect(row(page, 'router:shop/cart')).toContainText('weight 10→becomes20');
  await expect(topology.card('router:shop/cart').locator('article[data-compared="changed"]')).toBeVisible();
  await expect(
    topology.card('service:pay/legacy-invoices').locator('article[data-compared="removed"]'),
  ).toBeVisible();

  // From the marked moment on, only the deletion is different.
  await pane(page).getByRole('combobox', { name: 'From' }).selectOption({ index: 1 });
  await expect(gone).toBeVisible();
  await expect(row(page, 'router:shop/cart')).toHaveCount(0);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    pane(page).getByRole('button', { name: 'Download as JSON' }).click(),
  ]);
  const diff = JSON.parse(readFileSync(await file.path(), 'utf8')) as {
    objects: { key: string; what: string }[];
  };
  expect(diff.objects).toContainEqual(
    expect.objectContaining({ key: 'service:pay/legacy-invoices', what: 'removed' }),
  );
  await pane(page).getByRole('button', { name: 'Close the pane of changes' }).click();
  await expect(topology.card('router:shop/cart').locator('article[data-compared]')).toHaveCount(0);
});

test('what changed while the cluster was away has no moment but that time', async ({ page, deck }) => {
  const topology = await opened(page, deck, '?activity=changes');
  await deck.sandbox.restart(6_000);
  await expect(topology.connection).not.toHaveAttribute('data-phase', 'live');
  await expect(async () => shift(deck, 55, 45)).toPass();
  const missed = /Changed while disconnected, between \d\d:\d\d:\d\d and \d\d:\d\d:\d\d/;
  // What follows once all is back has its own time again.
  await expect(row(page, 'router:shop/cart').filter({ hasText: missed }).first()).toContainText('45');
  await topology.live();
});

test('changes are read out, summed, and not while paused', async ({ page, deck }) => {
  await opened(page, deck);
  const said = page.locator('[data-announcer]');
  await shift(deck, 50, 50);
  await deck.sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', { metadata: { labels: { seen: 'yes' } } });
  await expect(said).toHaveText(/^\d+ objects changed: /, { timeout: 15_000 });
  await page.keyboard.press('p');
  await shift(deck, 40, 60);
  await expect(page.locator('[data-waiting]')).not.toHaveText('nothing waiting');
  await expect(said).toHaveText('');
});
