import { describe, expect, it } from 'vitest';
import { analysed, canary, holding, targets, TestWorld } from './testing';
import type { ShiftSpec } from './spec';

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
