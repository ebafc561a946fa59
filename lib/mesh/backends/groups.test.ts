import { describe, expect, it } from 'vitest';
import { group, modelOf, node, to } from '../fixtures';
import { backendGroupKey, serviceKey } from '../keys';
import { answered, callsOf, GROUP, n, s, via, backend } from './fixtures';
import { groupImpact } from './groups';
import { NO_CALLS } from './observed';
import { whitelistOf } from './whitelist';

const team = to('backendGroup', 'team');
const GROUPED = { backendGroups: [team] };
const list = (...nodes: ReturnType<typeof node>[]) => {
  const model = modelOf([
    ...nodes,
    group('team', [to('service', 'a'), to('service', 'b')]),
    ...['a', 'b', 'c'].map((name) => answered(name)),
  ]);
  return whitelistOf(model.mesh, model.entities.values());
};
const caller = node('x', [via(GROUP, 'a'), via(GROUP, 'b')], GROUPED);
const change = (after: string[] | undefined, before: string[] | undefined = ['shop/a', 'shop/b']) => ({
  key: GROUP,
  before,
  after,
});

describe('a change of a group', () => {
  it('ends the observed calls of every node that has the service by it alone', () => {
    const own = node('y', [backend('a', { alsoViaGroup: GROUP }), via(GROUP, 'b')], GROUPED);
    const calls = callsOf(['x', 'a'], ['x', 'b'], ['y', 'a']);
    const impact = groupImpact(list(caller, own, node('z')), change(['shop/b']), calls);
    expect(impact.breaks.map(({ node: from, service }) => [from, service])).toEqual([[n('x'), s('a')]]);
    expect(impact.users).toEqual([n('x'), n('y')]);
    expect(impact.held).toEqual([]);
  });

  it('lets observed calls begin, and says where it adds nothing', () => {
    const own = node('y', [backend('c'), via(GROUP, 'a'), via(GROUP, 'b')], GROUPED);
    const impact = groupImpact(
      list(caller, own),
      change(['shop/a', 'shop/b', 'shop/c']),
      callsOf(['x', 'c'], ['y', 'c']),
    );
    expect(impact.opens.map(({ node: from, service }) => [from, service])).toEqual([[n('x'), s('c')]]);
    expect(impact.duplicates).toEqual([{ node: n('y'), service: s('c') }]);
  });

  it('looks for a member without a namespace beside each node', () => {
    const far = {
      ...caller,
      key: 'node:pay/x' as typeof caller.key,
      ref: { ...caller.ref, namespace: 'pay' },
    };
    const impact = groupImpact(list(caller, far), change(['shop/a', 'shop/b', 'c']), NO_CALLS);
    expect(impact.held).toEqual([{ node: far.key, service: serviceKey('pay', 'c') }]);
  });

  it('that deletes it holds its nodes back, and ends what they call by it', () => {
    const impact = groupImpact(list(caller), change(undefined), callsOf(['x', 'a']));
    expect(impact.held).toEqual([{ node: n('x') }]);
    expect(impact.breaks.map(({ service }) => service)).toEqual([s('a')]);
    expect(impact.unseen.map(({ service }) => service)).toEqual([s('b')]);
  });

  it('that makes it gives it to the nodes that named it already', () => {
    const key = backendGroupKey('shop', 'new');
    const waiting = node('x', [], { backendGroups: [to('backendGroup', 'new', 'missing')] });
    const impact = groupImpact(
      list(waiting),
      { key, before: undefined, after: ['shop/a'] },
      callsOf(['x', 'a']),
    );
    expect(impact.opens.map(({ node: from }) => from)).toEqual([n('x')]);
  });

  it('does nothing to nodes whose groups the controller ignores', () => {
    const ignoring = node('x', [], { ...GROUPED, groupsIgnored: true });
    expect(groupImpact(list(ignoring), change(undefined), callsOf(['x', 'a']))).toMatchObject({
      users: [],
      breaks: [],
      held: [],
    });
  });

  it('counts what nodes then have against the quota', () => {
    const many = Array.from({ length: 60 }, (_, i) => `shop/s${i}`);
    expect(groupImpact(list(caller), change(many), NO_CALLS).quota).toEqual([
      { node: n('x'), count: 60, over: true },
    ]);
  });
});
