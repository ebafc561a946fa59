/** Backend groups: made, changed, taken back and deleted, with what that does told before. */
import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { seriousOf } from './support/axe';
import { expect, test } from './support/console';
import { kubectlPath, type Sandbox } from './support/sandbox';

const membersOf = async (sandbox: Sandbox, name: string): Promise<unknown> =>
  (await sandbox.get('backendgroups', 'shop', name)).spec['virtualservices'];
const head = (page: Page, group: string) =>
  page.getByRole('heading', { level: 3 }).getByRole('button', { name: group });
const dialog = (page: Page) => page.getByRole('dialog');
const button = (page: Page, name: string | RegExp) => dialog(page).getByRole('button', { name, exact: true });

async function open(page: Page, url: string, query: Record<string, string> = {}): Promise<void> {
  const search = new URLSearchParams({ tab: 'groups', ...query });
  await page.goto(`${url}/sources/sandbox/meshes/shop/backends?${search}`);
  await expect(page.locator('[data-phase]')).toHaveAttribute('data-phase', 'live');
  await expect(head(page, 'shop/after-sale')).toBeVisible();
}

async function add(page: Page, typed: string, service: string): Promise<void> {
  await dialog(page).getByRole('combobox', { name: 'Add a VirtualService' }).fill(typed);
  await page.getByRole('option', { name: service }).click();
  await expect(dialog(page).getByRole('button', { name: `Remove ${service}` })).toBeVisible();
}

async function apply(page: Page, said: string): Promise<void> {
  await button(page, 'Apply').click();
  await expect(dialog(page).getByText(said)).toBeVisible();
}

const close = (page: Page) => button(page, 'Close').last().click();

