/** The backends of one node, edited as a whole: form and YAML in step, reviewed, written, taken back. */
import { seriousOf } from './support/axe';
import { BackendsPage } from './support/backends-page';
import { expect, test } from './support/console';
import { EditorPage } from './support/editor-page';
import { kubectlPath } from './support/sandbox';
import type { Sandbox } from './support/sandbox';
import { TopologyPage } from './support/topology-page';

/** What kubectl shows of the node's backends. */
function saidOf(sandbox: Sandbox): Record<string, unknown> {
  const { spec } = JSON.parse(
    sandbox.kubectl('-n', 'shop', 'get', 'virtualnode', 'cart-v1', '-o', 'json'),
  ) as {
    spec: Record<string, unknown>;
  };
  return Object.fromEntries(
    ['backends', 'backendGroups', 'backendDefaults'].map((field) => [field, spec[field]]),
  );
}

test('form and YAML are in step, and what is applied is what kubectl shows; undo gives back what was', async ({
  page,
  deck: { url, sandbox },
}) => {
  test.skip(kubectlPath === undefined, 'no kubectl here');
  const before = saidOf(sandbox);
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1');

  // The form is edited, and the YAML follows.
  await editor.add('backend', 'pay/fraud');
  await expect(editor.yaml).toHaveValue(/name: fraud\n\s+namespace: pay/);
  await editor.add('backend group', 'pay/*');
  await expect(editor.yaml).toHaveValue(/backendGroups:\n {2}- name: "\*"\n {4}namespace: pay/);
  // The group stands for the entry, too: that is said.
  await expect(page.getByText(/Listed by the node, too.*pay\/fraud/)).toBeVisible();

  // The YAML is edited, and the form follows.
  const policy = [
    'backendDefaults:',
    '  clientPolicy:',
    '    tls:',
    '      enforce: false',
    '      validation:',
    '        trust:',
    '          file:',
    '            certificateChain: /keys/ca.pem',
    '',
  ].join('\n');
  await editor.yaml.fill(`${await editor.yaml.inputValue()}${policy}`);
  const defaults = page.getByRole('region', { name: 'backendDefaults', exact: true });
  await expect(defaults.getByRole('checkbox', { name: /^TLS to every backend/ })).toBeChecked();
  await expect(defaults.getByRole('checkbox', { name: /^Insist on it/ })).not.toBeChecked();
  await expect(defaults.getByRole('textbox', { name: 'certificateChain' })).toHaveValue('/keys/ca.pem');

  await editor.openReview();
  await expect(editor.review.getByText('+ pay/fraud')).toBeVisible();
  await editor.apply();
  const applied = saidOf(sandbox);
  expect(applied).toEqual({
    backends: [
      ...(before['backends'] as unknown[]),
      { virtualService: { virtualServiceRef: { name: 'fraud', namespace: 'pay' } } },
    ],
    backendGroups: [{ name: '*', namespace: 'pay' }],
    backendDefaults: {
      clientPolicy: {
        tls: { enforce: false, validation: { trust: { file: { certificateChain: '/keys/ca.pem' } } } },
      },
    },
  });

  await editor.review.getByRole('button', { name: 'Undo 1 node' }).click();
  await expect(editor.review.getByText('1 of 1 nodes taken back.')).toBeVisible();
  expect(saidOf(sandbox)).toEqual(before);
});

test('a YAML that cannot be read names its line, loses nothing, and outlasts a reload', async ({
  page,
  deck: { url },
}) => {
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1');
  await editor.add('backend', 'pay/fraud');
  const good = await editor.yaml.inputValue();
  await editor.yaml.fill(`${good}listeners: []\n`);
  await expect(page.getByText(/^line \d+: listeners: is not edited here/)).toBeVisible();
  // The form shows what it said last.
  await expect(editor.entry('pay/fraud')).toBeVisible();
  await expect(editor.reviewButton).toBeDisabled();
  await page.reload();
  await expect(editor.yaml).toHaveValue(`${good}listeners: []\n`);
  await expect(editor.entry('pay/fraud')).toBeVisible();
  await page.getByRole('button', { name: 'Write the form over it' }).click();
  await expect(editor.yaml).toHaveValue(good);
  await editor.yaml.fill(good.replace('name: fraud', 'name: [fraud'));
  await expect(page.getByText(/^line \d+: /)).toBeVisible();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is changed.' })).toBeVisible();
  await expect(editor.yaml).not.toHaveValue(/fraud/);
});

test('a field that the CRD does not have is refused and not dropped', async ({ page, deck: { url } }) => {
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1');
  await editor.yaml.fill(
    (await editor.yaml.inputValue()).replace('- virtualService:', '- weight: 1\n    virtualService:'),
  );
  await editor.openReview('Refused');
  await expect(editor.review.getByText(/unknown field "spec.backends\[0\].weight"/)).toBeVisible();
  await expect(editor.review.getByRole('button', { name: 'Apply' })).toBeDisabled();
});

