import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../testing/sandbox';
import { walkthroughsArePresent } from '../testing/walkthroughs';
import { check } from './main';
import { readPolicy } from './policy-file';

const NOW = new Date('2026-06-01T12:00:00Z');
const run = (...args: string[]) => check(args, NOW, AbortSignal.timeout(20_000));

const MANIFESTS = `# a repository's own words
apiVersion: v1
kind: List
items:
  - apiVersion: appmesh.k8s.aws/v1beta2
    kind: VirtualService
    metadata: { name: payments, namespace: pay }
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  provider:
    virtualNode: { virtualNodeRef: { name: cart } }
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: { name: web, namespace: front }
spec:
  backends:
    - virtualService:
        virtualServiceRef: { name: cart, namespace: shop }
---
apiVersion: appmesh.k8s.aws/v1beta2
kind: VirtualNode
metadata: { name: cart, namespace: shop }
spec:
  backends:
    - virtualService: { virtualServiceRef: { name: payments, namespace: pay } }
`;
const POLICY = `apiVersion: meshdeck.dev/v1
kind: BackendPolicy
rules:
  - id: front-not-to-pay
    because: cards stay behind the checkout
    transitive: true
    deny: { from: front, to: pay }
  - id: only-checkout
    severity: warning
    only: { from: [shop/checkout-*], to: pay/payments }
`;

let folder: string;
let manifests: string;
let policy: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshdeck-check-'));
  manifests = join(folder, 'mesh.yaml');
  policy = join(folder, 'policy.yaml');
  writeFileSync(manifests, MANIFESTS);
  writeFileSync(policy, POLICY);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a check of manifests', () => {
  it('names each broken rule with the line that breaks it', async () => {
    const { code, out } = await run('--manifests', folder, '--policy', policy, '--format', 'json');
    expect(code).toBe(1);
    const { results } = JSON.parse(out);
    expect(results).toMatchObject([
      {
        rule: 'front-not-to-pay',
        severity: 'error',
        node: 'front/web',
        path: 'spec.backends[0]',
        place: { line: 21 },
        message:
          'front/web may reach pay/payments over shop/cart, 2 calls away, by an entry of its backends, which the rule denies: cards stay behind the checkout.',
      },
      { rule: 'only-checkout', severity: 'warning', node: 'shop/cart', place: { line: 29 } },
    ]);
  });

  it('ends with 0 where nothing is wrong, and with 1 from the severity on that it is told', async () => {
    const mild = join(folder, 'mild.txt');
    writeFileSync(mild, POLICY.replace('deny: { from: front, to: pay }', 'deny: { from: shop, to: front }'));
    expect((await run('--manifests', manifests)).code).toBe(0);
    expect((await run('--manifests', manifests, '--policy', mild)).code).toBe(0);
    expect((await run('--manifests', manifests, '--policy', mild, '--fail-on', 'warning')).code).toBe(1);
  });

  it('tells of a backend that no manifest holds, since the controller holds back the node for it', async () => {
    const broken = join(folder, 'broken.yaml');
    writeFileSync(
      broken,
      MANIFESTS.replace('name: cart, namespace: shop }\n---', 'name: crat, namespace: shop }\n---'),
    );
    const { code, out } = await run('--manifests', broken, '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out).results).toMatchObject([
      { rule: 'MD101', node: 'front/web', path: 'spec.backends[0].virtualService' },
    ]);
  });

  it('is SARIF for code scanning', async () => {
    const { out } = await run('--manifests', manifests, '--policy', policy, '--format', 'sarif');
    const { version, runs } = JSON.parse(out);
    expect(version).toBe('2.1.0');
    expect(runs[0].tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      'front-not-to-pay',
      'only-checkout',
    ]);
    expect(runs[0].results[0]).toMatchObject({
      ruleId: 'front-not-to-pay',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: expect.stringMatching(/mesh\.yaml$/) },
            region: { startLine: 21 },
          },
          logicalLocations: [{ kind: 'object' }],
        },
      ],
    });
  });

  it('is JUnit for everything else, a case for each rule', async () => {
    const { out } = await run('--manifests', manifests, '--policy', policy, '--format', 'junit');
    expect(out).toContain('<testsuites tests="2" failures="1">');
    expect(out.match(/<testcase /g)).toHaveLength(2);
    expect(out).toMatch(/name="only-checkout: only shop\/checkout-\* may reach pay\/payments"><system-out>/);
  });

  it('is written to a file where one is named', async () => {
    const output = join(folder, 'report.txt');
    const { out } = await run('--manifests', manifests, '--policy', policy, '--output', output);
    expect(out).toBe('');
    expect(readFileSync(output, 'utf8')).toMatch(/1 error, 1 warning\.\n$/);
  });

  it.each([
    [[], 'name either --manifests'],
    [['--manifests', 'x', '--context', 'y'], 'name either --manifests'],
    [['--manifests', 'x', '--format', 'pdf'], '--format is one of'],
    [['--manifests', 'x', '--fail-on', 'never'], '--fail-on is'],
    [['--manifests', '/nowhere/at/all'], 'ENOENT'],
    [['--unknown'], "Unknown option '--unknown'"],
  ])('%j cannot be looked at: %s', async (args, why) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toContain(why);
  });

  it('cannot be looked at where a document is broken, and says where', async () => {
    const broken = join(folder, 'odd.txt');
    writeFileSync(broken, 'kind: VirtualNode\n---\na: [1\n');
    const { code, err } = await run('--manifests', broken);
    expect([code, err]).toEqual([2, expect.stringMatching(/odd\.txt:\d+: /)]);
  });

  it.runIf(walkthroughsArePresent)('takes all the walkthroughs of the App Mesh examples', async () => {
    const { code, out } = await run('--manifests', '../shared/data/samples', '--format', 'json');
    const { meshes, results } = JSON.parse(out);
    expect(meshes).toHaveLength(20);
    // The one of several accounts has a placeholder where an ARN belongs.
    expect(results).toMatchObject([{ rule: 'MD106', node: 'yelb-multi/yelb-ui' }]);
    expect(code).toBe(1);
  });
});

