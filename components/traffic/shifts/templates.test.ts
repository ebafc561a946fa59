import { describe, expect, it } from 'vitest';
import { specProblems } from '@/lib/shifts';
import type { ShiftSpec } from '@/lib/shifts';
import { ANALYSIS, likeSpec, planOf, shortName, STRATEGIES, TEMPLATES, tidy, withPlan } from './templates';

const routes = [{ router: 'cart', route: 'cart', from: 'cart-v1', to: 'cart-v2' }];

describe('a template', () => {
  it.each(TEMPLATES)('%s can be carried out', (template) => {
    expect(specProblems({ routes, strategy: STRATEGIES[template], analysis: ANALYSIS })).toEqual([]);
  });

  it('keeps the plan of a shift, and neither what moves nor who asks', () => {
    const spec: ShiftSpec = {
      ...{ routes, strategy: STRATEGIES.fast, analysis: ANALYSIS, onDrift: 'abort' },
      ...{ by: 'jo', reason: 'release', acknowledgeOwner: true },
    };
    const plan = planOf(spec);
    expect(plan).toEqual({ strategy: STRATEGIES.fast, analysis: ANALYSIS, onDrift: 'abort' });
    const other: ShiftSpec = { routes: [], strategy: STRATEGIES.careful, windows: [{ kind: 'deny' }], reason: 'now' }; // prettier-ignore
    expect(tidy(withPlan(other, plan))).toEqual({ ...plan, routes: [], reason: 'now' });
  });
});

describe('the spec of a form', () => {
  it('writes nothing down that was left empty, and keeps what is empty on purpose', () => {
    const spec: ShiftSpec = {
      ...{ routes, strategy: { blueGreen: {} }, reason: ' ', acknowledgeOwner: false, windows: [] },
      ...{ deadlines: { stepSeconds: undefined }, notifications: [], analysis: undefined },
    };
    expect(tidy(spec)).toEqual({ routes, strategy: { blueGreen: {} } });
  });

  it('names nodes of its own namespace short', () => {
    expect([shortName('shop/cart-v1', 'shop'), shortName('pay/cart-v2', 'shop')]).toEqual(['cart-v1', 'pay/cart-v2']); // prettier-ignore
  });
});

describe('a shift like another', () => {
  it('the other way round takes every route back, judged as before, and asks in nobody’s name', () => {
    const of: ShiftSpec = {
      routes: ['http', 'grpc'].map((route) => ({ router: 'cart', route, from: 'cart-v1', to: 'cart-v2' })),
      strategy: STRATEGIES.blueGreen,
      analysis: { metrics: [{ name: 'slow', figure: 'p50Ms', max: 400 }] },
      onDrift: 'abort',
      ...{ by: 'jo', reason: 'release', control: { action: 'abort', requestId: 'r', by: 'jo' } },
    };
    const { by: _, reason: __, control: ___, ...kept } = of;
    const swapped = of.routes.map((each) => ({ ...each, from: 'cart-v2', to: 'cart-v1' }));
    expect(likeSpec(of, true)).toEqual({ ...kept, routes: swapped });
  });
});
