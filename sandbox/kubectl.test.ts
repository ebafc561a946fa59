import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectl, kubectlRig } from './kubectl-testing';

const rig = kubectlRig();
const { folder, environment, run } = rig;

/** Runs a command that has to work and gives what it printed. */
async function kc(command: string, env: Record<string, string> = {}): Promise<string> {
  const { code, out, errors } = await run(command.split(' '), env);
  expect({ command, code, errors: code === 0 ? '' : errors }).toEqual({ command, code: 0, errors: '' });
  return out;
}

const read = async (what: string) => JSON.parse(await kc(`${what} -o json`));

const manifest = (name: string, content: object): string => rig.manifest(name, JSON.stringify(content));

const router = (weight: number, more: object = {}) => ({
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'VirtualRouter',
  metadata: { name: 'probe', namespace: 'my-apps' },
  spec: {
    listeners: [{ portMapping: { port: 80, protocol: 'http' } }],
    routes: [
      {
        name: 'all',
        httpRoute: {
          match: { prefix: '/' },
          action: { weightedTargets: [{ virtualNodeRef: { name: 'my-service-a' }, weight }] },
        },
      },
    ],
    ...more,
  },
});

const deployment = (image: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'probe', namespace: 'default', labels: { app: 'probe' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'probe' } },
    template: {
      metadata: { labels: { app: 'probe' } },
      spec: {
        containers: [
          { name: 'app', image },
          { name: 'log', image: 'log:1' },
        ],
      },
    },
  },
});

/** An editor that replaces one text by another. */
function editor(from: string, to: string): Record<string, string> {
  const path = join(folder, 'editor.sh');
  writeFileSync(path, `#!/bin/sh\nexec sed -i 's/${from}/${to}/' "$1"\n`);
  chmodSync(path, 0o755);
  return { EDITOR: path, KUBE_EDITOR: path };
}

const WEIGHT = '/spec/routes/0/httpRoute/action/weightedTargets/0/weight';
const jsonPatch = (from: number, to: number) =>
  JSON.stringify([
    { op: 'test', path: WEIGHT, value: from },
    { op: 'replace', path: WEIGHT, value: to },
  ]);
const weightOf = (object: ReturnType<typeof router>) =>
  object.spec.routes[0]?.httpRoute.action.weightedTargets[0]?.weight;
const imagesOf = (object: ReturnType<typeof deployment>) =>
  object.spec.template.spec.containers.map(({ image }) => image);

