import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ShiftSpec } from '@/lib/shifts';
import { quickly, ShiftRig } from './testing/rig';

let rig: ShiftRig;
beforeAll(async () => {
  rig = await ShiftRig.start();
  // Every request is traced, and there are many: seconds tell what minutes tell elsewhere.
  await rig.knobs({ xraySampling: 1, trafficRate: 5 });
  rig.engine({ measures: true });
}, 60_000);
afterAll(() => rig.stop());

const WELL = { p50Ms: 20, p99Ms: 80, faultRatio: 0, errorRatio: 0, throttleRatio: 0 };
const until = (name: string) => expect.poll(() => rig.phase(name), { timeout: 60_000, interval: 100 });

const judged = (from: string, to: string, weights: number[]): ShiftSpec => ({
  ...quickly('cart', []),
  routes: [{ router: 'cart', route: 'cart', from, to }],
  strategy: { canary: { steps: weights.map((weight) => ({ weight })) } },
  verify: { mode: 'prefer', intervalSeconds: 2, timeoutSeconds: 10, minSamples: 20 },
  analysis: {
    ...{ intervalSeconds: 2, windowSeconds: 4, warmUpSeconds: 0, lagSeconds: 0 },
    metrics: [
      { name: 'faults', figure: 'faultRatio', evidence: 'xray', max: 0.1, minSamples: 3 },
      { name: 'slow', figure: 'p50Ms', evidence: 'xray', max: 400, minSamples: 3 },
    ],
  },
});

describe('a canary judged by what is measured', () => {
  it('goes through where the new version does well, and each step is seen to arrive', async () => {
    await Promise.all([rig.behave('cart-v1', WELL), rig.behave('cart-v2', WELL)]);
    await rig.create('well', judged('cart-v1', 'cart-v2', [30, 60, 100]));
    await until('well').toBe('Succeeded');
    const { status } = await rig.shift('well');
    expect(status?.measurements.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(5);
    const shares = status?.changes.map(({ percent, measured }) =>
      Math.abs((measured?.share ?? -9) - percent / 100),
    );
    for (const apart of shares ?? []) expect(apart).toBeLessThan(0.25);
  }, 90_000);

  it('goes back by itself where the new version is slow', async () => {
    await rig.behave('cart-v1', { ...WELL, p50Ms: 800, p99Ms: 1000 });
    await rig.create('slow', judged('cart-v2', 'cart-v1', [50, 100]));
    await until('slow').toBe('RolledBack');
    expect(await rig.weights('cart')).toEqual([0, 100]);
    const { status } = await rig.shift('slow');
    expect([status?.reason, status?.message]).toEqual([
      'AnalysisFailed',
      expect.stringContaining('slow failed 2 times'),
    ]);
    expect(status?.measurements.findLast(({ verdict }) => verdict === 'fail')).toMatchObject({ metric: 'slow', node: 'shop/cart-v1', limit: 400, evidence: 'xray' }); // prettier-ignore
  }, 90_000);

  it('holds, counts nothing as failed and pauses when nobody can be asked', async () => {
    await rig.behave('cart-v1', WELL);
    await rig.create('blind', {
      ...judged('cart-v2', 'cart-v1', [50, 100]),
      analysis: {
        ...{ intervalSeconds: 1, windowSeconds: 4, warmUpSeconds: 0, lagSeconds: 0 },
        metrics: [{ name: 'faults', figure: 'faultRatio', evidence: 'xray', max: 0.1, errorLimit: 1 }],
      },
      verify: { mode: 'skip' },
    });
    await rig.knobs({ xrayMode: 'forbidden' });
    await until('blind').toBe('Paused Inconclusive');
    expect(await rig.weights('cart')).toEqual([50, 50]);
    expect((await rig.shift('blind')).status?.analysis?.metrics['faults']).toMatchObject({ failures: 0 });
    await rig.knobs({ xrayMode: 'up' });
    await rig.control('blind', { action: 'resume' });
    await until('blind').toBe('Succeeded');
  }, 90_000);
});
