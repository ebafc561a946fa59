import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole } from './console';
import { quietConfig, SOURCE, startRig, until, type Rig } from './testing/rig';

const POLICY = `apiVersion: meshdeck.dev/v1
kind: BackendPolicy
rules:
  - id: cart-not-to-pay
    because: cards stay behind the checkout
    deny: { from: 'shop/cart-*', to: pay }
`;
const PATH = `${SOURCE}/nodes/shop/cart-v1/backends`;
const ID = 'MD310|node:shop/cart-v1|cart-not-to-pay|service:pay/fraud';

let folder: string;
let rig: Rig;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'meshdeck-policy-'));
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, POLICY);
  rig = await startRig('shop', { policyFile });
}, 60_000);
afterAll(async () => {
  await rig.stop();
  rmSync(folder, { recursive: true, force: true });
});

const found = () => rig.console.sources[0]?.hub.picture('shop')?.answer.findings.find(({ id }) => id === ID);

it('a rule that is broken is a finding for as long as it is, and a rehearsal tells of it', async () => {
  const allow = { allow: [{ service: 'pay/fraud' }] };
  const rehearsed = await rig.ask('PATCH', PATH, { ...allow, dryRun: true });
  expect(rehearsed.body.findings.created).toContain(ID);
  expect(found()).toBeUndefined();
  const set = await rig.ask('PATCH', PATH, allow);
  await until(rig.console, () => found() !== undefined);
  expect(found()).toMatchObject({
    code: 'MD310',
    severity: 'error',
    details: { rule: 'cart-not-to-pay', service: 'pay/fraud', because: 'cards stay behind the checkout' },
  });
  const undone = await rig.ask('PATCH', PATH, { undo: set.body.historyId });
  expect(undone.body.findings.cleared).toContain(ID);
  await until(rig.console, () => found() === undefined);
}, 30_000);

it('a file that cannot be used stops the console, and says why', () => {
  const policyFile = join(folder, 'odd.yaml');
  writeFileSync(policyFile, 'kind: Policy\n');
  const config = { ...quietConfig(rig.sandbox.kubeconfig), policyFile };
  expect(() => openConsole(config)).toThrow(/odd\.yaml: apiVersion: /);
});
