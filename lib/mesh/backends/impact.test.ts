import { describe, expect, it } from 'vitest';
import { node, route, router, service, to, weighted } from '../fixtures';
import type { Listener, MeshNode } from '../model';
import { modelOf } from '../fixtures';
import { NO_DRAFT, withEdits } from './edits';
import type { EditKind } from './edits';
import { ALL, answered, backend, callsOf, GROUP, listOf, n, NAMES, s, seen, via } from './fixtures';
import { BACKENDS_MAX, behind, confirmationOf, impactOf } from './impact';
import { NO_FILTER, cellOf, countStates, filtered, matrixOf } from './matrix';
import { suggestionsFor } from './suggestions';
import { whitelistOf } from './whitelist';
import type { Whitelist } from './whitelist';

const draftOf = (list: Whitelist, ...edits: [EditKind, string, string][]) =>
  withEdits(
    NO_DRAFT,
    list,
    edits.map(([kind, from, name]) => ({ kind, node: n(from), service: s(name) })),
  );
const listener = (tlsMode?: Listener['tlsMode']): Listener => ({
  port: 80,
  protocol: 'http',
  tlsMode,
  healthCheck: false,
  outlierDetection: false,
});

describe('revoking', () => {
  it('breaks calls that were seen, the most frequent first, and asks for the name', () => {
    const list = listOf([node('a', [backend('b'), backend('c'), backend('d')])]);
    const calls = callsOf(
      ['a', 'b', seen({ perMinute: 3 })],
      ['a', 'c', seen({ perMinute: 40 })],
      ['a', 'd', seen({ seen: 'no', requests: 0, perMinute: 0 })],
    );
    const draft = draftOf(list, ['revoke', 'a', 'b'], ['revoke', 'a', 'c'], ['revoke', 'a', 'd']);
    const impact = impactOf(list, draft, calls);
    expect(impact.breaks.map(({ service }) => service)).toEqual([s('c'), s('b')]);
    expect(impact).toMatchObject({ breaksPerMinute: 43, callers: [n('a')], unseen: [], emptied: [n('a')] });
    expect(confirmationOf(impact)).toBe('type');
  });

  it('breaks nothing where a group still names the service', () => {
    const list = listOf([node('a', [backend('b', { alsoViaGroup: GROUP })])]);
    const impact = impactOf(list, draftOf(list, ['revoke', 'a', 'b']), callsOf(['a', 'b']));
    expect(impact.breaks).toEqual([]);
    expect(confirmationOf(impact)).toBe('click');
  });

  it('says so where nobody would have seen whether the entry is used', () => {
    const list = listOf([node('a', [backend('b')])]);
    const impact = impactOf(list, draftOf(list, ['revoke', 'a', 'b']), new Map());
    expect(impact.unseen).toEqual([{ node: n('a'), service: s('b') }]);
  });
});

describe('allowing', () => {
  it('opens calls that are seen already', () => {
    const list = listOf([node('a')]);
    const impact = impactOf(list, draftOf(list, ['allow', 'a', 'b']), callsOf(['a', 'b']));
    expect(impact).toMatchObject({ opens: [{ service: s('b') }], opensPerMinute: 120, breaks: [] });
  });

  it('the first service in a mesh that allows all ends every other call of the node', () => {
    const list = listOf([node('a')], 'allow');
    const impact = impactOf(list, draftOf(list, ['allow', 'a', 'b']), callsOf(['a', 'b'], ['a', 'c']));
    expect(impact).toMatchObject({
      breaks: [{ service: s('c') }],
      opens: [],
      rules: [{ node: n('a'), from: 'everything', to: 'list' }],
    });
    expect(confirmationOf(impact)).toBe('type');
  });

  it('tells of entries that add nothing, of names that lead nowhere, and of services behind which is nobody', () => {
    const list = listOf([node('a', [via(GROUP, 'b')]), node('b')], 'deny', [
      answered('b'),
      answered('c', { unresolvable: true }),
      service('d', { kind: 'none' }),
    ]);
    const draft = draftOf(list, ['allow', 'a', 'b'], ['allow', 'a', 'c'], ['allow', 'a', 'd']);
    expect(impactOf(list, draft, new Map())).toMatchObject({
      duplicates: [{ node: n('a'), service: s('b'), group: GROUP }],
      unresolvable: [s('c')],
      nobody: [s('c'), s('d')],
    });
  });

  it('counts what App Mesh takes, groups included', () => {
    const names = Array.from({ length: BACKENDS_MAX }, (_, i) => `s${i}`);
    const services = [...names, 'more'].map((name) => answered(name));
    const list = listOf(
      [
        node(
          'a',
          names.map((name) => via(ALL, name)),
        ),
      ],
      'deny',
      services,
    );
    expect(impactOf(list, draftOf(list, ['allow', 'a', 'more']), new Map()).quota).toEqual([
      { node: n('a'), count: 51, over: true },
    ]);
  });
});

