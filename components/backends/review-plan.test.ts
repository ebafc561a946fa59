import { describe, expect, it } from 'vitest';
import type { NodePlan } from '@/lib/mesh/backends/edits';
import { nodeKey } from '@/lib/mesh/keys';
import { confirmationName } from './review-plan';

const plan = (name: string, more: Partial<NodePlan>): NodePlan => ({
  ...{ node: nodeKey('shop', name), namespace: 'shop', name, allow: [], revoke: [] },
  expected: { uid: 'u', resourceVersion: '1', backends: [] },
  ...more,
});

describe('what is typed to confirm', () => {
  it('is the node, where one is changed', () => {
    expect(confirmationName([plan('cart', { revoke: ['shop/orders', 'pay/fraud'] })], 'mesh')).toBe(
      'shop/cart',
    );
  });
  it('is the service, where several nodes lose or get the same one', () => {
    const plans = [plan('cart', { revoke: ['pay/fraud'] }), plan('web', { revoke: ['pay/fraud'] })];
    expect(confirmationName(plans, 'mesh')).toBe('pay/fraud');
  });
  it('is the mesh, where it is about several of both', () => {
    const plans = [plan('cart', { revoke: ['pay/fraud'] }), plan('web', { allow: ['shop/orders'] })];
    expect(confirmationName(plans, 'mesh')).toBe('mesh');
  });
});