test('what somebody else wrote meanwhile is put together with the draft, and nothing is lost', async ({
  page,
  deck: { url, sandbox },
}) => {
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1');
  await editor.add('backend', 'pay/fraud');
  const { spec } = await sandbox.get('virtualnodes', 'shop', 'cart-v1');
  const theirs = { virtualService: { virtualServiceRef: { name: 'orders', namespace: 'shop' } } };
  await sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', {
    spec: { backends: [...(spec['backends'] as unknown[]), theirs] },
  });
  await expect(page.getByText('The two changes do not touch each other.')).toBeVisible();
  await expect(editor.reviewButton).toBeDisabled();
  await page.getByRole('button', { name: 'Put mine on top of it' }).click();
  await expect(editor.yaml).toHaveValue(/name: orders[\s\S]*name: fraud/);
  await editor.openReview();
  await editor.apply();
  const now = await sandbox.get('virtualnodes', 'shop', 'cart-v1');
  expect(now.spec['backends']).toEqual([
    ...(spec['backends'] as unknown[]),
    theirs,
    { virtualService: { virtualServiceRef: { name: 'fraud', namespace: 'pay' } } },
  ]);
});

test('a review that somebody overtakes writes nothing, and keeps the draft', async ({
  page,
  deck: { url, sandbox },
}) => {
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1');
  await editor.add('backend', 'pay/fraud');
  await editor.openReview();
  const theirs = [{ virtualService: { virtualServiceRef: { name: 'pricing' } } }];
  await sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', { spec: { backends: theirs } });
  await editor.review.getByRole('button', { name: 'Apply' }).click();
  await expect(
    editor.review.getByText('VirtualNode shop/cart-v1 was changed after you read it'),
  ).toBeVisible();
  expect((await sandbox.get('virtualnodes', 'shop', 'cart-v1')).spec['backends']).toEqual(theirs);
  await editor.review.getByRole('button', { name: 'Put mine on top of it' }).click();
  await expect(editor.yaml).toHaveValue(/^backends:\n.*\n.*\n {8}name: pricing\n.*\n.*\n {8}name: fraud\n/);
});

test('the client policy of an entry is edited from its cell, by keyboard', async ({
  page,
  deck: { url, sandbox },
}) => {
  const backends = new BackendsPage(page, url);
  await backends.open('shop/cart-v1', 'shop/pricing');
  await page.getByRole('button', { name: 'Client policy…' }).press('Enter');
  const editor = new EditorPage(page, url);
  await expect(editor.entry('pricing')).toBeFocused();
  const tls = page.getByRole('checkbox', { name: /^TLS to this backend/ });
  await tls.press(' ');
  // Without trust it is no policy: that is told by its line, and cannot be reviewed.
  await expect(page.getByText(/certificateChain: is missing/)).toBeVisible();
  await expect(editor.reviewButton).toBeDisabled();
  await page.getByRole('textbox', { name: 'certificateChain' }).pressSequentially('/keys/ca.pem');
  await page.getByRole('textbox', { name: /^Ports/ }).pressSequentially('443, 8443');
  await expect(editor.yaml).toHaveValue(/ports:\n\s+- 443\n\s+- 8443/);
  await page.getByRole('textbox', { name: /^Accepted names/ }).pressSequentially('pricing.shop, pricing');
  await editor.openReview();
  await editor.apply();
  const { spec } = await sandbox.get('virtualnodes', 'shop', 'cart-v1');
  expect((spec['backends'] as unknown[])[0]).toEqual({
    virtualService: {
      virtualServiceRef: { name: 'pricing' },
      clientPolicy: {
        tls: {
          ports: [443, 8443],
          validation: {
            trust: { file: { certificateChain: '/keys/ca.pem' } },
            subjectAlternativeNames: { match: { exact: ['pricing.shop', 'pricing'] } },
          },
        },
      },
    },
  });
  await editor.closeReview();
  await page.getByRole('button', { name: 'Back to the matrix' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('axe finds nothing serious on the editor, its conflict and its review', async ({
  page,
  deck: { url, sandbox },
}) => {
  // What comes softly has less contrast until it is there.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const editor = new EditorPage(page, url);
  await editor.open('shop/cart-v1', 'shop/pricing');
  await editor.add('backend group', 'pay/*');
  await page.getByRole('checkbox', { name: /^TLS to this backend/ }).check();
  expect(await seriousOf(page), 'editor').toEqual([]);
  await page.getByRole('textbox', { name: 'certificateChain' }).fill('/keys/ca.pem');
  await editor.openReview();
  expect(await seriousOf(page), 'review').toEqual([]);
  await editor.closeReview();
  await sandbox.mergePatch('virtualnodes', 'shop', 'cart-v1', {
    spec: { backendGroups: [{ name: 'none' }] },
  });
  await expect(page.getByRole('button', { name: 'Put mine on top of it' })).toBeVisible();
  expect(await seriousOf(page), 'conflict').toEqual([]);
});

test('on the graph, the keyboard allows and revokes, and opens the editor', async ({
  page,
  deck: { url },
}) => {
  const graph = new TopologyPage(page, url);
  await graph.open('?selected=node%3Ashop%2Fcart-v1');
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('pay/fraud');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 edit on 1 node')).toBeVisible();
  await page.keyboard.press('x');
  await dialog.getByRole('combobox').fill('shop/inventory');
  await page.keyboard.press('Enter');
  await expect(page.getByText('2 edits on 1 node')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: 'Backends of shop/cart-v1' })).toBeVisible();
});
