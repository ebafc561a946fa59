import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '@/lib/mesh/model';
import { beginDraft, confirmationFor, setWeight } from '@/lib/mesh/weights';
import { router as makeRouter, weighted } from '../topology/fixtures';
import { radiusOf, requestOf, wantedChange } from './change-request';
import { keyTarget } from './divider';
import { progressOf } from './progress';
import { dividerOffsets, viewRoute } from './route-view';
import { historyOf, undoable, undoTargets, withSession } from './undo';
import { yamlDiff } from './yaml-diff';

const router = makeRouter('shop', 'cart', [
  { name: 'all', targets: [weighted('shop', 'v1', 3, 0.75), weighted('shop', 'v2', 1, 0.25)] },
]);
const [route] = router.routes;
if (!route) throw new Error('the fixture has a route');
const draft = setWeight(beginDraft(router, route), 1, 30);
const plain = { dryRun: false, reason: '', acknowledgeOwner: false };

describe('a request', () => {
  it('names what was seen and what is wanted', () => {
    expect(
      requestOf(wantedChange({ kind: 'draft', draft }, router, route), { ...plain, dryRun: true }),
    ).toEqual({
      targets: [
        { node: 'shop/v1', weight: 70 },
        { node: 'shop/v2', weight: 30 },
      ],
      expected: {
        uid: 'uid-cart',
        resourceVersion: '1',
        targets: [
          { node: 'shop/v1', weight: 3 },
          { node: 'shop/v2', weight: 1 },
        ],
      },
      dryRun: true,
    });
  });

  it('leaves out seen weights that the contract cannot carry', () => {
    const odd = { ...draft, base: { ...draft.base, targets: [{ node: 'shop/v1', weight: 33.5 }] } };
    expect(requestOf(wantedChange({ kind: 'draft', draft: odd }, router, route), plain).expected).toEqual({
      uid: 'uid-cart',
      resourceVersion: '1',
    });
  });

  it('trims the reason and leaves an empty one out', () => {
    const wanted = wantedChange({ kind: 'draft', draft }, router, route);
    expect(requestOf(wanted, { ...plain, reason: '  canary ' }).reason).toBe('canary');
    expect(requestOf(wanted, { ...plain, reason: '  ' })).not.toHaveProperty('reason');
  });
});

describe('the confirmation', () => {
  const levelFor = (points: number) => {
    const next = setWeight(beginDraft(router, route), 1, points);
    return confirmationFor(radiusOf(wantedChange({ kind: 'draft', draft: next }, router, route)));
  };
  it('is one click up to ten points of the shares, a tick beyond, and typing for none or all', () => {
    expect(levelFor(35)).toBe('click');
    expect(levelFor(36)).toBe('tick');
    expect(levelFor(0)).toBe('type');
    expect(levelFor(100)).toBe('type');
  });
});

describe('undo', () => {
  const entry: HistoryEntry = {
    id: 'e1',
    at: '2026-11-23T12:00:00Z',
    by: 'console',
    route: 'all',
    before: [
      { node: 'shop/v2', weight: 20 },
      { node: 'shop/v1', weight: 80 },
    ],
    after: [
      { node: 'shop/v1', weight: 3 },
      { node: 'shop/v2', weight: 1 },
    ],
  };
  const with_ = (...history: HistoryEntry[]) => ({ ...router, history });
  it('puts the weights of the entry back, in the order of the route', () => {
    expect(undoTargets(route, entry).map(({ weight }) => weight)).toEqual([80, 20]);
    const wanted = wantedChange({ kind: 'undo', entry }, router, route);
    expect(requestOf(wanted, plain)).toMatchObject({ undo: 'e1', expected: { resourceVersion: '1' } });
  });

  it('is offered for the newest entry while its weights stand', () => {
    expect(undoable(with_(entry), route, entry)).toBe(true);
    expect(undoable(router, route, undefined)).toBe('none');
    expect(undoable(with_({ ...entry, id: 'e2' }, entry), route, entry)).toBe('older');
    const later = { ...entry, after: entry.before };
    expect(undoable(with_(later), route, later)).toBe('changed');
    const other = { ...entry, before: [{ node: 'shop/v3', weight: 100 }] };
    expect(undoable(with_(other), route, other)).toBe('targets');
  });

  it('goes by what the tab remembers only where the object keeps nothing', () => {
    const forgetful = { ...router, keepsHistory: false };
    expect(historyOf(withSession(forgetful, [entry]), 'all')).toEqual([entry]);
    const kept = { ...with_({ ...entry, id: 'e2' }), ref: { ...router.ref, namespace: '' } };
    expect(withSession(kept, [entry])).toBe(kept);
    expect(withSession(forgetful, [])).toBe(forgetful);
  });
});

