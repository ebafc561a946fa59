import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeRoute, versionsOf } from './bulk-weights';
import type { BulkChange } from './bulk-weights';

const route = (...weights: [name: string, weight: number][]) =>
  weights.map(([name, weight]) => ({ node: `shop/${name}`, name, weight }));
const cart = route(['cart-v1', 90], ['cart-v2', 10]);
const three = route(['a-v1', 60], ['a-v2', 30], ['a-v3', 10]);
const weights = (targets: ReturnType<typeof route>, change: BulkChange) => {
  const made = changeRoute(targets, change);
  return made.ok ? made.targets.map(({ weight }) => weight) : made.skip;
};

describe('one change for several routes', () => {
  it.each<[BulkChange, unknown, unknown]>([
    [{ kind: 'even' }, [50, 50], [34, 33, 33]],
    [{ kind: 'swap' }, [10, 90], 'notTwo'],
    [{ kind: 'share', version: 'v2', points: 25 }, [75, 25], [64, 25, 11]],
    [{ kind: 'share', version: 'v3', points: 0 }, 'noVersion', [67, 33, 0]],
    [{ kind: 'share', version: 'v2', points: 10 }, 'same', [77, 10, 13]],
  ])('makes of %j what it makes of each route alone', (change, two, more) => {
    expect([weights(cart, change), weights(three, change)]).toEqual([two, more]);
  });

  it('brings a route that sends nothing back to life', () => {
    expect(weights(route(['a-v1', 0], ['a-v2', 0]), { kind: 'even' })).toEqual([50, 50]);
  });

  it('always totals 100', () => {
    const anyChange = fc.oneof(
      fc.constant<BulkChange>({ kind: 'even' }),
      fc.constant<BulkChange>({ kind: 'swap' }),
      fc.record({
        kind: fc.constant('share' as const),
        version: fc.constantFrom('v0', 'v1'),
        points: fc.nat(100),
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 2, maxLength: 6 }), anyChange, (given, change) => {
        const made = changeRoute(
          route(...given.map((weight, i): [string, number] => [`a-v${i}`, weight])),
          change,
        );
        if (made.ok) expect(made.targets.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
      }),
    );
  });
});

describe('the versions of several routes', () => {
  it('are counted by the routes that have one target of each, the most frequent first', () => {
    const given = [cart, three, route(['x-v1', 1], ['y-v1', 1])].map((targets) => ({ targets }));
    expect(versionsOf(given)).toEqual([
      { version: 'v2', routes: 2 },
      { version: 'v1', routes: 2 },
      { version: 'v3', routes: 1 },
    ]);
  });
});
