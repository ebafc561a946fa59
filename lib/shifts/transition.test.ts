import { describe, expect, it } from 'vitest';
import { analysed, canary, holding, targets, TestWorld } from './testing';

describe('the way forward', () => {
  it('goes through the steps, each applied, verified and held, and gives the router free', () => {
    const world = new TestWorld(canary());
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
    expect(world.writes.map(({ weights }) => weights[0])).toEqual([
      [95, 5],
      [50, 50],
      [0, 100],
    ]);
    const step = ['Applying', 'Verifying', 'Holding'];
    expect(world.phases).toEqual(['Pending', ...step, ...step, ...step, 'Succeeded']);
    expect(world.cart.lock).toBeUndefined();
    expect(world.kept).toBe(false);
    expect(world.status?.changes.map(({ percent, measured }) => [percent, measured?.share])).toEqual([
      [5, 0.05],
      [50, 0.5],
      [100, 1],
    ]);
  });

  it('writes down what it means to do before it does it', () => {
    const world = new TestWorld(canary());
    world.kept = true;
    world.turn();
    expect(world.status?.intent?.routes[0]?.targets).toEqual(targets(95, 5));
    expect(world.writes).toEqual([]);
    world.turn();
    expect(world.weights()).toEqual([95, 5]);
  });

  it('holds a step for its time, counted from when its share was seen', () => {
    const world = holding();
    world.pass(54);
    expect(world.weights()).toEqual([95, 5]);
    world.pass(2);
    expect(world.weights()).toEqual([50, 50]);
  });

  it('waits for somebody where a step asks for that', () => {
    const steps = [{ weight: 20, approval: true }, { weight: 100 }];
    const world = new TestWorld(canary({ strategy: { canary: { steps } } }));
    world.pass(3600);
    expect(world.phase).toBe('AwaitingApproval');
    world.control({ action: 'promote', expectedStep: 0 });
    expect(world.weights()).toEqual([0, 100]);
  });

  it('switches all at once after a look at the new one, bakes, and goes back when aborted meanwhile', () => {
    const blueGreen = { preview: { holdSeconds: 30, approval: true }, bakeSeconds: 300 };
    const world = new TestWorld(canary({ strategy: { blueGreen } }));
    world.pass(100);
    expect(world.weights()).toEqual([100, 0]);
    expect(world.cart.lock).toBe('shop/cart-1/uid-1');
    world.control({ action: 'promote', expectedStep: 0 });
    world.pass(100);
    expect([world.phase, world.weights()]).toEqual(['Holding', [0, 100]]);
    world.control({ action: 'abort' });
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['RolledBack', [100, 0]]);
  });

  it('leaves a third target its share, and restores weights that never totalled 100', () => {
    const world = holding(canary(), { all: targets(6, 0, 2) });
    expect(world.weights()).toEqual([71, 4, 25]);
    world.control({ action: 'abort' });
    world.toEnd();
    expect(world.weights()).toEqual([6, 0, 2]);
  });

  it('shifts several routes of a router in one write', () => {
    const routes = ['http', 'grpc'].map((route) => ({
      router: 'cart',
      route,
      from: 'cart-v1',
      to: 'cart-v2',
    }));
    const world = new TestWorld(canary({ routes }), { http: targets(100, 0), grpc: targets(90, 0, 10) });
    world.toEnd();
    expect(world.writes.map(({ weights }) => weights)).toEqual([
      [[95, 5], [85, 5, 10]],
      [[50, 50], [45, 45, 10]],
      [[0, 100], [0, 90, 10]],
    ]); // prettier-ignore
  });

  it('goes up in a window only, and back whenever it must', () => {
    const windows = [{ kind: 'allow' as const, from: '13:00', to: '14:00' }];
    const world = new TestWorld(canary({ windows }));
    world.pass(3500);
    expect([world.phase, world.status?.reason]).toEqual(['Pending', 'Window']);
    world.pass(200);
    expect(world.phase).toBe('Holding');
    const frozen = holding(canary({ windows: [{ kind: 'deny', start: '2026-06-01T12:00:10Z' }] }));
    frozen.pass(600);
    expect(frozen.phase).toBe('Paused Window');
    frozen.control({ action: 'abort' });
    frozen.toEnd();
    expect(frozen.weights()).toEqual([100, 0]);
  });
});

