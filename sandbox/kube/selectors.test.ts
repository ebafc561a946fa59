import { describe, expect, it } from 'vitest';
import { fieldSelector, labelSelector, matchesSelector } from './selectors';
import type { KubeObject } from './types';

const object = (labels: Record<string, string>, rest: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'cart-1', namespace: 'shop', labels },
  ...rest,
});

describe('labelSelector', () => {
  const pod = object({ app: 'cart', tier: 'web' });
  it.each([
    ['app=cart', true],
    ['app==cart,tier=web', true],
    ['app!=cart', false],
    ['missing!=x', true],
    ['app in (cart, pay),tier', true],
    ['app notin (cart)', false],
    ['!missing', true],
    ['!app', false],
    ['', true],
  ])('reads %s', (text, matches) => {
    expect(labelSelector(text)(pod)).toBe(matches);
  });

  it('refuses what it cannot read', () => {
    expect(() => labelSelector('app in cart')).toThrow('unable to parse requirement');
  });
});

describe('fieldSelector', () => {
  const event = object({}, { involvedObject: { name: 'r' }, reason: 'ReconcileError' });
  it('compares nested fields and takes an absent one for empty', () => {
    expect(fieldSelector('involvedObject.name=r,reason!=Pulled')(event)).toBe(true);
    expect(fieldSelector('spec.nodeName=')(event)).toBe(true);
    expect(fieldSelector('metadata.namespace=pay')(event)).toBe(false);
  });
});

describe('matchesSelector', () => {
  it('tells an absent selector from an empty one', () => {
    expect(matchesSelector(undefined, { a: 'b' })).toBe(false);
    expect(matchesSelector({}, undefined)).toBe(true);
  });
  it('needs every label and expression', () => {
    const selector = {
      matchLabels: { mesh: 'shop' },
      matchExpressions: [
        { key: 'env', operator: 'NotIn', values: ['dev'] },
        { key: 'team', operator: 'Exists' },
      ],
    };
    expect(matchesSelector(selector, { mesh: 'shop', team: 'a' })).toBe(true);
    expect(matchesSelector(selector, { mesh: 'shop', team: 'a', env: 'dev' })).toBe(false);
    expect(matchesSelector(selector, { mesh: 'shop' })).toBe(false);
  });
});
