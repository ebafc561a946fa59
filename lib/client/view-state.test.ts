import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityKey } from '@/lib/mesh/keys';
import { readViewState, writeViewState } from './view-state';
import type { ViewState } from './view-state';

const DEFAULT = readViewState('');
const label = fc.stringMatching(/^[a-z0-9.-]{1,12}$/);

const anyState: fc.Arbitrary<ViewState> = fc.record({
  selected: fc.option(
    fc
      .tuple(
        fc.constantFrom('node', 'router', 'gateway', 'service', 'unresolved'),
        label,
        fc.oneof(label, fc.constant('arn:aws:x:1:mesh/m/virtualNode/a+b&c')),
      )
      .map(([kind, namespace, name]) => entityKey(kind, namespace, name)),
    { nil: undefined },
  ),
  route: fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: undefined }),
  view: fc.constantFrom('graph' as const, 'list' as const),
  collapsed: fc.array(label, { maxLength: 3 }),
  listPane: fc.boolean(),
  text: fc.string({ unit: 'grapheme' }),
  dim: fc.boolean(),
  hide: fc.string({ unit: 'grapheme' }),
  activity: fc.constantFrom('changes' as const, 'compare' as const, undefined),
  changedMinutes: fc.constantFrom(0, 1, 5, 15, 60),
  changedAll: fc.boolean(),
});

describe('the view in the URL', () => {
  it('is read as it was written, whatever stood there before', () => {
    fc.assert(
      fc.property(anyState, anyState, (before, state) => {
        expect(readViewState(writeViewState(writeViewState('', before), state))).toEqual(state);
      }),
      { numRuns: 200 },
    );
  });
  it('is nothing where all is as it comes', () => {
    expect(writeViewState('', DEFAULT)).toBe('');
    expect(writeViewState('?selected=node:a/b&view=list&q=x', DEFAULT)).toBe('');
    expect(DEFAULT).toMatchObject({
      selected: undefined,
      route: undefined,
      view: 'graph',
      collapsed: [],
      text: '',
    });
  });
  it('leaves the parameters of others alone', () => {
    expect(writeViewState('?theme=dark&q=x', { ...DEFAULT, text: 'y' })).toBe('?theme=dark&q=y');
  });
  it.each(['?selected=nonsense', '?selected=pod:a/b', '?view=table', '?collapsed=,,', '?route', '?%E0%A4%A'])(
    'leaves out what does not fit: %s',
    (search) => {
      expect(readViewState(search)).toEqual(DEFAULT);
    },
  );
});
