import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TopologyAnswer } from '@/lib/api/topology';
import { node, route, router, to, weighted } from '@/lib/mesh/fixtures';
import { meshKey, nodeKey, routerKey } from '@/lib/mesh/keys';
import type { TopologyNode } from '@/lib/mesh/topology';
import { changesBetween, createChangeLog, isAsked, KEPT_CHANGES, NO_CHANGES, record } from './changes';
import type { Change } from './changes';
import { markMoment, KEPT_MOMENTS } from './changes-moments';
import type { Picture } from './picture';

// The mesh is handed through; its content plays no part here.
const mesh = { key: meshKey('shop'), kind: 'mesh' } as TopologyAnswer['mesh'];
const pictureOf = (...nodes: TopologyNode[]): Picture => ({
  mesh,
  nodes: new Map(nodes.map((each) => [each.key, each])),
  edges: new Map(),
  findings: [],
  groups: new Map(),
  revision: { epoch: 'a', seq: 1 },
});
const cart = (weight: number, resourceVersion = '1') => {
  const made = router('cart', [route('all', { targets: [weighted(to('node', 'v2'), weight)] })]);
  return { ...made, ref: { ...made.ref, resourceVersion } };
};
const between = (a: number, b: number, at: number, since?: number) =>
  changesBetween(pictureOf(cart(a)), pictureOf(cart(b)), at, since);
const touching = (name: string, at: number): Omit<Change, 'id'> => ({
  key: nodeKey('shop', name),
  card: nodeKey('shop', name),
  what: 'changed',
  fields: [{ path: 'pods.ready', kind: 'workload', before: 1, after: 2 }],
  writers: [],
  at,
});

describe('the change feed', () => {
  it('tells what was and what is, newest first', () => {
    const feed = record(record(NO_CHANGES, between(90, 80, 1_000)), [touching('v2', 5_000)]);
    expect(feed.changes).toMatchObject([
      { id: 2, key: 'node:shop/v2', at: 5_000 },
      {
        id: 1,
        key: 'router:shop/cart',
        at: 1_000,
        fields: [
          { path: 'spec.routes[all].weightedTargets[shop/v2].weight', before: 90, after: 80, kind: 'spec' },
        ],
      },
    ]);
  });

  it('tells what becomes of one object within a second as one change, from first to last', () => {
    let feed = record(NO_CHANGES, between(90, 80, 1_000));
    feed = record(feed, [touching('v2', 1_500)]);
    feed = record(feed, between(80, 70, 1_900));
    expect(feed.changes.map(({ key }) => key)).toEqual(['router:shop/cart', 'node:shop/v2']);
    expect(feed.changes[0]).toMatchObject({ id: 1, at: 1_900, fields: [{ before: 90, after: 70 }] });
    expect(record(feed, between(70, 60, 2_901)).changes).toHaveLength(3);
  });

  it('does not swallow a change that was taken back at once', () => {
    const feed = record(record(NO_CHANGES, between(90, 80, 1_000)), between(80, 90, 1_200));
    expect(feed.changes.map(({ fields }) => [fields[0]?.before, fields[0]?.after])).toEqual([
      [80, 90],
      [90, 80],
    ]);
  });

  it('keeps what happened while nobody listened apart from what was seen to happen', () => {
    const feed = record(record(NO_CHANGES, between(90, 80, 9_000, 1_000)), between(80, 70, 9_500));
    expect(feed.changes.map(({ since }) => since)).toEqual([undefined, 1_000]);
  });

  it('knows of what an App Mesh API tells that it may have happened while that was away', () => {
    const taken = (version: number) => ({ ...cart(90), taken: { uid: 'u', arn: 'arn', version } });
    const foreign = (name: string) => node(name, [], { origin: 'api' });
    const since = (...nodes: [TopologyNode, TopologyNode]) =>
      changesBetween(pictureOf(nodes[0]), pictureOf(nodes[1]), 9_000, undefined, 1_000).map(
        (each) => each.since,
      );
    expect(since(taken(1), taken(2))).toEqual([1_000]);
    expect(since(foreign('ecs-1'), foreign('ecs-2'))).toEqual([1_000, 1_000]);
    expect(since(cart(90), cart(80))).toEqual([undefined]);
    expect(since(taken(1), { ...taken(2), awsName: 'other' })).toEqual([undefined]);
  });

  it('tells later changes apart from those that somebody has seen for good', () => {
    const feed = record(NO_CHANGES, between(90, 80, 1_000));
    expect(record(feed, between(80, 70, 1_200), feed.heard).changes).toHaveLength(2);
  });

  it('is bounded, and knows how many there were', () => {
    let feed = NO_CHANGES;
    for (let n = 0; n < KEPT_CHANGES + 20; n += 1) feed = record(feed, [touching(`v${n}`, n * 2_000)]);
    expect(feed.changes).toHaveLength(KEPT_CHANGES);
    expect(feed.heard).toBe(KEPT_CHANGES + 20);
    expect(feed.changes[0]?.id).toBe(KEPT_CHANGES + 20);
  });

  it('remembers when a card was touched, and whether by what was asked for', () => {
    const feed = record(record(NO_CHANGES, between(90, 80, 1_000)), [
      { ...touching('x', 4_000), card: routerKey('shop', 'cart') },
    ]);
    expect(feed.touched.get(routerKey('shop', 'cart'))).toEqual({ asked: 1_000, any: 4_000 });
  });

  it('calls for attention when somebody asked for something', () => {
    expect(between(90, 80, 1).map(isAsked)).toEqual([true]);
    expect(isAsked(touching('v2', 1))).toBe(false);
    expect(isAsked({ what: 'removed', fields: [] })).toBe(true);
  });
});

describe('the change log', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('begins with the first picture and works changes out after the screen', () => {
    const log = createChangeLog();
    const heard = vi.fn();
    const first = pictureOf(cart(90));
    log.follow(undefined, first, 1_000);
    expect(log.get().opened).toEqual({ at: 1_000, picture: first });
    log.subscribe(heard);
    log.follow(first, pictureOf(cart(80)), 2_000);
    expect(heard).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(log.get().changes).toHaveLength(1);
  });

  it('knows what was heard when it is sealed, what is not worked out yet included', () => {
    const log = createChangeLog();
    log.follow(pictureOf(cart(90)), pictureOf(cart(80)), 1_000);
    expect(log.seal()).toBe(1);
    log.follow(pictureOf(cart(80)), pictureOf(cart(70)), 1_100);
    vi.runAllTimers();
    expect(log.get().heard).toBe(2);
  });
});

describe('marked moments', () => {
  it('are bounded, and one for one picture', () => {
    const picture = pictureOf();
    expect(markMoment(markMoment([], picture, 1), picture, 2)).toHaveLength(1);
    let moments = markMoment([], picture, 0);
    for (let n = 1; n <= KEPT_MOMENTS; n += 1) moments = markMoment(moments, pictureOf(node(`v${n}`)), n);
    expect(moments).toHaveLength(KEPT_MOMENTS);
    expect(moments.map(({ id }) => id)).toEqual(Array.from({ length: KEPT_MOMENTS }, (_, n) => n + 2));
  });
});
