/** What goes wrong around an engine, each with the sandbox's own means. lib/shifts has the same without a cluster, in more detail. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Metric, ShiftSpec } from '@/lib/shifts';
import { readHistory } from '@/lib/providers/app-mesh/history';
import { quickly, ShiftRig } from './testing/rig';

let rig: ShiftRig;
beforeEach(async () => {
  rig = await ShiftRig.start();
}, 60_000);
afterEach(() => rig.stop());

const until = (name: string) => expect.poll(() => rig.phase(name), { timeout: 30_000, interval: 50 });
const steps = (...weights: number[]) => ({
  canary: { steps: weights.map((weight, i) => ({ weight, holdSeconds: i === 0 ? 600 : 0 })) },
});

const judged = (metric: Partial<Metric>, more: Partial<ShiftSpec> = {}): ShiftSpec =>
  quickly('cart', [50, 100], {
    analysis: {
      ...{ intervalSeconds: 1, windowSeconds: 4, warmUpSeconds: 0, lagSeconds: 0 },
      metrics: [
        { name: 'faults', figure: 'faultRatio', evidence: 'xray', max: 0.5, minSamples: 1, ...metric },
      ],
    },
    ...more,
  });

describe('measurements', () => {
  it('that are missing hold a shift where it is, and its deadline pauses it', async () => {
    await rig.knobs({ xrayMode: 'empty' });
    rig.engine({ measures: true });
    await rig.create('silent', judged({}, { deadlines: { noDataSeconds: 3 } }));
    await until('silent').toBe('Paused NoData');
    expect(await rig.weights('cart')).toEqual([50, 50]);
    const { status } = await rig.shift('silent');
    expect(status?.measurements.map(({ verdict }) => verdict)).not.toContain('pass');
  });

  it('that are throttled are asked for less and less often, count as no failure, and are heard when they come', async () => {
    await rig.knobs({ xraySampling: 1, trafficRate: 5, xrayMode: 'throttled' });
    rig.engine({ measures: true });
    await rig.create('throttled', judged({ errorLimit: 9 }));
    await expect
      .poll(async () => (await rig.shift('throttled')).status?.analysis?.metrics['faults']?.errors, { timeout: 60_000, interval: 50 })
      .toBe(2); // prettier-ignore
    const { status } = await rig.shift('throttled');
    expect([status?.phase, status?.analysis?.metrics['faults']?.failures]).toEqual(['Holding', 0]);
    expect(status?.measurements.at(-1)).toMatchObject({ verdict: 'error' });
    await rig.knobs({ xrayMode: 'up' });
    await until('throttled').toBe('Succeeded');
  }, 120_000);
});

describe('a write', () => {
  it('that somebody comes before, without touching the weights, is made after all, and once', async () => {
    let times = 0;
    rig.engine({
      before: async (method, path) => {
        if (method !== 'PATCH' || !path.includes('/virtualrouters/') || times === 3) return;
        times += 1;
        await rig.annotate('cart', { note: String(times) });
      },
    });
    await rig.create('cart-1', quickly('cart', [20, 100]));
    await until('cart-1').toBe('Succeeded');
    expect(times).toBe(3);
    const { annotations = {} } = (await rig.router('cart')).metadata;
    expect(readHistory(annotations['meshdeck.dev/history']).map(({ after }) => after[1]?.weight)).toEqual([
      100, 20,
    ]);
  });

  it('that somebody’s weights come before is not made', async () => {
    let once = false;
    rig.engine({
      before: async (method, path) => {
        if (once || method !== 'PATCH' || !path.includes('/virtualrouters/')) return;
        once = true;
        await rig.edit('cart', 70, 30);
      },
    });
    await rig.create('cart-1', quickly('cart', [20, 100]));
    await until('cart-1').toBe('Paused Drift');
    expect(await rig.weights('cart')).toEqual([70, 30]);
    await rig.control('cart-1', { action: 'abort' });
    await until('cart-1').toBe('RolledBack');
    expect(await rig.weights('cart')).toEqual([90, 10]);
  });

  it('that the control plane cannot take pauses a shift, which goes on when it can', async () => {
    rig.engine();
    await rig.create('cart-1', quickly('cart', [20, 100], { strategy: steps(20, 100) }));
    await until('cart-1').toBe('Holding');
    await rig.knobs({ appMeshApi: 'down' });
    await rig.control('cart-1', { action: 'promote', expectedStep: 0 });
    await until('cart-1').toMatch(/^Paused (MeshRejected|Frozen)$/);
    const { status } = await rig.shift('cart-1');
    expect(status?.measurements).toEqual([]);
    await rig.knobs({ appMeshApi: 'up' });
    await rig.sandbox.request('POST', '/_sandbox/settle');
    if ((await rig.phase('cart-1')) === 'Paused MeshRejected')
      await rig.control('cart-1', { action: 'retry' });
    await until('cart-1').toBe('Succeeded');
    expect(await rig.weights('cart')).toEqual([0, 100]);
  });
});

describe('what is around a shift', () => {
  it('has the baseline without a pod when it should go back: it holds, says so, and goes back when one is there', async () => {
    rig.engine();
    await rig.create('cart-1', quickly('cart', [], { strategy: steps(40, 100) }));
    await until('cart-1').toBe('Holding');
    await rig.scale('cart-v1', 0);
    await expect.poll(() => rig.readyPods('cart-v1'), { timeout: 10_000 }).toBe(0);
    await rig.control('cart-1', { action: 'abort' });
    await until('cart-1').toBe('RollbackBlocked');
    expect(await rig.weights('cart')).toEqual([60, 40]);
    expect(await rig.events('VirtualRouter', 'cart')).toContain('RollbackBlocked');
    await rig.scale('cart-v1', 1);
    await until('cart-1').toBe('RolledBack');
    expect(await rig.weights('cart')).toEqual([90, 10]);
  });

  it('loses the router: it ends and lets itself be deleted', async () => {
    rig.engine();
    await rig.create('cart-1', quickly('cart', [], { strategy: steps(40, 100) }));
    await until('cart-1').toBe('Holding');
    await rig.removeRouter('cart');
    await until('cart-1').toBe('Superseded');
    expect((await rig.shift('cart-1')).status?.reason).toBe('RouterGone');
    await expect.poll(async () => (await rig.shift('cart-1')).kept).toBe(false);
  });

  it('loses the API for longer than the lease lasts: it goes on afterwards, with no step twice', async () => {
    rig.engine({ leaseSeconds: 2 });
    await rig.create('cart-1', quickly('cart', [], { strategy: { canary: { steps: [20, 60, 100].map((weight) => ({ weight, holdSeconds: 2 })) } } })); // prettier-ignore
    await until('cart-1').toBe('Holding');
    await rig.sandbox.request('POST', '/_sandbox/restart?downMs=5000');
    await until('cart-1').toBe('Succeeded');
    const { status } = await rig.shift('cart-1');
    expect(status?.changes.map(({ percent }) => percent)).toEqual([20, 60, 100]);
    expect(status?.leader?.term).toBeGreaterThan(1);
  }, 60_000);
});
