import { seriousOf } from './support/axe';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

interface Router {
  spec: { routes: { name: string; priority?: number; httpRoute: object }[] };
}

test('a header goes to one version, after a look at where requests would go, and everything can be taken back', async ({
  page,
  deck,
}) => {
  const read = () => deck.sandbox.get<Router>('virtualrouters', 'shop', 'cart');
  const original = await read();
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await topology.inspector.getByRole('button', { name: 'Header canary …' }).click();
  const sheet = page.getByRole('dialog', { name: 'Header canary: cart / cart' });
  const apply = sheet.getByRole('button', { name: 'Apply', exact: true });
  await expect(sheet.getByLabel('They go to')).toHaveValue('shop/cart-v2');
  await sheet.getByLabel('Name of the header').fill('x beta');
  await sheet.getByLabel('Its exact content').fill('yes');
  await expect(sheet.getByRole('alert')).toContainText('This is no name, or no content, of a header');
  await expect(apply).toHaveAttribute('aria-disabled', 'true');
  await sheet.getByLabel('Name of the header').fill('x-beta');
  const preview = sheet.getByRole('region', { name: 'Which route would this request take?' });
  await expect(
    preview.getByRole('row', { name: /^as above cart .* cart-x-beta-yes → cart-v2/ }),
  ).toBeVisible();
  await expect(preview.getByRole('row', { name: /^without the header cart .* cart →/ })).toBeVisible();
  await expect(sheet.getByText('exact: yes')).toBeVisible();
  await expect(sheet.getByText(/kubectl .*patch/)).toBeVisible();
  expect(await seriousOf(page)).toEqual([]);
  expect(await read()).toEqual(original); // nothing is sent by looking
  await apply.click();
  await expect(sheet).toBeHidden();

  const edits = topology.inspector.getByRole('region', { name: 'What route cart is made of' });
  await expect(edits.getByText('x-beta: yes goes to cart-v2.')).toBeVisible();
  expect((await read()).spec.routes.map(({ name }) => name)).toEqual(['cart', 'cart-x-beta-yes']);
  await edits.getByRole('button', { name: 'Remove cart-x-beta-yes …' }).click();
  const removal = page.getByRole('dialog', { name: 'Remove the header canary cart-x-beta-yes' });
  await removal.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(removal).toBeHidden();
  await expect(edits.getByRole('button', { name: 'Put the canary x-beta: yes back …' })).toBeVisible();
  expect((await read()).spec).toEqual(original.spec);
});

test('a target comes without weight, and is taken out again', async ({ page, deck }) => {
  const read = () => deck.sandbox.get<Router>('virtualrouters', 'shop', 'cart');
  const original = await read();
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await topology.inspector.getByRole('button', { name: 'Add a target …' }).click();
  const sheet = page.getByRole('dialog', { name: 'New target: cart / cart' });
  await sheet.getByLabel('VirtualNode').selectOption('shop/reviews-v1');
  await sheet.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(sheet).toBeHidden();
  await expect(topology.weight('reviews-v1')).toHaveValue('0');
  await topology.inspector.getByRole('button', { name: 'Take out reviews-v1 …' }).click();
  const removal = page.getByRole('dialog', { name: 'Take reviews-v1 out of cart' });
  await removal.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(removal).toBeHidden();
  await expect(topology.weight('reviews-v1')).toBeHidden();
  expect((await read()).spec).toEqual(original.spec);
});
