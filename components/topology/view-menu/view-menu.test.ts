import { describe, expect, it } from 'vitest';
import { nodeKey } from '@/lib/mesh/keys';
import { meshNode } from '../fixtures';
import { chipsOf } from './chips';
import { labelKeys } from './labels';
import { specOf, WHOLE } from './spec-of';

const A = nodeKey('shop', 'a');
const B = nodeKey('shop', 'b');

describe('the spec of an address', () => {
  it('is the whole mesh where nothing is said', () => {
    expect(specOf(WHOLE)).toEqual({
      layer: 'full',
      grouping: { by: 'namespace' },
      hide: [],
      workloads: false,
    });
  });

  it('has a focus with its reach, a path with both ends, and a label to group by', () => {
    const spec = specOf({ ...WHOLE, focus: [A], up: 0, down: 3, from: A, to: B, group: 'label:team' });
    expect(spec.focus).toEqual({ around: [A], up: 0, down: 3 });
    expect(spec.path).toEqual({ from: A, to: B });
    expect(spec.grouping).toEqual({ by: 'label', label: 'team' });
  });

  it('has no path before its other end is picked', () => {
    expect(specOf({ ...WHOLE, from: A }).path).toBeUndefined();
  });
});

describe('chips', () => {
  const hidden = { workloads: 4, layer: 3, focus: 5, path: 0, idle: 1, external: 0, healthy: 7 };

  it('are none for the whole mesh', () => {
    expect(chipsOf(WHOLE, { hidden })).toEqual([]);
  });

  it('tell what each hides, and take back that alone', () => {
    const view = { ...WHOLE, layer: 'calls' as const, without: ['idle' as const, 'healthy' as const] };
    const chips = chipsOf(view, { hidden });
    expect(chips.map(({ id, hidden: count }) => [id, count])).toEqual([
      ['layer', 3],
      ['idle', 1],
      ['healthy', 7],
    ]);
    for (const { id, undo } of chips)
      expect(chipsOf({ ...view, ...undo }, { hidden }).map((chip) => chip.id)).toEqual(
        chips.map((chip) => chip.id).filter((other) => other !== id),
      );
  });

  it('ask for the other end of a path, then name both', () => {
    expect(chipsOf({ ...WHOLE, from: A }, { hidden })).toMatchObject([{ id: 'pick', values: { from: 'a' } }]);
    expect(chipsOf({ ...WHOLE, from: A, to: B }, { hidden, problem: 'noPath' })).toMatchObject([
      { id: 'path', values: { from: 'a', to: 'b' }, problem: 'noPath' },
    ]);
  });

  it('say when what a focus is about has gone', () => {
    expect(chipsOf({ ...WHOLE, focus: [A] }, { hidden, problem: 'focusGone' })).toMatchObject([
      { id: 'focus', problem: 'focusGone' },
    ]);
  });
});

describe('labels to group by', () => {
  it('are those in use, the most used first', () => {
    const nodes = [
      { ...meshNode('shop', 'a'), labels: { team: 'x', app: 'a' } },
      { ...meshNode('shop', 'b'), labels: { team: 'y' } },
    ];
    expect(labelKeys(nodes)).toEqual([
      { key: 'team', count: 2 },
      { key: 'app', count: 1 },
    ]);
  });
});
