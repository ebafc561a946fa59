import type { ChildProcess } from 'node:child_process';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const kubectl = spawnSync(process.execPath, ['bin/kubectl.mjs'], { encoding: 'utf8' }).stdout.trim();
const folder = mkdtempSync(join(tmpdir(), 'meshdeck-kubectl-'));
const environment = { ...process.env, KUBECONFIG: join(folder, 'kubeconfig'), HOME: folder };

/** Runs kubectl to its end. */
const run = (...args: string[]): Promise<{ code: number; out: string; errors: string }> =>
  new Promise((resolve) => {
    execFile(kubectl, args, { env: environment, timeout: 15_000 }, (error, out, errors) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, errors });
    });
  });

const SHIFT = `
apiVersion: meshdeck.dev/v1alpha1
kind: TrafficShift
metadata: { name: service-a-1, namespace: my-apps }
spec:
  routes:
    - { router: my-service-a, route: route, from: my-service-a, to: my-service-a-v2 }
  strategy:
    canary:
      steps:
        - { weight: 5, holdSeconds: 300 }
        - { weight: 100, holdSeconds: 300 }
`;

function manifest(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe.skipIf(kubectl === '')('kubectl with TrafficShifts', () => {
  let sandbox: ChildProcess;

  beforeAll(async () => {
    const flags = ['--port', '0', '--scenario', 'tutorial', '--exit-with-parent'];
    sandbox = spawn(
      process.execPath,
      ['--import', 'tsx', 'sandbox/main.ts', ...flags, '--kubeconfig', environment.KUBECONFIG],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    if (!sandbox.stdout) throw new Error('the sandbox has no standard output');
    await once(createInterface({ input: sandbox.stdout }), 'line');
    expect(await run('apply', '-f', manifest('shift.yaml', SHIFT))).toMatchObject({ code: 0 });
  }, 30_000);

  afterAll(async () => {
    const ended = sandbox.exitCode === null ? once(sandbox, 'exit') : undefined;
    sandbox.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows phase, step, weights and age', async () => {
    const status = {
      ...{ observedGeneration: 1, phase: 'Holding', phaseSinceAt: '2026-06-01T12:00:00Z', step: 0 },
      ...{ progress: '1/2', weights: '95/5', intents: 1 },
      ...{ changes: [], measurements: [], controls: [], conditions: [] },
    };
    const patch = ['patch', 'trafficshift', 'service-a-1', '-n', 'my-apps', '--subresource', 'status'];
    expect(await run(...patch, '--type', 'merge', '-p', JSON.stringify({ status }))).toMatchObject({
      code: 0,
    });
    const { out } = await run('get', 'trafficshifts', '-A');
    expect(out).toMatch(/^NAMESPACE +NAME +ROUTER +PHASE +STEP +WEIGHTS +REASON +AGE\n/);
    expect(out).toMatch(/my-apps +service-a-1 +my-service-a +Holding +1\/2 +95\/5 +\d+s\n/);
  });

  it('is refused another plan, and lets through what somebody wants of it now', async () => {
    const path = manifest('other.yaml', SHIFT.replace('weight: 5', 'weight: 50'));
    expect((await run('apply', '-f', path)).errors).toContain('strategy is fixed once it is created');
    const control = { action: 'pause', requestId: '1', by: 'jo' };
    const patch = ['patch', 'shift', 'service-a-1', '-n', 'my-apps', '--type', 'merge', '-p'];
    expect(await run(...patch, JSON.stringify({ spec: { control } }))).toMatchObject({ code: 0 });
  });

  it('is told what is wrong with a plan', async () => {
    const path = manifest(
      'wrong.yaml',
      SHIFT.replace('-1, namespace', '-2, namespace').replace('weight: 100', 'weight: 90'),
    );
    expect((await run('create', '-f', path)).errors).toContain('the last step has weight 100');
  });
});