describe('a check of a cluster', () => {
  let sandbox: RunningSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox('shop');
  }, 60_000);
  afterAll(() => sandbox.stop());

  it('looks at what it holds now', async () => {
    const rules = join(folder, 'shop.txt');
    writeFileSync(
      rules,
      POLICY.slice(0, POLICY.indexOf('  - id')) +
        '  - id: only-checkout\n    only: { from: [shop/checkout-*, shop/orders-*, pay/webhooks-*], to: pay/payments }\n  - id: shop-not-to-ledger\n    deny: { from: shop, to: pay/ledger }\n',
    );
    const { code, out, err } = await run(
      '--kubeconfig',
      sandbox.kubeconfig,
      '--policy',
      rules,
      '--format',
      'json',
    );
    expect(err).toBe('');
    const { results, meshes } = JSON.parse(out);
    expect(meshes.map(({ name }: { name: string }) => name)).toContain('shop');
    // The scenario has a backend that does not exist.
    expect(results).toMatchObject([{ rule: 'MD101', node: 'shop/search-indexer', mesh: 'shop' }]);
    expect(code).toBe(1);
  }, 30_000);

  it('cannot be looked at where it does not answer', async () => {
    const config = readFileSync(sandbox.kubeconfig, 'utf8').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1');
    const away = join(folder, 'kubeconfig');
    writeFileSync(away, config);
    expect(await run('--kubeconfig', away)).toMatchObject({ code: 2 });
    expect(await run('--kubeconfig', join(folder, 'none'))).toMatchObject({ code: 2 });
  }, 30_000);
});

describe('a rule file', () => {
  const problems = (text: string) => {
    const read = readPolicy(text);
    return read.ok ? [] : read.problems;
  };

  it('says what is wrong with it', () => {
    expect(problems(POLICY)).toEqual([]);
    expect(problems(POLICY.replace('BackendPolicy', 'Policy'))[0]).toMatch(/^kind: /);
    expect(problems(POLICY.replace('deny', 'forbid'))[0]).toMatch(
      /^rules\[0\]: has an id, and either deny or only/,
    );
    expect(problems(POLICY.replace('only-checkout', 'front-not-to-pay'))[0]).toMatch(
      /is the id of two rules/,
    );
    expect(problems('a: [')[0]).toBeDefined();
  });
});

it('runs as a program, with the paths of the folder it is called in', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(process.cwd(), 'bin/meshdeck.mjs'), 'check', '--manifests', 'mesh.yaml', '--policy', 'policy.yaml'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, INIT_CWD: folder } },
  );
  expect(stderr).toBe('');
  expect(stdout).toContain('front-not-to-pay mesh.yaml:21 front/web:');
  expect(status).toBe(1);
}, 60_000);
