import { expect, it } from 'vitest';
import { entryPolicy } from './policy-text';

const YAML = `metadata:
  namespace: shop
spec:
  backends:
    - virtualService: { virtualServiceRef: { name: cart }, clientPolicy: { tls: { enforce: false } } }
    - virtualService: { virtualServiceRef: { name: fraud, namespace: pay } }
    - virtualService: { virtualServiceARN: 'arn:x', virtualServiceRef: { name: cart } }
`;

it('finds the policy of an entry by the name the node has for it', () => {
  expect(entryPolicy(YAML, 'shop/cart')).toEqual({ policy: { tls: { enforce: false } } });
  expect(entryPolicy(YAML, 'pay/fraud')).toEqual({ policy: undefined });
  expect(entryPolicy(YAML, 'arn:x')).toEqual({ policy: undefined });
  expect(entryPolicy(YAML, 'shop/fraud')).toBeUndefined();
});
