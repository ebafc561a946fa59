import { describe, expect, it } from 'vitest';
import { route, router, to, weighted } from '../fixtures';
import { nodeKey, routerKey } from '../keys';
import { laidOver, measuredOf, sent, shop, traced, WINDOW } from './fixtures';
import type { LayOverInput } from './lay-over';

const ROUTER = routerKey('shop', 'cart');
const V1 = nodeKey('shop', 'cart-v1');
const V2 = nodeKey('shop', 'cart-v2');

/** Requests to cart-v1, declared 90 %, and cart-v2. */
const counted = (v1: number, v2: number) => [
  sent('gateway/front', 'cart.shop', 'cart-v1', v1),
  sent('gateway/front', 'cart.shop', 'cart-v2', v2),
];
const split = (v1: number, v2: number, more: Partial<LayOverInput> = {}) => {
  const { splits, findings } = laidOver(shop(), counted(v1, v2), more);
  const [first] = splits;
  if (!first || splits.length > 1) throw new Error('The shop has one weighted route.');
  return { ...first, findings };
};

describe('a split', () => {
  it('tells share and band of every target', () => {
    expect(split(900, 100)).toMatchObject({
      router: ROUTER,
      route: 'all',
      evidence: 'cloudwatch',
      count: 1000,
      sinceMs: WINDOW.fromMs,
      verdict: 'agrees',
      shares: [
        { target: V1, weight: 90, declaredShare: 0.9, count: 900, observedShare: 0.9 },
        { target: V2, weight: 10, declaredShare: 0.1, count: 100, observedShare: 0.1 },
      ],
    });
  });

  it.each<[number, number, string]>([
    [0, 0, 'tooFew'],
    [18, 2, 'tooFew'],
    [27, 2, 'tooFew'],
    [90, 10, 'agrees'],
    [50, 50, 'differs'],
    [0, 5, 'differs'],
  ])('%i to %i %s', (v1, v2, verdict) => {
    expect(split(v1, v2).verdict).toBe(verdict);
  });

  it('is counted by X-Ray where CloudWatch saw nothing', () => {
    const calls = [
      ...counted(0, 0),
      traced('gateway/front', 'cart-v1', 90),
      traced('gateway/front', 'cart-v2', 10),
    ];
    expect(laidOver(shop(), calls).splits).toMatchObject([
      { evidence: 'xray', count: 100, verdict: 'agrees' },
    ]);
  });

  it('counts a target that a route names twice once', () => {
    const twice = ['cart-v1', 'cart-v1', 'cart-v2'].map((name) => ({
      ...weighted(to('node', name), 1),
      share: 1 / 3,
    }));
    const model = shop(router('cart', [route('all', { targets: twice })]));
    expect(laidOver(model, counted(400, 200)).splits).toMatchObject([
      {
        count: 600,
        verdict: 'agrees',
        shares: [
          { weight: 2, count: 400 },
          { weight: 1, count: 200 },
        ],
      },
    ]);
  });

  it('is not mixed with a route to other targets', () => {
    const targets = [weighted(to('node', 'cart-v1')), weighted(to('node', 'cart-v2'))];
    const others = [weighted(to('node', 'bank'))];
    const model = shop(router('cart', [route('all', { targets }), route('other', { targets: others })]));
    expect(laidOver(model, counted(50, 50)).splits).toMatchObject([{ route: 'all', count: 100 }]);
    expect(laidOver(model, counted(50, 50)).splits[0]?.verdict).not.toBe('mixed');
  });

  it('says nothing of new weights by what came before', () => {
    const changedAt = new Map([[ROUTER, WINDOW.fromMs + 60_000]]);
    expect(split(500, 500, { changedAt })).toMatchObject({
      count: 0,
      verdict: 'tooFew',
      sinceMs: WINDOW.fromMs + 60_000,
      findings: [],
    });
    const later = [{ fromMs: WINDOW.fromMs + 120_000, measured: [measuredOf(...counted(180, 20))] }];
    expect(split(500, 500, { changedAt, later })).toMatchObject({
      count: 200,
      verdict: 'agrees',
      sinceMs: WINDOW.fromMs + 120_000,
    });
  });

  it('knows of a change from the router’s own history', () => {
    const entry = {
      id: '1',
      at: new Date(WINDOW.fromMs + 1).toISOString(),
      by: 'a',
      route: 'all',
      before: [],
      after: [],
    };
    const targets = [weighted(to('node', 'cart-v1')), weighted(to('node', 'cart-v2'))];
    const model = shop(router('cart', [route('all', { targets })], { history: [entry] }));
    expect(laidOver(model, counted(50, 50)).splits).toMatchObject([{ count: 0, sinceMs: WINDOW.fromMs + 1 }]);
  });
});

describe('MD602, shares that are not those of the weights', () => {
  it('is on the router, with the target that is farthest off', () => {
    expect(split(500, 500).findings).toMatchObject([
      {
        code: 'MD602',
        severity: 'warning',
        subject: ROUTER,
        details: {
          route: 'all',
          declaredShare: 0.9,
          observedShare: 0.5,
          count: 1000,
          target: 'shop/cart-v1',
        },
      },
    ]);
  });

  it.each<[string, number, number]>([
    ['few requests', 5, 20],
    ['a difference that chance may make', 84, 16],
    ['a difference of less than two points', 8_850_000, 1_150_000],
  ])('is not said of %s', (_, v1, v2) => {
    expect(split(v1, v2).findings).toEqual([]);
  });
});

describe('MD605, a target that gets nothing', () => {
  it('is said instead of MD602', () => {
    expect(split(500, 0).findings).toMatchObject([
      {
        code: 'MD605',
        related: [V2],
        details: { route: 'all', target: 'shop/cart-v2', weight: 10, declaredShare: 0.1, count: 500 },
      },
    ]);
  });

  it('is not said while chance may do it', () => {
    expect(split(40, 0).findings).toEqual([]);
  });
});
