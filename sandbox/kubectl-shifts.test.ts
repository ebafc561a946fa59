import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectl, kubectlRig } from './kubectl-testing';

const rig = kubectlRig();
const run = (...args: string[]) => rig.run(args);

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

describe.skipIf(kubectl === '')('kubectl with TrafficShifts', () => {
  beforeAll(async () => {
    await rig.start();
    expect(await run('apply', '-f', rig.manifest('shift.yaml', SHIFT))).toMatchObject({ code: 0 });
  }, 30_000);

  afterAll(() => rig.stop());

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
    const path = rig.manifest('other.yaml', SHIFT.replace('weight: 5', 'weight: 50'));
    expect((await run('apply', '-f', path)).errors).toContain('strategy is fixed once it is created');
    const control = { action: 'pause', requestId: '1', by: 'jo' };
    const patch = ['patch', 'shift', 'service-a-1', '-n', 'my-apps', '--type', 'merge', '-p'];
    expect(await run(...patch, JSON.stringify({ spec: { control } }))).toMatchObject({ code: 0 });
  });

  it('is told what is wrong with a plan', async () => {
    const path = rig.manifest(
      'wrong.yaml',
      SHIFT.replace('-1, namespace', '-2, namespace').replace('weight: 100', 'weight: 90'),
    );
    expect((await run('create', '-f', path)).errors).toContain('the last step has weight 100');
  });
});
