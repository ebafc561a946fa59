import { describe, expect, it } from 'vitest';
import { node } from '../fixtures';
import { egressEffects, egressImpact } from './egress';
import { backend, callsOf, listOf, n, seen } from './fixtures';

const NODES = [node('a'), node('b', [backend('c')]), node('c')];

describe('the other egress filter', () => {
  it('breaks what nodes without a list are seen calling, and leaves those with a list alone', () => {
    const calls = callsOf(
      ['a', 'b', seen({ perMinute: 30 })],
      ['a', 'c', seen({ perMinute: 12 })],
      ['b', 'c'],
    );
    const effects = egressEffects(listOf(NODES, 'allow'), calls, new Set([n('a')]), 'deny');
    expect(effects.map(({ node: key, traced }) => [key, traced])).toEqual([
      [n('a'), true],
      [n('c'), false],
    ]);
    expect(egressImpact(effects)).toMatchObject({
      breaksPerMinute: 42,
      opensPerMinute: 0,
      untraced: [n('c')],
      confirmation: 'type',
    });
  });

  it('opens what nodes without a list are seen calling, and asks for no name: nothing is taken away', () => {
    const effects = egressEffects(listOf(NODES, 'deny'), callsOf(['a', 'b']), new Set(), 'allow');
    expect(egressImpact(effects)).toMatchObject({ opensPerMinute: 120, confirmation: 'click' });
    expect(effects[0]?.opens).toHaveLength(1);
  });

  it('asks for the name wherever a node would be left with nothing, seen or not', () => {
    const effects = egressEffects(listOf([node('a')], 'allow'), callsOf(), new Set([n('a')]), 'deny');
    expect(egressImpact(effects)).toMatchObject({ breaks: [], confirmation: 'type' });
  });

  it('changes nothing where every node has a list', () => {
    const list = listOf([node('a', [backend('b')])], 'allow');
    expect(egressEffects(list, callsOf(['a', 'b']), new Set(), 'deny')).toEqual([]);
  });
});
