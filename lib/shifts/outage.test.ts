import { describe, expect, it } from 'vitest';
import type { ShiftSpec } from './spec';
import { analysed, canary, holding, targets, TestWorld } from './testing';

/** Two minutes in which nobody could look or write; then an engine that has just begun to lead. */
function cutOff(world: TestWorld, seconds = 120): void {
  world.nowMs += seconds * 1000;
  world.ledSinceMs = world.nowMs;
}

describe('an API server that is away for two minutes', () => {
  const phases: [string, () => TestWorld][] = [
    ['Pending', () => new TestWorld(canary())],
    [
      'Applying',
      () => {
        const world = new TestWorld(canary());
        world.writable = false;
        world.pass(5);
        return world;
      },
    ],
    [
      'Applying',
      () => {
        const world = new TestWorld(canary());
        world.accepts = false;
        world.pass(5);
        return world;
      },
    ],
    [
      'Verifying',
      () => {
        const world = new TestWorld(analysed({}, { verify: { mode: 'require', timeoutSeconds: 60 } }));
        world.pass(5);
        return world;
      },
    ],
    ['Holding', () => holding(analysed())],
    [
      'Paused Manual',
      () => {
        const world = holding();
        world.control({ action: 'pause' });
        return world;
      },
    ],
  ];
  it.each(phases)('is no reason to stop: %s', (phase, begin) => {
    const world = begin();
    expect(phase === 'Pending' ? '' : phase).toBe(world.phase);
    cutOff(world);
    world.writable = true;
    world.run();
    world.accepts = true;
    world.cart.acceptedGeneration = world.cart.generation;
    if (phase === 'Paused Manual') world.control({ action: 'resume' });
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['Succeeded', [0, 100]]);
    expect(world.phases.filter((each) => each === 'Paused')).toHaveLength(phase === 'Paused Manual' ? 1 : 0);
    expect(world.writes).toHaveLength(3);
  });

  it('holds a rollback up, and nobody is told that it is blocked', () => {
    const world = holding();
    world.accepts = false;
    world.control({ action: 'abort' });
    expect(world.phase).toBe('RollingBack');
    cutOff(world);
    world.run();
    world.cart.acceptedGeneration = world.cart.generation;
    world.toEnd();
    expect([world.phase, world.weights()]).toEqual(['RolledBack', [100, 0]]);
    expect(world.events).not.toContain('RollbackBlocked');
  });

  it('does not run a deadline for data out before somebody has asked for it', () => {
    const world = holding(analysed({}, { deadlines: { noDataSeconds: 100 } }));
    world.figures = () => ({ samples: 0 });
    world.pass(50);
    expect(world.status?.analysis?.metrics['faults']?.noDataSinceAt).toBeDefined();
    cutOff(world);
    world.figures = () => ({ figure: 0, samples: 500 });
    world.toEnd();
    expect(world.phase).toBe('Succeeded');
  });
});

/** Two routers of one shift. */
const both: Partial<ShiftSpec> = {
  routes: ['cart', 'pay'].map((router) => ({ router, route: 'all', from: 'cart-v1', to: 'cart-v2' })),
};

function twoRouters(): TestWorld {
  const world = new TestWorld(canary(both));
  world.routers = {
    ...world.routers,
    pay: {
      ...{ uid: 'uid-pay', generation: 1, acceptedGeneration: 1, ownership: { manager: 'none' } },
      routes: [{ name: 'all', targets: targets(80, 20) }],
    },
  };
  return world;
}

const paid = (world: TestWorld) => world.routers['pay']?.routes[0]?.targets.map(({ weight }) => weight);

describe('a shift of two routers, one of which takes no write', () => {
  it('goes on as soon as it does', () => {
    const world = twoRouters();
    world.shut.add('pay');
    world.pass(60);
    expect([world.phase, world.weights(), paid(world)]).toEqual(['Applying', [95, 5], [80, 20]]);
    expect(world.status?.measurements).toEqual([]);
    world.shut.clear();
    world.toEnd();
    expect([world.phase, world.weights(), paid(world)]).toEqual(['Succeeded', [0, 100], [0, 100]]);
  });

  it('pauses with half of it done, writes nothing behind the pause, and takes that half back', () => {
    const world = twoRouters();
    world.shut.add('pay');
    world.pass(200);
    expect([world.phase, world.status?.said?.code]).toEqual(['Paused NotAccepted', 'notAccepted']);
    world.shut.clear();
    world.pass(600);
    expect([world.weights(), paid(world)]).toEqual([[95, 5], [80, 20]]); // prettier-ignore
    world.control({ action: 'abort' });
    world.toEnd();
    expect([world.phase, world.weights(), paid(world)]).toEqual(['RolledBack', [100, 0], [80, 20]]);
  });

  it('keeps going back where one takes the weights of before later', () => {
    const world = twoRouters();
    world.pass(20);
    expect(world.phase).toBe('Holding');
    world.shut.add('pay');
    world.control({ action: 'abort' });
    world.pass(300);
    expect([world.phase, world.weights(), paid(world)]).toEqual(['RollbackBlocked', [100, 0], [95, 5]]);
    expect(world.events).toContain('RollbackBlocked');
    world.shut.clear();
    world.toEnd();
    expect([world.phase, paid(world)]).toEqual(['RolledBack', [80, 20]]);
  });
});