describe('a start', () => {
  const refusal = (change: (world: TestWorld) => void, spec = canary()) => {
    const world = new TestWorld(spec);
    change(world);
    world.pass(900);
    expect(world.writes).toEqual([]);
    return [world.status?.phase, world.status?.reason];
  };
  it.each<[string, (world: TestWorld) => void]>([
    ['Frozen', (world) => (world.controlPlane = 'frozen')],
    ['NotFound', (world) => (world.routers = {})],
    ['NotFound', (world) => (world.cart.routes = [])],
    ['Owned', (world) => (world.cart.ownership = { manager: 'flagger', name: 'cart' })],
    ['Unacknowledged', (world) => (world.cart.ownership = { manager: 'argocd', name: 'shop' })],
    ['Locked', (world) => (world.cart.lock = 'shop/other/uid-2')],
    ['NothingToShift', (world) => world.edit(0, 100)],
    ['TargetNotReady', (world) => (world.nodes = { 'shop/cart-v2': 'notReady' })],
    ['RouterPending', (world) => (world.cart.acceptedGeneration = 0)],
  ])('is refused, and says %s', (reason, change) => {
    expect(refusal(change)).toEqual(['Refused', reason]);
  });
  it('is refused where measurements are asked for and nobody measures', () => {
    expect(refusal((world) => (world.measurable = false), analysed())).toEqual(['Refused', 'NoTelemetry']);
  });
  it('is refused with a spec that makes no sense', () => {
    const steps = [{ weight: 50 }];
    expect(refusal(() => undefined, canary({ strategy: { canary: { steps } } }))).toEqual([
      'Refused',
      'Invalid',
    ]);
  });
  it('waits for pods that are still to come', () => {
    const world = new TestWorld(canary());
    world.nodes = { 'shop/cart-v2': 'notReady' };
    world.pass(300);
    expect([world.phase, world.status?.reason]).toEqual(['Pending', 'TargetNotReady']);
    world.nodes = {};
    world.pass(20);
    expect(world.phase).toBe('Holding');
  });
});

describe('controls', () => {
  it('are done once for each request', () => {
    const steps = [10, 20, 30, 100].map((weight) => ({ weight, holdSeconds: 600 }));
    const world = new TestWorld(canary({ strategy: { canary: { steps } } }));
    world.pass(30);
    world.control({ action: 'promote', requestId: 'same', expectedStep: 0, reason: 'looks good' });
    world.pass(30);
    world.control({ action: 'promote', requestId: 'same', expectedStep: 0 });
    world.pass(30);
    expect(world.weights()).toEqual([80, 20]);
    expect(world.status?.controls).toHaveLength(1);
    expect(world.status?.controls[0]).toMatchObject({
      by: 'jo',
      reason: 'looks good',
      outcome: 'done',
      step: 0,
    });
  });
  it('are refused for a step that is over', () => {
    const world = holding();
    world.pass(80);
    world.control({ action: 'promote', expectedStep: 0 });
    expect(world.status?.controls[0]).toMatchObject({ outcome: 'refused' });
    expect(world.status?.step).toBe(1);
  });
  it('pause without losing time', () => {
    const world = holding();
    world.pass(40);
    world.control({ action: 'pause' });
    world.pass(1000);
    expect([world.phase, world.weights()]).toEqual(['Paused Manual', [95, 5]]);
    world.control({ action: 'resume' });
    world.pass(10);
    expect(world.weights()).toEqual([95, 5]);
    world.pass(10);
    expect(world.weights()).toEqual([50, 50]);
  });
  it('promote all the way at once', () => {
    const world = holding();
    world.control({ action: 'promoteFull' });
    world.pass(30);
    expect([world.phase, world.weights()]).toEqual(['Succeeded', [0, 100]]);
  });
  it('delete a shift under way only after it has gone back', () => {
    const world = holding();
    world.deleting = true;
    world.pass(60);
    expect([world.phase, world.status?.reason]).toEqual(['RolledBack', 'Deleted']);
    expect([world.weights(), world.kept]).toEqual([[100, 0], false]);
  });
  it('abort before anything was changed', () => {
    const world = new TestWorld(canary({ windows: [{ kind: 'allow', from: '20:00' }] }));
    world.run();
    world.control({ action: 'abort' });
    expect([world.phase, world.writes]).toEqual(['RolledBack', []]);
  });
});
