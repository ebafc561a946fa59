import { describe, expect, it } from 'vitest';
import { node } from '../fixtures';
import { backend, GROUP, listOf, n, s, via } from './fixtures';
import { idleRules, matches, violationsOf } from './policy';
import type { PolicyRule } from './policy';
import { to } from '../fixtures';

const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  id: 'rule',
  severity: 'error',
  transitive: false,
  kind: 'deny',
  from: ['shop/a'],
  to: ['shop/c'],
  ...more,
});

describe('a pattern', () => {
  it.each([
    ['shop/cart', 'shop', 'cart', true],
    ['shop/cart', 'shop', 'cart-v2', false],
    ['shop/cart-*', 'shop', 'cart-v2', true],
    ['shop', 'shop', 'cart', true],
    ['shop', 'shopping', 'cart', false],
    ['*/cart', 'pay', 'cart', true],
    ['*', 'pay', 'cart', true],
    ['shop/c.rt', 'shop', 'cart', false],
  ])('%s against %s/%s: %s', (pattern, namespace, name, fits) => {
    expect(matches(pattern, namespace, name)).toBe(fits);
  });
});

describe('a rule', () => {
  const list = listOf([
    node('a', [backend('b')], {}),
    node('b', [backend('a'), backend('c')]),
    node('d', [via(GROUP, 'c')], { backendGroups: [to('backendGroup', 'team')] }),
  ]);

  it('that denies is broken by an entry, and says where the entry is', () => {
    expect(violationsOf(list, [rule({ from: ['shop/b'] })])).toMatchObject([
      { node: n('b'), service: s('c'), by: 'direct', hops: 1, path: 'spec.backends[1]' },
    ]);
  });

  it('is broken by a group as well', () => {
    expect(violationsOf(list, [rule({ from: ['shop/d'] })])).toMatchObject([
      { node: n('d'), by: 'group', path: 'spec.backendGroups[0]' },
    ]);
  });

  it('that lets only some reach a service is broken by everybody else', () => {
    const found = violationsOf(list, [rule({ kind: 'only', from: ['shop/b'] })]);
    expect(found.map(({ node: key }) => key)).toEqual([n('d')]);
  });

  it('looks at ways over other nodes only where it says so', () => {
    expect(violationsOf(list, [rule({})])).toEqual([]);
    expect(violationsOf(list, [rule({ transitive: true })])).toMatchObject([
      { node: n('a'), service: s('c'), hops: 2, first: s('b'), path: 'spec.backends[0]' },
    ]);
  });

  it('is broken by a node that lists nothing in a mesh that allows all', () => {
    const open = listOf([node('a')], 'allow');
    expect(violationsOf(open, [rule({})])).toMatchObject([{ by: 'open', path: 'spec.backends' }]);
  });

  it('that speaks of nothing in the mesh is told', () => {
    const rules = [rule({ id: 'typo', to: ['shop/paymnets'] }), rule({ id: 'fine' })];
    expect(idleRules(list, rules).map(({ id }) => id)).toEqual(['typo']);
  });
});
