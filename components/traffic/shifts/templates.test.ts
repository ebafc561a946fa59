import { describe, expect, it } from 'vitest';
import { specProblems } from '@/lib/shifts';
import { likeSpec, otherRoutes, specOf, STRATEGIES, TEMPLATES } from './templates';

const draft = {
  ...{ router: 'shop/cart', route: 'cart', from: 'shop/cart-v1', to: 'pay/cart-v2', name: 'cart-1' },
  ...{ analysed: true, acknowledged: false, reason: ' ' },
};

describe('the spec of a form', () => {
  it.each(TEMPLATES)('of the template %s can be carried out', (template) => {
    expect(specProblems(specOf({ ...draft, strategy: STRATEGIES[template] }))).toEqual([]);
  });

  it('names nodes of its own namespace short and writes nothing down that was left empty', () => {
    const spec = specOf({ ...draft, strategy: STRATEGIES.fast });
    expect(spec.routes).toEqual([{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'pay/cart-v2' }]);
    expect(spec).not.toHaveProperty('reason');
    expect(spec).not.toHaveProperty('acknowledgeOwner');
  });
});

describe('a shift like another', () => {
  const of = {
    routes: ['http', 'grpc'].map((route) => ({ router: 'cart', route, from: 'cart-v1', to: 'cart-v2' })),
    strategy: STRATEGIES.blueGreen,
    analysis: { metrics: [{ name: 'slow', figure: 'p50Ms' as const, max: 400 }] },
    onDrift: 'abort' as const,
    ...{ by: 'jo', reason: 'release', control: { action: 'abort' as const, requestId: 'r', by: 'jo' } },
  };

  it('the other way round takes every route back, judged as before, and asks in nobody’s name', () => {
    const { by: _, reason: __, control: ___, routes, ...kept } = of;
    const swapped = routes.map((each) => ({ ...each, from: 'cart-v2', to: 'cart-v1' }));
    const like = likeSpec(of, true);
    expect(like).toEqual({ ...kept, routes: swapped });
    const begun = { ...draft, route: 'http', from: 'shop/cart-v2', to: 'shop/cart-v1', like };
    expect(specOf({ ...begun, strategy: like.strategy })).toEqual(like);
  });

  it('moves nothing along once another route is chosen', () => {
    const elsewhere = { ...draft, router: 'shop/web', strategy: STRATEGIES.fast, like: likeSpec(of, false) };
    expect(otherRoutes(elsewhere)).toEqual([]);
  });
});
