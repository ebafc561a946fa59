import { describeRoute, updateWeights, weightsOf } from './support/app-mesh-api';
import { expect, test } from './support/console';
import type { Deck } from './support/console';
import { TopologyPage } from './support/topology-page';

const INVOICES = 'legacy-billing/virtualRouter/invoices/routes/invoices';
const CART = 'shop/virtualRouter/cart_shop/routes/cart';

/** Ends the console's wait until it reads the API again, as "Retry now" does. */
const refresh = (deck: Deck) => fetch(`${deck.url}/api/v1/sources/sandbox-api/refresh`, { method: 'POST' });

/** The sandbox begins anew before each test; the console is given the time to read its API, which holds the mesh anew as well. */
test.beforeEach(async ({ deck }) => {
  await expect
    .poll(async () => {
      const { metadata } = await describeRoute(deck.sandbox.server, INVOICES);
      await refresh(deck);
      const answer = await fetch(`${deck.url}/api/v1/sources/sandbox-api/objects/router/_/invoices`);
      const { yaml = '' } = (await answer.json()) as { yaml?: string };
      return yaml.includes(metadata.uid);
    })
    .toBe(true);
});

test('meshes are listed once, each with the sources that know it', async ({ page, deck }) => {
  await page.goto(`${deck.url}/meshes`);
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row('shop')).toHaveCount(1);
  await expect(row('shop')).toContainText('sandbox Kubernetes');
  await expect(row('shop')).toContainText('sandbox API App Mesh API');
  await expect(row('legacy-billing')).not.toContainText('Kubernetes');
  await row('legacy-billing').getByRole('link').click();
  await expect(page).toHaveURL(/\/sources\/sandbox-api\/meshes\/legacy-billing\/topology/);
  const topology = new TopologyPage(page, deck.url, 'legacy-billing', 'sandbox-api');
  await topology.live();
  await expect(topology.card('router:/invoices')).toBeVisible();
});

test('weights of a mesh on ECS are changed through the API and taken back', async ({ page, deck }) => {
  const { server } = deck.sandbox;
  const original = await describeRoute(server, INVOICES);
  const topology = new TopologyPage(page, deck.url, 'legacy-billing', 'sandbox-api');
  await topology.open('?selected=router:/invoices&route=invoices');
  await topology.setWeight('invoices-v2', 25);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  await expect(topology.review.getByText(/^aws appmesh update-route/)).toBeVisible();
  await topology.apply();
  await expect(topology.review).toBeHidden();
  const changed = await describeRoute(server, INVOICES);
  expect(weightsOf(changed)).toEqual([75, 25]);
  expect(changed.metadata.version).toBe(original.metadata.version + 1);
  await expect(topology.inspector.getByText('80/20 → 75/25')).toBeVisible();

  // No object carries the history: the tab does.
  await page.reload();
  await expect(topology.inspector.getByText('80/20 → 75/25')).toBeVisible();
  await topology.inspector.getByRole('button', { name: 'Undo' }).click();
  await topology.review.getByRole('button', { name: 'Put back' }).click();
  await expect(topology.review).toBeHidden();
  expect((await describeRoute(server, INVOICES)).spec).toEqual(original.spec);
});

test('a change past the console is a conflict, and nothing is overwritten', async ({ page, deck }) => {
  const { server } = deck.sandbox;
  const topology = new TopologyPage(page, deck.url, 'legacy-billing', 'sandbox-api');
  await topology.open('?selected=router:/invoices&route=invoices');
  await topology.setWeight('invoices-v2', 25);
  await updateWeights(server, INVOICES, 60, 40);
  await topology.inspector.getByRole('button', { name: 'Review…' }).click();
  const sides = topology.review.getByRole('table', { name: 'Three sides of the conflict' });
  await expect(sides).toContainText('60');
  expect(weightsOf(await describeRoute(server, INVOICES))).toEqual([60, 40]);
});

test('a joined mesh tells where what was taken is not what is declared', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=router:shop/cart');
  await expect(page.getByRole('button', { name: '2 sources' })).toBeVisible();
  await updateWeights(deck.sandbox.server, CART, 50, 50);
  await refresh(deck);
  await expect(topology.inspector.getByText('MD510').first()).toBeVisible();
});

test('while nobody answers at the API the mesh is frozen, said with its name', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await deck.sandbox.knobs({ appMeshApi: 'down' });
  await refresh(deck);
  await expect(page.getByText('the App Mesh API “sandbox API” is silent')).toBeVisible();
  await topology.live();
  await page.getByRole('button', { name: '2 sources, 1 missing' }).click();
  await expect(page.getByText('Does not answer; shown as last read')).toBeVisible();
  await deck.sandbox.knobs({ appMeshApi: 'up' });
  await refresh(deck);
  await expect(page.getByText('the App Mesh API “sandbox API” is silent')).toBeHidden();
});