test('a group is made, changed and deleted, and every step can be taken back', async ({
  page,
  deck: { url, sandbox },
}) => {
  test.setTimeout(120_000);
  await open(page, url);

  await page.getByRole('button', { name: 'Create group…' }).click();
  await dialog(page).getByRole('button', { name: 'Namespace' }).click();
  await page.getByRole('option', { name: 'shop', exact: true }).click();
  await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('money');
  await add(page, 'fraud', 'pay/fraud');
  await button(page, 'Review…').click();
  await expect(dialog(page).getByText('No node uses the group')).toBeVisible();
  await expect(dialog(page).getByText('+ pay/fraud')).toBeVisible();
  await apply(page, 'shop/money was created.');
  await close(page);
  await expect(head(page, 'shop/money')).toContainText('1 member');
  if (kubectlPath !== undefined) {
    const { stdout } = spawnSync(
      kubectlPath,
      ['--kubeconfig', sandbox.kubeconfig, '-n', 'shop', 'get', 'backendgroup', 'money', '-o', 'yaml'],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('name: fraud');
  }

  // A member that carries traffic: its removal is typed.
  await head(page, 'shop/after-sale').click();
  await page.getByRole('button', { name: 'Edit members…' }).click();
  await dialog(page).getByRole('button', { name: 'Remove shipping' }).click();
  await button(page, 'Review…').click();
  await expect(dialog(page).getByText('Would begin to fail', { exact: true })).toBeVisible({
    timeout: 30_000,
  });
  await expect(dialog(page).getByText(/^shop\/orders-v1 → shop\/shipping/)).toBeVisible();
  const name = dialog(page).getByPlaceholder('shop/after-sale');
  await expect(name).toBeVisible();
  await expect(button(page, 'Apply')).toBeDisabled();
  await name.fill('shop/after-sale');
  await apply(page, 'shop/after-sale was changed.');
  expect(await membersOf(sandbox, 'after-sale')).toEqual([{ name: 'notifications' }]);
  await expect(head(page, 'shop/after-sale')).toContainText('1 member');
  await button(page, 'Undo the change').click();
  await expect(dialog(page).getByText('shop/after-sale is as it was.')).toBeVisible();
  expect(await membersOf(sandbox, 'after-sale')).toEqual([{ name: 'shipping' }, { name: 'notifications' }]);
  await close(page);

  // In use: its deletion is typed, and what comes of it is told.
  await page.getByRole('button', { name: 'Delete…' }).click();
  await expect(dialog(page).getByText(/the controller could not reconcile them any more/)).toBeVisible();
  await dialog(page).getByPlaceholder('shop/after-sale').fill('shop/after-sale');
  await apply(page, 'shop/after-sale was deleted.');
  await expect(head(page, 'shop/after-sale')).toContainText('no such BackendGroup');
  await button(page, 'Undo: make it again').click();
  await expect(dialog(page).getByText('shop/after-sale is as it was.')).toBeVisible();
  expect(await membersOf(sandbox, 'after-sale')).toEqual([{ name: 'shipping' }, { name: 'notifications' }]);
  await close(page);
});

test('a change that somebody else made in between is shown with all three sides, and mine is kept on top of it', async ({
  page,
  deck: { url, sandbox },
}) => {
  await open(page, url, { group: 'backendGroup:shop/after-sale' });
  await page.getByRole('button', { name: 'Edit members…' }).click();
  await add(page, 'fraud', 'pay/fraud');
  await sandbox.mergePatch('backendgroups', 'shop', 'after-sale', {
    spec: { virtualservices: [{ name: 'shipping' }] },
  });
  await button(page, 'Review…').click();
  const table = dialog(page).getByRole('table', { name: 'Three sides of the conflict' });
  await expect(table.getByRole('row', { name: 'notifications yes no yes' })).toBeVisible();
  await button(page, 'Keep mine').click();
  await expect(dialog(page).getByRole('button', { name: 'Remove shipping' })).toBeVisible();
  await expect(dialog(page).getByRole('button', { name: 'Remove notifications' })).toHaveCount(0);
  await button(page, 'Review…').click();
  await apply(page, 'shop/after-sale was changed.');
  expect(await membersOf(sandbox, 'after-sale')).toEqual([
    { name: 'shipping' },
    { name: 'fraud', namespace: 'pay' },
  ]);
});

test('groups are walked by keyboard and found by name, member and node', async ({ page, deck: { url } }) => {
  await open(page, url);
  await page.keyboard.press('/');
  await page.keyboard.type('notif');
  await expect(page.getByText('1 of 1 group')).toBeVisible();
  await page.keyboard.press('Tab');
  await head(page, 'shop/after-sale').focus();
  await page.keyboard.press('Enter');
  const user = page.getByText('shop/orders-v1: 2 of 2 come by this group alone');
  await user.click();
  await expect(page.getByText('let through by this group').first()).toBeVisible();
  await page.getByRole('button', { name: 'shop/shipping' }).click();
  await expect(page.getByRole('heading', { name: 'shop/shipping' })).toBeVisible();
});

test('groups that the controller ignores are said to be off, and let nothing through', async ({
  page,
  deck: { url, sandbox },
}) => {
  await open(page, url, { group: 'backendGroup:shop/after-sale' });
  await expect(page.getByText('groups are in force')).toBeVisible();
  await sandbox.backendGroupsOff();
  await expect(page.getByText('Backend groups are off')).toBeVisible();
  await page.getByText('shop/orders-v1: 0 of 2 come by this group alone').click();
  await expect(page.getByText('not let through: groups are off').first()).toBeVisible();
});

for (const theme of ['light', 'dark'] as const)
  test(`axe finds nothing serious on the backend groups (${theme})`, async ({ page, deck, context }) => {
    await context.addCookies([
      { name: 'meshdeck-theme', value: theme, url: deck.url },
      { name: 'meshdeck-locale', value: 'en', url: deck.url },
    ]);
    await open(page, deck.url, { group: 'backendGroup:shop/after-sale' });
    await page.getByText('shop/orders-v1: 2 of 2 come by this group alone').click();
    expect(await seriousOf(page), 'list').toEqual([]);
    await page.getByRole('button', { name: 'Edit members…' }).click();
    await dialog(page).getByRole('button', { name: 'Remove shipping' }).click();
    expect(await seriousOf(page), 'form').toEqual([]);
    await button(page, 'Review…').click();
    await expect(dialog(page).getByText('Kept in the history annotation of the BackendGroup.')).toBeVisible();
    expect(await seriousOf(page), 'review').toEqual([]);
  });
