import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planWeights, restoreWeights } from './plan';
import type { ControlAction, ShiftSpec } from './spec';
import { isFinal } from './status';
import { canary, targets, TestWorld } from './testing';
import { transition } from './transition';

type Step = (world: TestWorld) => void;

const ACTIONS: readonly ControlAction[] = [
  ...(['pause', 'resume', 'promote', 'promoteFull', 'retry', 'adopt', 'reassert'] as const),
];
const bad = (figure: number) => (_: string, node: string) => ({
  figure: node === 'shop/cart-v2' ? figure : 0,
  samples: 500,
});

/** What may happen to a shift, but for its router going away. */
const happening: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 90 }).map(
    (seconds): Step =>
      (world) =>
        world.pass(seconds),
  ),
  fc.constantFrom(...ACTIONS).map((action): Step => (world) => {
    world.control({ action, expectedStep: world.status?.step ?? 0 });
  }),
  fc.integer({ min: 0, max: 100 }).map(
    (weight): Step =>
      (world) =>
        world.edit(100 - weight, weight),
  ),
  fc.constantFrom('ready', 'notReady').map(
    (state): Step =>
      (world) =>
        (world.nodes = { 'shop/cart-v2': state }),
  ),
  fc.boolean().map(
    (accepts): Step =>
      (world) =>
        (world.accepts = accepts),
  ),
  fc.boolean().map(
    (writable): Step =>
      (world) =>
        (world.writable = writable),
  ),
  fc.constantFrom('live', 'frozen').map(
    (state): Step =>
      (world) =>
        (world.controlPlane = state),
  ),
  fc.constantFrom(0, 0.5).map(
    (figure): Step =>
      (world) =>
        (world.figures = bad(figure)),
  ),
  fc.boolean().map(
    (answers): Step =>
      (world) =>
        (world.figures = answers ? bad(0) : () => 'no answer'),
  ),
  fc.constant<Step>((world) => delete world.cart.lock),
  fc.constant<Step>((world) => (world.cart.rejection = { message: 'no', atMs: world.nowMs })),
);

const spec: fc.Arbitrary<ShiftSpec> = fc.record({
  onDrift: fc.constantFrom('pause', 'abort', 'reassert'),
  onFailure: fc.constantFrom('rollback', 'hold'),
  approval: fc.boolean(),
  analysed: fc.boolean(),
  weights: fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 4 }),
}).map(({ onDrift, onFailure, approval, analysed, weights }) =>
  canary({
    onDrift,
    onFailure,
    strategy: {
      canary: {
        steps: [...weights.sort((a, b) => a - b), 100].map((weight) => ({ weight, holdSeconds: 30, approval })),
      },
    },
    ...(analysed
      ? { analysis: { intervalSeconds: 10, warmUpSeconds: 5, lagSeconds: 0, metrics: [{ name: 'faults', figure: 'faultRatio', max: 0.01 }] } }
      : {}),
  }),
); // prettier-ignore

const start = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 4 })
  .map(([first = 0, ...rest]) => targets(Math.max(1, first), ...rest));

const story = { spec, start, steps: fc.array(happening, { maxLength: 14 }) };
const lived = (given: ShiftSpec, route: ReturnType<typeof targets>, steps: Step[]): TestWorld => {
  const world = new TestWorld(given, { all: route });
  world.run();
  for (const step of steps) {
    step(world);
    world.run();
  }
  return world;
};

/** Everything works again; what is wrong is only what the shift remembers. */
function mend(world: TestWorld): void {
  world.accepts = true;
  world.writable = true;
  world.controlPlane = 'live';
  world.nodes = {};
  delete world.cart.rejection;
  world.cart.acceptedGeneration = world.cart.generation;
}