describe('TLS', () => {
  const behindB = (tlsMode?: Listener['tlsMode']) => node('b', [], { listeners: [listener(tlsMode)] });
  const caller = (more: object = {}) => node('a', [], more);
  const mismatch = (from: ReturnType<typeof caller>, target: ReturnType<typeof behindB>) => {
    const list = listOf([from, target]);
    return impactOf(list, draftOf(list, ['allow', 'a', 'b']), new Map()).tls;
  };

  it.each([
    [{ defaultTlsEnforced: true }, undefined, 'enforced'],
    [{ defaultTlsEnforced: true }, 'DISABLED', 'enforced'],
    [{ defaultTlsEnforced: true }, 'PERMISSIVE', undefined],
    [{ defaultTlsEnforced: false }, 'DISABLED', undefined],
    [{}, 'STRICT', 'strict'],
    [{}, 'PERMISSIVE', undefined],
  ] as const)('of a caller with %j against a listener that is %s: %s', (policy, mode, kind) => {
    const found = mismatch(caller(policy), behindB(mode));
    expect(found.map((each) => each.kind)).toEqual(kind === undefined ? [] : [kind]);
  });

  it('looks at every target of a route that gets traffic', () => {
    const { mesh: own, entities } = modelOf([
      service('x', { kind: 'router', target: to('router', 'x') }),
      router('x', [route('all', { targets: [weighted(to('node', 'a'), 1), weighted(to('node', 'b'), 0)] })]),
      node('a'),
      node('b'),
    ]);
    const list = whitelistOf(own, entities.values());
    expect(behind(list.services.get(s('x')) ?? expect.unreachable(), list).map(({ key }) => key)).toEqual([
      n('a'),
    ]);
  });
});

describe('cells', () => {
  const list = listOf([
    node('a', [backend('b'), via(GROUP, 'c'), via(ALL, 'd')]),
    node('b', [], { backendGroups: [to('backendGroup', 'team', 'unread')] }),
    node('c'),
  ]);
  const calls = callsOf(['a', 'b'], ['a', 'c', seen({ seen: 'no' })], ['c', 'a']);
  const cell = (from: string, name: string) =>
    cellOf(list, calls, NO_DRAFT, list.nodes.get(n(from)) ?? expect.unreachable(), s(name));

  it.each([
    ['a', 'b', 'direct', 'used'],
    ['a', 'c', 'group', 'silent'],
    ['a', 'd', 'wildcard', 'unwatched'],
    ['a', 'a', 'no', 'closed'],
    ['b', 'a', 'unknown', 'unknown'],
    ['c', 'a', 'no', 'undeclared'],
  ])('%s → %s is %s and %s', (from, name, permission, state) => {
    expect(cell(from, name)).toMatchObject({ permission, state });
  });

  it('are open where a mesh allows all and nothing is listed', () => {
    const open = listOf([node('a')], 'allow');
    const entity = open.nodes.get(n('a')) ?? expect.unreachable();
    expect(cellOf(open, calls, NO_DRAFT, entity, s('b'))).toMatchObject({
      permission: 'open',
      state: 'used',
    });
  });

  it('are counted by state', () => {
    expect(countStates(list, calls)).toEqual({ used: 1, silent: 1, unwatched: 1, undeclared: 1, unknown: 0 });
  });

  it('are filtered by name, by state and by draft', () => {
    const matrix = matrixOf(list);
    const left = (filter: object) => {
      const { rows, columns } = filtered(matrix, list, calls, draftOf(list, ['allow', 'c', 'd']), {
        ...NO_FILTER,
        ...filter,
      });
      return [rows.map(({ ref }) => ref.name).join(''), columns.map(({ name }) => name).join('')];
    };
    expect(left({})).toEqual(['abc', NAMES.join('')]);
    expect(left({ node: 'SHOP/A' })).toEqual(['a', NAMES.join('')]);
    expect(left({ service: '/b' })).toEqual(['abc', 'b']);
    expect(left({ states: ['undeclared'] })).toEqual(['c', 'a']);
    expect(left({ drafted: true })).toEqual(['c', 'd']);
  });
});

describe('suggestions', () => {
  const DAY = 86_400_000;

  it('add what is called and missing, and remove what is silent, the most certain first', () => {
    const list = listOf([node('a', [backend('b')], { createdAt: '' }), node('c', [via(GROUP, 'd')])]);
    const calls = callsOf(
      ['a', 'c', seen({ sampled: true, requests: 4 })],
      ['a', 'd'],
      ['a', 'b', seen({ seen: 'no', requests: 0 })],
      ['c', 'd', seen({ seen: 'no', requests: 0 })],
    );
    const found = suggestionsFor(list, calls, { fromMs: 0, toMs: DAY });
    expect(found.map(({ kind, service, confidence }) => [kind, service, confidence])).toEqual([
      ['allow', s('d'), 'high'],
      ['revoke', s('b'), 'medium'],
      ['allow', s('c'), 'low'],
    ]);
  });

  it('are the surer of silence the longer it was looked for', () => {
    const list = listOf([node('a', [backend('b')], { createdAt: '' })]);
    const calls = callsOf(['a', 'b', seen({ seen: 'no', requests: 0 })]);
    const after = (days: number) =>
      suggestionsFor(list, calls, { fromMs: 0, toMs: days * DAY })[0]?.confidence;
    expect([after(0.1), after(1), after(7)]).toEqual(['low', 'medium', 'high']);
  });

  it('count silence from when the node was made, or its entry added, and no longer', () => {
    const silent = callsOf(['a', 'b', seen({ seen: 'no', requests: 0 })]);
    const week = { fromMs: 0, toMs: 7 * DAY };
    const daysOf = (more: Partial<MeshNode>) =>
      suggestionsFor(listOf([node('a', [backend('b')], { createdAt: '', ...more })]), silent, week)[0]?.days;
    const added = { id: 'x', by: 'x', after: ['shop/b'], removed: [], added: [0] };
    expect(daysOf({})).toBe(7);
    expect(daysOf({ createdAt: new Date(5 * DAY).toISOString() })).toBe(2);
    expect(daysOf({ backendsHistory: [{ ...added, at: new Date(6 * DAY).toISOString() }] })).toBe(1);
  });

  it('never remove what nobody would have seen', () => {
    const list = listOf([node('a', [backend('b')])]);
    const calls = callsOf(['a', 'b', seen({ seen: 'unknown', requests: 0 })]);
    expect(suggestionsFor(list, calls, { fromMs: 0, toMs: 9 * DAY })).toEqual([]);
  });
});
