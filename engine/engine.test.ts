import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readHistory } from '@/lib/providers/app-mesh/history';
import { quickly, ShiftRig } from './testing/rig';

let rig: ShiftRig;

beforeAll(async () => {
  rig = await ShiftRig.start();
  rig.engine();
}, 60_000);
afterAll(() => rig.stop());

const until = (name: string) => expect.poll(() => rig.phase(name), { timeout: 18_000, interval: 50 });
const weights = (router: string) => expect.poll(() => rig.weights(router), { timeout: 18_000, interval: 50 });
const hold = (weight: number, holdSeconds = 600) => ({ weight, holdSeconds });

describe('the engine', () => {
  it('carries out a canary that somebody applied, step by step, and gives the router free', async () => {
    await rig.create('cart-1', quickly('cart', [20, 50, 100]));
    await until('cart-1').toBe('Succeeded');
    expect(await rig.weights('cart')).toEqual([0, 100]);
    const { annotations = {} } = (await rig.router('cart')).metadata;
    expect(
      readHistory(annotations['meshdeck.dev/history']).map(({ after, by }) => [by, after[1]?.weight]),
    ).toEqual([
      ['TrafficShift shop/cart-1', 100],
      ['TrafficShift shop/cart-1', 50],
      ['TrafficShift shop/cart-1', 20],
    ]);
    await expect.poll(async () => (await rig.router('cart')).metadata.annotations).not.toHaveProperty('meshdeck.dev/active-shift'); // prettier-ignore
    await expect.poll(async () => (await rig.shift('cart-1')).kept).toBe(false);
    const { status } = await rig.shift('cart-1');
    expect(status).toMatchObject({ progress: '3/3', weights: '0/100', leader: { holder: 'one' } });
    expect(await rig.events('TrafficShift', 'cart-1')).toEqual(expect.arrayContaining(['StepStarted', 'WeightAccepted', 'ShiftSucceeded'])); // prettier-ignore
    expect(await rig.events('VirtualRouter', 'cart')).toContain('ShiftSucceeded');
  });

  it('goes back when it is told to, and when its target loses its last pod', async () => {
    await rig.create('cart-2', {
      ...quickly('cart', [100]),
      routes: [{ router: 'cart', route: 'cart', from: 'cart-v2', to: 'cart-v1' }],
      strategy: { canary: { steps: [hold(50), hold(100)] } },
    });
    await until('cart-2').toBe('Holding');
    expect(await rig.weights('cart')).toEqual([50, 50]);
    await rig.control('cart-2', { action: 'abort', reason: 'odd logs' });
    await until('cart-2').toBe('RolledBack');
    expect(await rig.weights('cart')).toEqual([0, 100]);
    expect((await rig.shift('cart-2')).status?.controls).toMatchObject([
      { action: 'abort', by: 'jo', outcome: 'done' },
    ]);

    await rig.create('cart-3', {
      ...quickly('cart', [100]),
      routes: [{ router: 'cart', route: 'cart', from: 'cart-v2', to: 'cart-v1' }],
      strategy: { canary: { steps: [hold(30), hold(100)] } },
    });
    await until('cart-3').toBe('Holding');
    await rig.scale('cart-v1', 0);
    await until('cart-3').toBe('RolledBack');
    expect((await rig.shift('cart-3')).status?.reason).toBe('TargetNotReady');
    expect(await rig.weights('cart')).toEqual([0, 100]);
  });

  it('stops at somebody else’s change, and adopts it on demand', async () => {
    await rig.create('reviews-1', {
      ...quickly('reviews', [100]),
      strategy: { canary: { steps: [hold(30), hold(100)] } },
    });
    await until('reviews-1').toBe('Holding');
    expect(await rig.weights('reviews')).toEqual([70, 30]);
    await rig.edit('reviews', 10, 90);
    await until('reviews-1').toBe('Paused Drift');
    await rig.control('reviews-1', { action: 'adopt' });
    await until('reviews-1').toBe('Holding');
    await rig.control('reviews-1', { action: 'promote', expectedStep: 0 });
    await weights('reviews').toEqual([0, 100]);
    await rig.remove('reviews-1');
    await weights('reviews').toEqual([3, 1]);
    await expect
      .poll(() => rig.shift('reviews-1').then(() => 'there', () => 'gone'), { timeout: 10_000 })
      .toBe('gone'); // prettier-ignore
  });

  it('refuses a router that another shift holds, that Flagger owns, or that is restored by others', async () => {
    await rig.create('checkout-1', { ...quickly('checkout', [100]), routes: [{ router: 'checkout', route: 'checkout', from: 'checkout-v1', to: 'checkout-v2' }], strategy: { canary: { steps: [hold(10), hold(100)] } } }); // prettier-ignore
    await until('checkout-1').toBe('Holding');
    await rig.create('checkout-2', { ...quickly('checkout', [100]), routes: [{ router: 'checkout', route: 'checkout', from: 'checkout-v1', to: 'checkout-v2' }] }); // prettier-ignore
    await until('checkout-2').toBe('Refused');
    expect((await rig.shift('checkout-2')).status?.reason).toBe('Locked');
    await rig.create('catalog-1', { ...quickly('catalog', [100]), routes: [{ router: 'catalog', route: 'catalog', from: 'catalog-blue', to: 'catalog-green' }] }); // prettier-ignore
    await until('catalog-1').toBe('Refused');
    expect((await rig.shift('catalog-1')).status?.reason).toBe('Unacknowledged');
  });

  it('pauses at the control plane’s silence, and goes on when it is back', async () => {
    await rig.create('inventory-1', { ...quickly('inventory', [100]), routes: [{ router: 'inventory', route: 'inventory', from: 'inventory-v1', to: 'inventory-v2' }], strategy: { canary: { steps: [hold(10), hold(100, 0)] } } }); // prettier-ignore
    await until('inventory-1').toBe('Holding');
    await rig.knobs({ appMeshApi: 'gone' });
    await rig.control('inventory-1', { action: 'promote', expectedStep: 0 });
    await until('inventory-1').toBe('Paused Frozen');
    await rig.knobs({ appMeshApi: 'up' });
    await rig.sandbox.request('POST', '/_sandbox/settle');
    await until('inventory-1').toBe('Succeeded');
  });
});