describe.skipIf(kubectl === '')('kubectl', () => {
  beforeAll(async () => {
    await rig.start();
    await Promise.all([
      kc(`apply -f ${manifest('router.json', router(1))}`),
      kc(`apply -f ${manifest('deployment.json', deployment('app:1'))}`),
    ]);
  }, 30_000);

  afterAll(() => rig.stop());

  it('knows the kinds', async () => {
    const kinds = await kc('api-resources');
    expect(kinds).toMatch(/virtualrouters\s+.*appmesh.k8s.aws\/v1beta2\s+true\s+VirtualRouter/);
    expect(kinds).toMatch(/deployments\s+deploy\s+apps\/v1\s+true\s+Deployment/);
  });

  it('gets tables, YAML and selections', async () => {
    expect(await kc('get virtualnodes -A')).toMatch(/^NAMESPACE\s+NAME\s+ARN\s+AGE\n/);
    expect(await kc('get virtualrouter probe -n my-apps -o yaml')).toContain('kind: VirtualRouter');
    expect(await kc('get deployments -l app=probe -o name')).toBe('deployment.apps/probe\n');
    expect(await kc('get deployments --field-selector metadata.name=none -o name')).toBe('');
    expect(await kc('get pods -A --chunk-size=1 -o name')).toMatch(/(pod\/.*\n){3,}/);
    expect((await run(['get', 'virtualrouter', 'none'])).errors).toContain(
      'Error from server (NotFound): virtualrouters.appmesh.k8s.aws "none" not found',
    );
  });

  it('describes a custom resource and a built-in kind', async () => {
    expect(await kc('describe mesh my-mesh')).toMatch(/Kind:\s+Mesh/);
    expect(await kc('describe deployment probe')).toMatch(/StrategyType:\s+RollingUpdate/);
  });

  it('applies, sees what is unchanged, and shows what would change', async () => {
    const path = manifest('applied.json', {
      ...router(1),
      metadata: { name: 'applied', namespace: 'my-apps' },
    });
    expect(await kc(`apply -f ${path}`)).toContain('created');
    expect(await kc(`apply -f ${path}`)).toContain('unchanged');
    manifest('applied.json', { ...router(7), metadata: { name: 'applied', namespace: 'my-apps' } });
    expect(await kc(`apply --dry-run=server -f ${path}`)).toContain('(server dry run)');
    const { code, out } = await run(['diff', '-f', path]);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/^\+ +weight: 7$/m) });
    expect(await kc(`apply -f ${path}`)).toContain('configured');
    expect(weightOf(await read('get virtualrouter applied -n my-apps'))).toBe(7);
  });

  it('patches a Deployment in three ways', async () => {
    const change = (type: string, patch: unknown) =>
      run(['patch', 'deployment', 'probe', '--type', type, '-p', JSON.stringify(patch)]);
    const spec = { template: { spec: { containers: [{ name: 'app', image: 'app:2' }] } } };
    expect(await change('strategic', { spec })).toMatchObject({ code: 0 });
    expect(imagesOf(await read('get deployment probe'))).toEqual(['app:2', 'log:1']);
    const image = '/spec/template/spec/containers/0/image';
    expect(await change('json', [{ op: 'replace', path: image, value: 'app:3' }])).toMatchObject({ code: 0 });
    expect(imagesOf(await read('get deployment probe'))).toEqual(['app:3', 'log:1']);
    expect(await change('merge', { spec })).toMatchObject({ code: 0 });
    expect(imagesOf(await read('get deployment probe'))).toEqual(['app:2']);
  });

  it('patches a custom resource in two ways and is refused the third', async () => {
    const change = (type: string, patch: string) =>
      run(['patch', 'virtualrouter', 'probe', '-n', 'my-apps', '--type', type, '-p', patch]);
    expect(await change('json', jsonPatch(1, 90))).toMatchObject({ code: 0 });
    expect(await change('json', jsonPatch(1, 80))).toMatchObject({ code: 1 });
    expect(await change('merge', '{"metadata":{"labels":{"a":"b"}}}')).toMatchObject({ code: 0 });
    const { code, errors } = await change('strategic', '{"metadata":{"labels":{"a":"c"}}}');
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringContaining(
        'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json',
      ),
    });
    const found = await read('get virtualrouter probe -n my-apps');
    expect(weightOf(found)).toBe(90);
    expect(found.metadata.labels).toEqual({ a: 'b' });
  });

  it('is told which field is wrong', async () => {
    const path = manifest('wrong.json', {
      ...router(101),
      metadata: { name: 'wrong', namespace: 'my-apps' },
    });
    const { errors } = await run(['create', '-f', path]);
    expect(errors).toContain('weight in body should be less than or equal to 100');
  });

  it('edits both sorts of kinds', async () => {
    const router = editor('a: .*', 'a: edited');
    expect(await kc('edit virtualrouter probe -n my-apps', router)).toContain('edited');
    const found = await read('get virtualrouter probe -n my-apps');
    expect(found.metadata.labels).toEqual({ a: 'edited' });
    expect(await kc('edit deployment probe', editor('image: app:.*', 'image: app:9'))).toContain('edited');
    expect(imagesOf(await read('get deployment probe'))[0]).toBe('app:9');
  });

  it('applies on the server, and is told whose fields it would take', async () => {
    const labelled = (value: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'probe', namespace: 'default' },
      data: { shared: value },
    });
    const path = manifest('map.json', labelled('mine'));
    const apply = ['apply', '--server-side', '-f', path];
    expect(await run([...apply, '--field-manager=one'])).toMatchObject({ code: 0 });
    manifest('map.json', labelled('theirs'));
    const refused = await run([...apply, '--field-manager=two']);
    expect(refused.errors).toContain('Apply failed with 1 conflict: conflict with "one": .data.shared');
    expect(await run([...apply, '--field-manager=two', '--force-conflicts'])).toMatchObject({ code: 0 });
    expect((await read('get configmap probe')).data).toEqual({ shared: 'theirs' });
  });

  it('scales', async () => {
    expect(await kc('scale deployment probe --replicas 2')).toContain('scaled');
    expect((await read('get deployment probe')).spec.replicas).toBe(2);
  });

  it('labels, annotates and replaces', async () => {
    await kc('label deployment probe tier=front');
    await kc('annotate deployment probe note=x');
    const path = manifest('replaced.json', deployment('app:8'));
    await kc(`replace -f ${path}`);
    const { metadata } = await read('get deployment probe');
    expect(metadata.labels).toEqual({ app: 'probe' });
  });

  it('may do everything', async () => {
    expect(await kc('auth can-i patch virtualrouters.appmesh.k8s.aws -n my-apps')).toBe('yes\n');
    expect(await kc('auth can-i --list')).toMatch(/\*\.\*\s+\[\]\s+\[\]\s+\[\*\]/);
  });

  it('watches: what is there first, then each change, in one table', async () => {
    const watcher = spawn(kubectl, ['get', 'configmaps', '-n', 'my-apps', '--watch'], { env: environment });
    const lines = createInterface({ input: watcher.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    const path = manifest('seen.json', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'seen', namespace: 'my-apps' },
    });
    await kc(`create -f ${path}`);
    expect(await next()).toMatch(/^NAME\s+(DATA\s+)?AGE$/);
    expect(await next()).toMatch(/^seen\s/);
    await kc('label configmap seen -n my-apps a=b');
    expect(await next()).toMatch(/^seen\s/);
    watcher.kill();
    await once(watcher, 'exit');
  });

  it('deletes by name, by label and waits for the end', async () => {
    const names = ['one', 'two'];
    const items = names.map((name) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: 'default', labels: { batch: 'x' } },
    }));
    const path = manifest('batch.json', { apiVersion: 'v1', kind: 'List', items });
    await kc(`create -f ${path}`);
    expect(await kc('delete configmap one')).toContain('deleted');
    expect(await kc('delete configmaps -l batch=x')).toContain('"two" deleted');
    expect(await kc('get configmaps -l batch=x -o name')).toBe('');
    await kc('delete virtualrouter probe -n my-apps');
    expect((await run(['get', 'virtualrouter', 'probe', '-n', 'my-apps'])).code).toBe(1);
  });
});
