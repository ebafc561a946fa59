import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

test('the palette leads to an object and runs actions', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to or do anything' });
  await palette.getByRole('combobox').fill('VirtualRouter payments');
  await expect(palette.getByRole('option')).toHaveText(['pay/paymentsVirtualRouter']);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
  await expect(topology.inspector.getByRole('heading', { name: 'payments', exact: true })).toBeVisible();
  await expect(topology.card('router:pay/payments')).toBeInViewport();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('list in place');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Objects of the mesh' })).toBeVisible();
});

test('a card that is reached with the keyboard comes into sight', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const card = topology.card('node:shop/orders-v1');
  await expect(card).not.toBeInViewport();
  await page.keyboard.press('Tab');
  await card.focus();
  await expect(card).toBeInViewport({ ratio: 0.99 });
});

test('brackets open and close the panes, and the address keeps them', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  await page.keyboard.press('[');
  const list = page.getByRole('navigation', { name: 'Objects of the mesh' });
  await list.getByRole('button', { name: 'VirtualNode cart-v1' }).click();
  await expect(topology.inspector).toBeVisible();
  await page.keyboard.press(']');
  await expect(topology.inspector).toBeHidden();
  await page.keyboard.press(']');
  await expect(topology.inspector.getByRole('heading', { name: 'cart-v1' })).toBeVisible();
  await page.reload();
  await expect(list).toBeVisible();
  await page.keyboard.press('[');
  await expect(list).toBeHidden();
});

test('a key that can do nothing now says why', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.openRoute('shop/cart', 'cart');
  await page.keyboard.press('u');
  await expect(page.getByText('Nothing is recorded for this route yet.').first()).toBeVisible();
});

test('single characters can be turned off as shortcuts', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open('?selected=node:shop/cart-v1');
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByRole('checkbox', { name: 'Single characters are shortcuts' }).uncheck();
  await help.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('[');
  await expect(page.getByRole('navigation', { name: 'Objects of the mesh' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(topology.inspector).toBeHidden();
});
