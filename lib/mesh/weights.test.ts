import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeKey } from './keys';
import type { Route, WeightedTarget } from './model';
import {
  apportion,
  beginDraft,
  blastRadius,
  confirmationFor,
  dividerRange,
  draftTargets,
  equalsLive,
  evenOut,
  moveDivider,
  normaliseWeights,
  rebaseDraft,
  sameSeen,
  seenTargets,
  setLocked,
  setWeight,
  swapTargets,
} from './weights';
import type { WeightsDraft } from './weights';

const ref = {
  apiVersion: 'appmesh.k8s.aws/v1beta2',
  kind: 'VirtualRouter',
  namespace: 'shop',
  name: 'cart',
  uid: 'uid-1',
  resourceVersion: '7',
  generation: 1,
};

function target(name: string, weight: number, port?: number): WeightedTarget {
  return { key: nodeKey('shop', name), namespace: 'shop', name, resolution: 'ok', weight, share: 0, port };
}

function route(...weights: number[]): Route {
  return {
    name: 'all',
    index: 0,
    protocol: 'http',
    match: [],
    targets: weights.map((weight, i) => target(`cart-v${i + 1}`, weight)),
  };
}

const begin = (...weights: number[]): WeightsDraft => beginDraft({ ref }, route(...weights));
const total = (draft: WeightsDraft): number => draft.weights.reduce((a, b) => a + b, 0);

describe('beginning a draft', () => {
  it('turns relative weights into points of 100 and says so', () => {
    expect(begin(3, 1)).toMatchObject({ weights: [75, 25], normalised: true });
    expect(begin(1)).toMatchObject({ weights: [100], normalised: true });
    expect(begin(1, 1, 1)).toMatchObject({ weights: [34, 33, 33], normalised: true });
    expect(begin(60, 50)).toMatchObject({ weights: [55, 45], normalised: true });
  });
  it('takes points of 100 as they are', () => {
    expect(begin(90, 10)).toMatchObject({ weights: [90, 10], normalised: false });
  });
  it('begins evenly where nobody has a weight', () => {
    expect(begin(0, 0)).toMatchObject({ weights: [50, 50], normalised: true });
  });
  it('survives weights no valid object holds', () => {
    expect(normaliseWeights([-1, 101]).points).toEqual([0, 100]);
    expect(normaliseWeights([33.5, 66.5]).points).toEqual([34, 66]);
    expect(normaliseWeights([Number.NaN, 1]).points).toEqual([0, 100]);
    expect(normaliseWeights([]).points).toEqual([]);
  });
  it('names a target by its ARN where it has one, and adds the port only where a node stands twice', () => {
    const arn = 'arn:aws:appmesh:eu-west-1:1:mesh/m/virtualNode/x';
    const odd = {
      ...route(),
      targets: [{ ...target('x', 1), arn }, target('a', 1, 80), target('a', 2, 81), target('b', 1, 80)],
    };
    expect(seenTargets(odd)).toEqual([
      { node: arn, weight: 1 },
      { node: 'shop/a', weight: 1, port: 80 },
      { node: 'shop/a', weight: 2, port: 81 },
      { node: 'shop/b', weight: 1 },
    ]);
  });
});

describe('setting one target', () => {
  it('lets the others keep their proportion', () => {
    expect(setWeight(begin(50, 30, 20), 0, 0).weights).toEqual([0, 60, 40]);
    expect(setWeight(begin(90, 10), 1, 25).weights).toEqual([75, 25]);
  });
  it('gives the others back what they had when it returns', () => {
    const start = begin(50, 30, 20);
    expect(setWeight(setWeight(start, 0, 100), 0, 50).weights).toEqual(start.weights);
  });
  it('keeps a locked target untouched and takes no more than it leaves', () => {
    const draft = setLocked(begin(50, 30, 20), 1, true);
    expect(setWeight(draft, 0, 100).weights).toEqual([70, 30, 0]);
  });
  it('changes nothing when the target is locked, alone, or all others are locked', () => {
    const locked = setLocked(begin(90, 10), 1, true);
    expect(setWeight(locked, 1, 50)).toBe(locked);
    expect(setWeight(locked, 0, 50)).toBe(locked);
    const single = begin(1);
    expect(setWeight(single, 0, 5)).toBe(single);
    expect(setWeight(begin(90, 10), 0, Number.NaN).weights).toEqual([90, 10]);
  });
});

describe('moving a divider', () => {
  it('trades points between its two neighbours', () => {
    expect(moveDivider(begin(50, 30, 20), 0, 10).weights).toEqual([60, 20, 20]);
    expect(moveDivider(begin(50, 30, 20), 1, -10).weights).toEqual([50, 20, 30]);
  });
  it('pushes through targets that are used up, parked or locked', () => {
    expect(moveDivider(begin(50, 30, 20), 0, 40).weights).toEqual([90, 0, 10]);
    expect(moveDivider(begin(100, 0, 0), 1, -5).weights).toEqual([95, 0, 5]);
    expect(moveDivider(setLocked(begin(50, 30, 20), 1, true), 0, 5).weights).toEqual([55, 30, 15]);
  });
  it('tells where it stands and how far it goes', () => {
    expect(dividerRange(begin(50, 30, 20), 0)).toEqual({ at: 50, min: 0, max: 100 });
    expect(dividerRange(setLocked(begin(50, 30, 20), 0, true), 0)).toEqual({ at: 50, min: 50, max: 50 });
    expect(dividerRange(setLocked(begin(50, 30, 20), 0, true), 1)).toEqual({ at: 80, min: 50, max: 100 });
  });
});

