import { describe, expect, it } from 'vitest';
import { specProblems } from '@/lib/shifts';
import { specOf, STRATEGIES, TEMPLATES } from './templates';

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