describe('the diff', () => {
  it('shows changed lines with their neighbours and folds the rest', () => {
    const before = Array.from({ length: 12 }, (_, i) => `line ${i}`).join('\n') + '\n';
    const lines = yamlDiff(before, before.replace('line 6\n', 'line six\n'));
    expect(lines[0]).toEqual({ kind: 'gap', count: 3 });
    expect(lines.filter(({ kind }) => kind === 'removed')).toEqual([{ kind: 'removed', text: 'line 6' }]);
    expect(lines.filter(({ kind }) => kind === 'added')).toEqual([{ kind: 'added', text: 'line six' }]);
    expect(lines.at(-1)).toEqual({ kind: 'gap', count: 2 });
  });

  it('is empty where nothing changed', () => {
    expect(yamlDiff('a\nb\n', 'a\nb\n')).toEqual([]);
  });
});

describe('the view of a route', () => {
  it('shows live shares and the points of the draft', () => {
    const view = viewRoute(route, draft);
    expect(view).toMatchObject({ changed: true, moved: 'no', normalised: true });
    expect(view.targets.map(({ share, points }) => [share, points])).toEqual([
      [0.75, 70],
      [0.25, 30],
    ]);
  });

  it('says when live moved under the draft', () => {
    const [v1, v2] = route.targets;
    if (!v1 || !v2) throw new Error('the fixture has two targets');
    expect(viewRoute({ ...route, targets: [{ ...v1, weight: 4 }, v2] }, draft).moved).toBe('weights');
    expect(viewRoute({ ...route, targets: [v1] }, draft)).toMatchObject({ moved: 'targets', changed: false });
  });

  it('tells targets of one name apart', () => {
    const names = (...targets: ReturnType<typeof weighted>[]) =>
      viewRoute({ ...route, targets }, undefined).targets.map(({ name }) => name);
    expect(names(weighted('a', 'v', 1, 0.5), weighted('b', 'v', 1, 0.5))).toEqual(['a/v', 'b/v']);
    const twice = weighted('a', 'v', 1, 0.5);
    expect(names({ ...twice, port: 80 }, { ...twice, port: 81 })).toEqual(['v:80', 'v:81']);
    expect(names(twice, twice)).toEqual(['v #1', 'v #2']);
  });
});

describe('a divider', () => {
  it('moves by one, by ten with Shift, and to its ends', () => {
    const range = { at: 50, min: 5, max: 55 };
    expect(keyTarget('ArrowLeft', false, range)).toBe(49);
    expect(keyTarget('ArrowRight', true, range)).toBe(55);
    expect(keyTarget('Home', false, range)).toBe(5);
    expect(keyTarget('End', false, range)).toBe(55);
    expect(keyTarget('a', false, range)).toBeUndefined();
  });

  it('can be grasped where several stand at one place', () => {
    expect(dividerOffsets([0, 0, 40, 40, 100, 100])).toEqual([0, 10, -5, 5, -10, 0]);
  });
});

describe('the progress of a change', () => {
  const answer = { router: { uid: 'uid-cart', resourceVersion: '9', generation: 2 } };
  const { routes: _, listeners: __, history: ___, keepsHistory: ____, ...base } = router;
  const capabilities = { weightMin: 0, weightMax: 100, targetsPerRouteMax: 10, weightSumMax: 100 };
  const pictureWith = (controlPlane: 'live' | 'frozen') => ({
    mesh: {
      ...base,
      kind: 'mesh' as const,
      egress: 'deny' as const,
      controlPlane,
      capabilities: { ...capabilities, backendsEditable: true },
    },
    nodes: new Map(),
    edges: new Map(),
    findings: [],
    groups: new Map(),
    revision: { epoch: 'a', seq: 1 },
  });
  const live = { phase: 'live' as const };
  const at = (generation: number, rest: Partial<typeof router>) => ({
    ...router,
    ref: { ...router.ref, generation },
    ...rest,
  });
  it('waits until the generation is observed and accepted', () => {
    const picture = pictureWith('live');
    expect(progressOf(answer, at(1, {}), picture, live)).toEqual({ stage: 'waiting' });
    expect(progressOf(answer, at(2, { acceptance: 'pending' }), picture, live)).toEqual({ stage: 'waiting' });
    expect(progressOf(answer, at(2, {}), picture, live)).toEqual({ stage: 'accepted' });
    const overtaken = at(3, { acceptance: 'pending', observedGeneration: 2 });
    expect(progressOf(answer, overtaken, picture, live)).toEqual({ stage: 'accepted' });
  });

  it('gives the words of the controller that refuses', () => {
    const problem = { reason: 'ReconcileError', message: 'not found', at: '', count: 1 };
    const refused = at(2, { acceptance: 'rejected', problem });
    expect(progressOf(answer, refused, pictureWith('live'), live)).toEqual({
      stage: 'rejected',
      message: 'not found',
    });
  });

  it('says when nobody answers, when the router is gone, and when nothing can be known', () => {
    const waiting = at(2, { acceptance: 'pending' });
    expect(progressOf(answer, waiting, pictureWith('frozen'), live)).toEqual({ stage: 'frozen' });
    expect(progressOf(answer, undefined, pictureWith('live'), live)).toEqual({ stage: 'gone' });
    expect(progressOf(answer, waiting, pictureWith('live'), { phase: 'stale' })).toEqual({ stage: 'unseen' });
  });
});
