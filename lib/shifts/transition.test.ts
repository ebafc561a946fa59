import { describe, expect, it } from 'vitest';
import { canary, targets, TestWorld } from './testing';
import type { Metric, ShiftSpec } from './spec';

const faults: Metric = { name: 'faults', figure: 'faultRatio', max: 0.01 };
const analysed = (metric: Partial<Metric> = {}, more: Partial<ShiftSpec> = {}) =>
  canary({
    analysis: { intervalSeconds: 10, warmUpSeconds: 0, lagSeconds: 0, metrics: [{ ...faults, ...metric }] },
    ...more,
  });

/** A shift that holds at its first step. */
function holding(spec = canary(), routes?: ConstructorParameters<typeof TestWorld>[1]): TestWorld {
  const world = new TestWorld(spec, routes);
  world.pass(20);
  expect(world.phase).toBe('Holding');
  return world;
}

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

describe('the analysis', () => {
  it('lets a shift pass whose figures are good', () => {
    const world = new TestWorld(analysed());
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
    expect(new Set(world.status?.measurements.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  });

  it('rolls back within two samples once figures are bad, and keeps the numbers', () => {
    const world = holding(analysed());
    world.figures = (_, node) => ({ figure: node === 'shop/cart-v2' ? 0.2 : 0, samples: 500 });
    world.pass(20);
    expect(world.weights()).toEqual([100, 0]);
    world.toEnd();
    expect([world.phase, world.status?.reason]).toEqual(['RolledBack', 'AnalysisFailed']);
    expect(world.status?.measurements.at(-1)).toMatchObject({ verdict: 'fail', figure: 0.2, limit: 0.01 });
  });

  it('holds where that is asked for, and goes on when somebody resumes it', () => {
    const world = holding(analysed({ failureLimit: 0 }, { onFailure: 'hold' }));
    world.figures = (_, node) => ({ figure: node === 'shop/cart-v2' ? 0.2 : 0, samples: 500 });
    world.pass(20);
    expect([world.phase, world.weights()]).toEqual(['Paused AnalysisFailed', [95, 5]]);
    world.figures = () => ({ figure: 0, samples: 500 });
    world.control({ action: 'resume' });
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });

  it('compares with the node that loses traffic', () => {
    const compare = { maxRatio: 1.5, maxIncrease: 10 };
    const world = new TestWorld(analysed({ figure: 'p99Ms', max: undefined, compare }));
    world.figures = (_, node) => ({ figure: node === 'shop/cart-v2' ? 161 : 100, samples: 500 });
    world.pass(60);
    expect([world.status?.reason, world.status?.measurements.at(-1)]).toMatchObject([
      'AnalysisFailed',
      { figure: 161, baseline: 100, limit: 160 },
    ]);
  });

  it('neither passes nor fails without data, and pauses after the deadline', () => {
    const world = new TestWorld(analysed());
    world.figures = () => ({ figure: 0.5, samples: 3 });
    world.pass(500);
    expect([world.phase, world.weights()]).toEqual(['Holding', [95, 5]]);
    world.pass(200);
    expect(world.phase).toBe('Paused NoData');
  });

  it('goes back without data where the deadline says so', () => {
    const world = new TestWorld(analysed({}, { deadlines: { noDataSeconds: 60, onNoData: 'rollback' } }));
    world.figures = () => ({ samples: 0 });
    world.toEnd();
    expect([world.phase, world.status?.reason, world.weights()]).toEqual(['RolledBack', 'NoData', [100, 0]]);
  });

  it('backs off from an API that does not answer, counts no failure, and pauses after many', () => {
    const world = new TestWorld(analysed());
    world.figures = () => 'ThrottlingException';
    world.pass(100);
    expect(world.status?.analysis?.metrics['faults']).toMatchObject({ failures: 0 });
    const times = world.status?.measurements.map(({ at }) => Date.parse(at)) ?? [];
    expect(times.map((at, i) => (i === 0 ? 0 : at - (times[i - 1] ?? 0)))).toEqual([
      0, 10_000, 20_000, 40_000,
    ]);
    world.pass(200);
    expect([world.phase, world.weights()]).toEqual(['Paused Inconclusive', [95, 5]]);
  });

  it('goes back by itself while it waits for a person', () => {
    const steps = [{ weight: 20, approval: true }, { weight: 100 }];
    const world = new TestWorld(analysed({}, { strategy: { canary: { steps } } }));
    world.pass(300);
    expect(world.phase).toBe('AwaitingApproval');
    world.figures = (_, node) => ({ figure: node === 'shop/cart-v2' ? 1 : 0, samples: 50 });
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['RolledBack', [100, 0]]);
  });
});

describe('the share that arrives', () => {
  it('pauses where it is not the one asked for', () => {
    const world = new TestWorld(canary());
    world.counts = () => ({ 'shop/cart-v1': 500, 'shop/cart-v2': 500 });
    world.pass(300);
    expect(world.phase).toBe('Paused ShareDiffers');
    world.counts = undefined;
    world.control({ action: 'resume' });
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });
  it('goes on unmeasured, unless it has to be measured', () => {
    const silent = (mode: 'prefer' | 'require') => {
      const world = new TestWorld(canary({ verify: { mode } }));
      world.counts = () => ({});
      world.pass(200);
      return world.phase;
    };
    expect([silent('prefer'), silent('require')]).toEqual(['Holding', 'Paused NotVerified']);
  });
});

describe('what goes wrong on the way', () => {
  it('pauses at the control plane’s no, and judges nothing at a weight that is not in force', () => {
    const world = new TestWorld(analysed());
    world.accepts = false;
    world.pass(5);
    world.cart.rejection = { message: 'BadRequestException', atMs: world.nowMs };
    world.pass(60);
    expect([world.phase, world.status?.message]).toEqual(['Paused MeshRejected', 'BadRequestException']);
    expect(world.status?.measurements).toEqual([]);
    world.cart.acceptedGeneration = world.cart.generation;
    world.accepts = true;
    world.control({ action: 'retry' });
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });

  it('pauses when weights are not accepted in time', () => {
    const world = new TestWorld(canary());
    world.accepts = false;
    world.pass(200);
    expect(world.phase).toBe('Paused NotAccepted');
  });

  it('writes again until a write gets through', () => {
    const world = new TestWorld(canary());
    world.writable = false;
    world.pass(60);
    expect(world.phase).toBe('Applying');
    world.writable = true;
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });

  it('goes back when nobody is left to answer, unless nobody would answer there either', () => {
    const world = holding();
    world.nodes = { 'shop/cart-v2': 'notReady' };
    world.toEnd();
    expect([world.phase, world.status?.reason, world.weights()]).toEqual([
      'RolledBack',
      'TargetNotReady',
      [100, 0],
    ]);
    const both = holding();
    both.nodes = { 'shop/cart-v1': 'notReady', 'shop/cart-v2': 'notReady' };
    both.pass(600);
    expect([both.phase, both.weights()]).toEqual(['RollbackBlocked', [95, 5]]);
    expect(both.events).toContain('RollbackBlocked');
    both.nodes = { 'shop/cart-v2': 'notReady' };
    both.toEnd();
    expect(both.weights()).toEqual([100, 0]);
  });

  it('asks a person when the baseline fails the same metrics', () => {
    const world = holding(analysed({ failureLimit: 0 }));
    world.figures = () => ({ figure: 0.5, samples: 500 });
    world.pass(60);
    expect([world.phase, world.weights()]).toEqual(['RollbackBlocked', [95, 5]]);
    world.control({ action: 'abort' });
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['RolledBack', [100, 0]]);
  });

  it('keeps going back while the control plane is silent, and says so', () => {
    const world = holding();
    world.accepts = false;
    world.control({ action: 'abort' });
    world.pass(300);
    expect([world.phase, world.weights()]).toEqual(['RollbackBlocked', [100, 0]]);
    world.cart.acceptedGeneration = world.cart.generation;
    world.toEnd();
    expect(world.phase).toBe('RolledBack');
  });

  it('holds while the mesh is frozen and goes on by itself', () => {
    const world = holding();
    world.controlPlane = 'frozen';
    world.pass(600);
    expect([world.phase, world.weights()]).toEqual(['Paused Frozen', [95, 5]]);
    world.controlPlane = 'live';
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });

  it.each<[string, (world: TestWorld) => void]>([
    ['RouterGone', (world) => (world.routers = {})],
    ['RouterGone', (world) => (world.cart.uid = 'another')],
    ['RouteGone', (world) => (world.cart.routes = [{ name: 'renamed', targets: targets(95, 5) }])],
    ['TargetGone', (world) => (world.cart.routes = [{ name: 'all', targets: targets(95) }])],
  ])('ends without a write when %s', (reason, change) => {
    const world = holding();
    const { length } = world.writes;
    change(world);
    world.toEnd();
    expect([world.phase, world.status?.reason]).toEqual(['Superseded', reason]);
    expect(world.writes).toHaveLength(length);
  });

  it('misses its deadlines', () => {
    const late = (deadlines: ShiftSpec['deadlines'], onFailure: ShiftSpec['onFailure']) => {
      const world = new TestWorld(
        analysed({}, { deadlines: { noDataSeconds: 9999, ...deadlines }, onFailure }),
      );
      world.figures = () => ({ samples: 0 });
      world.pass(1000);
      return world.phase;
    };
    expect(late({ stepSeconds: 300 }, 'rollback')).toBe('RolledBack');
    expect(late({ totalSeconds: 300 }, 'rollback')).toBe('RolledBack');
    expect(late({ stepSeconds: 300 }, 'hold')).toBe('Paused StepDeadline');
    expect(late({ totalSeconds: 300 }, 'hold')).toBe('Paused TotalDeadline');
  });
});