describe('even and swap', () => {
  it('splits what is not locked evenly', () => {
    expect(evenOut(begin(100, 0, 0)).weights).toEqual([34, 33, 33]);
    expect(evenOut(setLocked(begin(80, 15, 5), 0, true)).weights).toEqual([80, 10, 10]);
  });
  it('swaps two targets, and nothing else', () => {
    expect(swapTargets(begin(90, 10)).weights).toEqual([10, 90]);
    expect(swapTargets(begin(50, 30, 20)).weights).toEqual([50, 30, 20]);
    expect(swapTargets(setLocked(begin(90, 10), 0, true)).weights).toEqual([90, 10]);
  });
});

describe('comparing with the live route', () => {
  it('is equal when no share would change, however the live weights are written', () => {
    const draft = begin(3, 1);
    expect(equalsLive(draft, seenTargets(route(3, 1)))).toBe(true);
    expect(equalsLive(draft, seenTargets(route(75, 25)))).toBe(true);
    expect(equalsLive(draft, seenTargets(route(1, 1)))).toBe(false);
    expect(equalsLive(begin(0, 0), seenTargets(route(0, 0)))).toBe(false);
  });
  it('carries a draft over to changed live weights', () => {
    const draft = setWeight(begin(90, 10), 1, 30);
    const rebased = rebaseDraft(draft, { ref: { ...ref, resourceVersion: '8' } }, route(80, 20));
    expect(rebased.weights).toEqual([70, 30]);
    expect(rebased.base.resourceVersion).toBe('8');
    expect(rebased.base.targets.map((t) => t.weight)).toEqual([80, 20]);
  });
  it('carries a draft over when a target came or went', () => {
    const draft = setWeight(begin(50, 30, 20), 0, 60);
    expect(rebaseDraft(draft, { ref }, route(50, 50)).weights).toEqual([71, 29]);
    expect(rebaseDraft(draft, { ref }, route(50, 30, 15, 5)).weights).toEqual([60, 24, 16, 0]);
  });
  it('notices a changed weight as well as a changed target', () => {
    expect(sameSeen(seenTargets(route(1, 2)), seenTargets(route(1, 2)))).toBe(true);
    expect(sameSeen(seenTargets(route(1, 2)), seenTargets(route(2, 1)))).toBe(false);
    expect(sameSeen(seenTargets(route(1, 2)), seenTargets(route(1)))).toBe(false);
  });
});

describe('the blast radius', () => {
  const seen = (...weights: number[]) => seenTargets(route(...weights));
  it('is the largest move in points of traffic, not of written weight', () => {
    expect(blastRadius(seen(3, 1), seen(80, 20)).maxPoints).toBe(5);
  });
  it('asks for one click, a tick or the name', () => {
    expect(confirmationFor(blastRadius(seen(90, 10), seen(80, 20)))).toBe('click');
    expect(confirmationFor(blastRadius(seen(90, 10), seen(60, 40)))).toBe('tick');
    expect(confirmationFor(blastRadius(seen(95, 5), seen(100, 0)))).toBe('type');
    expect(blastRadius(seen(95, 5), seen(100, 0))).toMatchObject({
      toZero: ['shop/cart-v2'],
      toFull: ['shop/cart-v1'],
    });
    expect(confirmationFor(blastRadius(seen(100, 0), seen(95, 5)))).toBe('click');
  });
});

const anyWeights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 10 });
type Step =
  | { does: 'set' | 'divide'; index: number; amount: number }
  | { does: 'lock'; index: number; amount: number }
  | { does: 'even' | 'swap' };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    does: fc.constantFrom('set' as const, 'divide' as const),
    index: fc.nat(9),
    amount: fc.double({ min: -150, max: 150, noNaN: true }),
  }),
  fc.record({ does: fc.constant('lock' as const), index: fc.nat(9), amount: fc.nat(1) }),
  fc.record({ does: fc.constantFrom('even' as const, 'swap' as const) }),
);

function take(draft: WeightsDraft, step: Step): WeightsDraft {
  switch (step.does) {
    case 'set':
      return setWeight(draft, step.index % draft.weights.length, step.amount);
    case 'divide':
      return moveDivider(draft, step.index % draft.weights.length, step.amount);
    case 'lock':
      return setLocked(draft, step.index % draft.weights.length, step.amount === 1);
    case 'even':
      return evenOut(draft);
    case 'swap':
      return swapTargets(draft);
  }
}

