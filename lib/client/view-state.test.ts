import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entityKey } from '@/lib/mesh/keys';
import type { Hidable } from '@/lib/mesh/view/spec';
import { MOST_HOPS, readViewState, TABS, writeViewState } from './view-state';
import type { ViewState } from './view-state';

const DEFAULT = readViewState('');
const label = fc.stringMatching(/^[a-z0-9.-]{1,12}$/);

const anyKey = fc
  .tuple(
    fc.constantFrom('node', 'router', 'gateway', 'service', 'unresolved', 'workload'),
    label,
    fc.oneof(label, fc.constantFrom('arn:aws:x:1:mesh/m/virtualNode/a+b&c', 'Deployment/a,b')),
  )
  .map(([kind, namespace, name]) => entityKey(kind, namespace, name));
const maybeKey = fc.option(anyKey, { nil: undefined });

/** Five minutes, and so five steps. */
const PAST = { fromMs: 1_780_000_020_000, toMs: 1_780_000_320_000, stepSeconds: 60 };
const anyState: fc.Arbitrary<ViewState> = fc
  .record({
    selected: maybeKey,
    route: fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: undefined }),
    tab: fc.constantFrom(...TABS),
    request: fc.option(fc.constantFrom('http GET /a?b=c&d', 'grpc :90/Cart/Add\nx: 1'), { nil: undefined }),
    edge: fc.option(fc.string({ minLength: 1, unit: 'grapheme' }), { nil: undefined }),
    view: fc.constantFrom('graph' as const, 'list' as const),
    collapsed: fc.array(label, { maxLength: 3 }),
    listPane: fc.boolean(),
    text: fc.string({ unit: 'grapheme' }),
    dim: fc.boolean(),
    hide: fc.string({ unit: 'grapheme' }),
    layer: fc.constantFrom('full' as const, 'services' as const, 'calls' as const),
    group: fc.constantFrom('namespace', 'none', 'label:team', 'label:app.kubernetes.io/part-of'),
    focus: fc.uniqueArray(anyKey, { maxLength: 2 }),
    up: fc.nat(MOST_HOPS),
    down: fc.nat(MOST_HOPS),
    from: maybeKey,
    to: maybeKey,
    without: fc.subarray<Hidable>(['idle', 'external', 'healthy']),
    workloads: fc.boolean(),
    activity: fc.constantFrom('changes' as const, 'compare' as const, undefined),
    changedMinutes: fc.constantFrom(0, 1, 5, 15, 60),
    changedAll: fc.boolean(),
    overlay: fc.constantFrom('off' as const, 'rate' as const, 'p99' as const, 'share' as const),
    window: fc.constantFrom<ViewState['window']>(
      { last: '5m' },
      { last: '24h' },
      { fromMs: 1_780_000_000_000, toMs: 1_780_000_300_000 },
    ),
    sized: fc.boolean(),
    heat: fc.boolean(),
    flow: fc.boolean(),
    held: fc.boolean(),
    replay: fc.constantFrom(undefined, { window: PAST, at: 0 }, { window: PAST, at: 4 }),
  })
  // Without a beginning there is no end.
  .map((state) => ({ ...state, to: state.from && state.to }));

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
  it.each([
    '?selected=nonsense',
    '?selected=pod:a/b',
    '?view=table',
    '?collapsed=,,',
    '?route',
    '?%E0%A4%A',
    '?layer=pods&group=label:&up=12&down=-1',
    '?focus=x&from=y&to=node:a/b',
    '?without=everything&workloads=yes',
    '?replay=1780000300000-1780000000000-60-0',
    '?replay=1780000000000-1780000300000-60-900',
    '?replay=yesterday',
  ])('leaves out what does not fit: %s', (search) => {
    expect(readViewState(search)).toEqual(DEFAULT);
  });
});