describe('somebody else’s change', () => {
  it('pauses the shift, whatever step the weights look like', () => {
    const world = holding();
    world.edit(50, 50);
    world.pass(600);
    expect([world.phase, world.weights()]).toEqual(['Paused Drift', [50, 50]]);
  });
  it('is adopted', () => {
    const world = holding();
    world.edit(80, 20);
    world.run();
    world.control({ action: 'adopt' });
    world.pass(20);
    expect([world.phase, world.status?.step, world.weights()]).toEqual(['Holding', 0, [80, 20]]);
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['Succeeded', [0, 100]]);
  });
  it('is put right on demand, or by policy, a few times', () => {
    const asked = holding();
    asked.edit(80, 20);
    asked.run();
    asked.control({ action: 'reassert' });
    expect(asked.weights()).toEqual([95, 5]);
    const always = holding(canary({ onDrift: 'reassert' }));
    for (let i = 0; i < 3; i += 1) {
      always.edit(80, 20);
      always.pass(20);
      expect(always.weights()).toEqual([95, 5]);
    }
    always.edit(80, 20);
    always.pass(20);
    expect(always.phase).toBe('Paused Drift');
  });
  it('aborts by policy', () => {
    const world = holding(canary({ onDrift: 'abort' }));
    world.edit(80, 20);
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['RolledBack', [100, 0]]);
  });
  it('to a lock is put right', () => {
    const world = holding();
    delete world.cart.lock;
    world.run();
    expect(world.cart.lock).toBe('shop/cart-1/uid-1');
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