describe('whatever happens', () => {
  it('every weight a shift writes totals 100, or is what was there before', () => {
    fc.assert(
      fc.property(story.spec, story.start, story.steps, (given, route, steps) => {
        const world = lived(given, route, steps);
        const before = JSON.stringify(route.map(({ weight }) => weight));
        for (const { weights } of world.writes)
          for (const each of weights) {
            const total = each.reduce((sum, weight) => sum + weight, 0);
            expect(total === 100 || JSON.stringify(each) === before).toBe(true);
          }
      }),
      { numRuns: 150 },
    );
  });

  it('abort leads to the weights of before', () => {
    fc.assert(
      fc.property(story.spec, story.start, story.steps, (given, route, steps) => {
        const world = lived(given, route, steps);
        fc.pre(world.status !== undefined && !isFinal(world.status));
        const { snapshot } = world.status ?? {};
        mend(world);
        world.control({ action: 'abort' });
        world.toEnd();
        if (!isFinal(world.status ?? { phase: 'Pending' })) world.control({ action: 'abort' });
        world.toEnd();
        expect(world.phase).toBe('RolledBack');
        if (snapshot) expect(world.weights()).toEqual(route.map(({ weight }) => weight));
        expect([world.cart.lock, world.kept]).toEqual([undefined, false]);
      }),
      { numRuns: 150 },
    );
  });

  it('the same input gives the same output, and nothing given is changed', () => {
    fc.assert(
      fc.property(story.spec, story.start, story.steps, (given, route, steps) => {
        const world = lived(given, route, steps);
        const input = [world.spec, world.status, world.world, world.nowMs] as const;
        const copy = structuredClone(input);
        expect(transition(...input)).toEqual(transition(...copy));
        expect(input).toEqual(copy);
      }),
      { numRuns: 80 },
    );
  });

  it('notices change nothing about it, and each stays until it was told or given up', () => {
    fc.assert(
      fc.property(story.spec, story.start, story.steps, fc.boolean(), (given, route, steps, tells) => {
        const silent = lived(given, route, steps);
        const told: number[] = [];
        const telling = steps.map((step) => (world: TestWorld) => {
          step(world);
          if (!tells) return;
          const [first] = world.status?.notifications?.pending ?? [];
          if (first === undefined) return;
          told.push(first.number);
          world.told = [{ number: first.number, channel: 'ops' }];
        });
        const world = lived({ ...given, notifications: [{ channel: 'ops' }] }, route, telling);
        const { notifications, ...rest } = world.status ?? {};
        expect(rest).toEqual(silent.status ?? {});
        expect(world.writes).toEqual(silent.writes);
        const { count = 0, pending = [] } = notifications ?? {};
        const kept = new Set([...pending.map(({ number }) => number), ...told]);
        expect(kept).toEqual(new Set(Array.from({ length: count }, (_, i) => i + 1)));
      }),
      { numRuns: 80 },
    );
  });

  it('a shift that is left alone in a world that works ends', () => {
    fc.assert(
      fc.property(
        story.start,
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 4 }),
        (route, weights) => {
          const steps = [...weights.sort((a, b) => a - b), 100].map((weight) => ({
            weight,
            holdSeconds: 10,
          }));
          const world = new TestWorld(canary({ strategy: { canary: { steps } } }), { all: route });
          world.toEnd();
          expect(world.phase).toBe('Succeeded');
          expect(world.weights()[0]).toBe(0);
          expect(world.weights().reduce((sum, each) => sum + each, 0)).toBe(100);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the arithmetic of weights', () => {
  const pool = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 6 });
  it('totals 100, keeps order, and moves nothing but the pair beyond rounding', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 0, max: 100 }), (weights, percent) => {
        const base = targets(...weights);
        const planned = planWeights(base, { from: 0, to: 1 }, percent);
        expect(planned.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
        expect(planned.map(({ node }) => node)).toEqual(base.map(({ node }) => node));
        expect(planned.slice(2)).toEqual(planWeights(base, { from: 0, to: 1 }, 0).slice(2));
        if (percent === 100) expect(planned[0]?.weight).toBe(0);
        if (percent === 0) expect(planned[1]?.weight).toBe(0);
      }),
    );
  });
  it('restores exactly what was there', () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 0, max: 100 }), (weights, percent) => {
        const base = targets(...weights);
        expect(restoreWeights(planWeights(base, { from: 0, to: 1 }, percent), base)).toEqual(base);
      }),
    );
  });
});