describe('any draft after any steps', () => {
  it('totals 100 in whole points from 0 to 100, in the order of the route', () => {
    fc.assert(
      fc.property(anyWeights, fc.array(anyStep, { maxLength: 30 }), (weights, steps) => {
        const draft = steps.reduce(take, begin(...weights));
        expect(total(draft)).toBe(100);
        for (const weight of draft.weights) {
          expect(Number.isInteger(weight)).toBe(true);
          expect(weight).toBeGreaterThanOrEqual(0);
        }
        expect(draftTargets(draft).map((t) => t.node)).toEqual(
          seenTargets(route(...weights)).map((t) => t.node),
        );
      }),
    );
  });
  it('leaves locked targets as they were', () => {
    fc.assert(
      fc.property(anyWeights, fc.array(anyStep), anyStep, (weights, steps, step) => {
        const before = steps.reduce(take, begin(...weights));
        if (step.does === 'lock') return;
        const after = take(before, step);
        before.locked.forEach((locked, i) => {
          if (locked) expect(after.weights[i]).toBe(before.weights[i]);
        });
      }),
    );
  });
  it('sets a weight the same way once or twice', () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(9), fc.integer({ min: -10, max: 110 }), (weights, index, points) => {
        const once = setWeight(begin(...weights), index % weights.length, points);
        expect(setWeight(once, index % weights.length, points)).toEqual(once);
      }),
    );
  });
  it('keeps the proportion of the others within one point, and their order', () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(9), fc.nat(100), (weights, at, points) => {
        const start = begin(...weights);
        const index = at % weights.length;
        const after = setWeight(start, index, points);
        const others = start.weights.map((_, i) => i).filter((i) => i !== index);
        const had = others.reduce((n, i) => n + (start.weights[i] ?? 0), 0);
        const rest = 100 - (after.weights[index] ?? 0);
        if (had === 0) return;
        for (const i of others)
          expect(Math.abs((after.weights[i] ?? 0) - ((start.weights[i] ?? 0) * rest) / had)).toBeLessThan(1);
        for (const i of others)
          for (const j of others)
            if ((start.weights[i] ?? 0) > (start.weights[j] ?? 0))
              expect(after.weights[i]).toBeGreaterThanOrEqual(after.weights[j] ?? 0);
      }),
    );
  });
  it('puts a divider exactly where it was dragged, within its range', () => {
    fc.assert(
      fc.property(
        anyWeights,
        fc.array(anyStep),
        fc.nat(9),
        fc.integer({ min: -100, max: 100 }),
        (weights, steps, at, delta) => {
          const draft = steps.reduce(take, begin(...weights));
          if (draft.weights.length < 2) return;
          const divider = at % (draft.weights.length - 1);
          const range = dividerRange(draft, divider);
          const moved = dividerRange(moveDivider(draft, divider, delta), divider).at;
          // A locked target between the divider and the one that gives or takes moves along with it.
          const unlockedBeside = draft.locked[divider] === false && draft.locked[divider + 1] === false;
          if (unlockedBeside) expect(moved).toBe(Math.min(range.max, Math.max(range.min, range.at + delta)));
        },
      ),
    );
  });
  it('is what it was once a target is moved away, however often, and back', () => {
    fc.assert(
      fc.property(
        anyWeights,
        fc.array(fc.nat(9)),
        fc.nat(9),
        fc.array(fc.nat(100)),
        (weights, locks, at, stops) => {
          const start = locks.reduce(
            (draft, i) => setLocked(draft, i % weights.length, true),
            begin(...weights),
          );
          const index = at % weights.length;
          const moved = stops.reduce((draft, points) => setWeight(draft, index, points), start);
          expect(setWeight(moved, index, start.weights[index] ?? 0).weights).toEqual(start.weights);
        },
      ),
    );
  });
  it('is what it was once two targets are swapped twice, or their divider is moved there and back', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.integer({ min: -100, max: 100 }), (a, b, delta) => {
        const start = begin(a, b);
        expect(swapTargets(swapTargets(start)).weights).toEqual(start.weights);
        const moved = moveDivider(start, 0, delta);
        const way = dividerRange(moved, 0).at - dividerRange(start, 0).at;
        expect(moveDivider(moved, 0, -way).weights).toEqual(start.weights);
      }),
    );
  });
  it('keeps its points and locks on top of the same route, whatever is live there now', () => {
    fc.assert(
      fc.property(anyWeights, fc.array(anyStep), fc.infiniteStream(fc.nat(100)), (weights, steps, live) => {
        const draft = steps.reduce(take, begin(...weights));
        const now = weights.map(() => live.next().value ?? 0);
        const rebased = rebaseDraft(draft, { ref }, route(...now));
        expect(rebased.weights).toEqual(draft.weights);
        expect(rebased.locked).toEqual(draft.locked);
        expect(rebased.base.targets.map(({ weight }) => weight)).toEqual(now);
      }),
    );
  });
  it('splits any total exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 10 }),
        fc.nat(1000),
        (parts, points) => {
          expect(apportion(parts, points).reduce((a, b) => a + b, 0)).toBe(points);
        },
      ),
    );
  });
});
