import { describe, expect, it } from 'vitest';
import { createTranslate } from '@/lib/i18n/translate';
import type { Picture } from '@/lib/client/picture';
import { gatewayKey, gatewayRouteKey, meshKey, nodeKey, routerKey } from '@/lib/mesh/keys';
import type { ObjectChange } from '@/lib/mesh/changes/objects';
import { announcement, createCollector } from './announcement';
import { comparedCards, comparedGhosts, comparisonFile, compareMoments, countObjects } from './comparison';
import { plainText } from './field-text';
import { visibleChanges } from './visible-changes';
import { meshNode } from '../topology/fixtures';

const pictureOf = (...names: string[]): Picture => ({
  // Of the mesh only its name is written into the file.
  mesh: { key: meshKey('shop'), ref: { name: 'shop' } } as Picture['mesh'],
  nodes: new Map(names.map((name) => [nodeKey('shop', name), meshNode('shop', name)])),
  edges: new Map(),
  findings: [],
  groups: new Map(),
  revision: { epoch: 'a', seq: 1 },
});
const [A, B] = [pictureOf('a', 'b'), pictureOf('b', 'c')];
const point = (at: number | undefined, picture: Picture) => ({ at, picture });

const change = (
  key: ObjectChange['key'],
  what: ObjectChange['what'],
  card: ObjectChange['card'] = key,
): ObjectChange => ({ key, what, card, before: undefined, after: undefined, fields: [], writers: [] });

describe('a comparison of two moments', () => {
  it('counts what came, went and changed', () => {
    const { objects } = compareMoments(point(1, A), point(undefined, B));
    expect(countObjects(objects)).toEqual({ added: 1, removed: 1, changed: 0 });
  });

  it('marks a gateway whose route came as changed, and one that came itself as created', () => {
    const [one, two] = [gatewayKey('shop', 'one'), gatewayKey('shop', 'two')];
    const objects = [
      change(gatewayRouteKey('shop', 'x'), 'added', one),
      change(gatewayRouteKey('shop', 'y'), 'added', two),
      change(two, 'added'),
      { ...change(meshKey('shop'), 'changed'), card: undefined },
    ];
    expect([...comparedCards(objects)]).toEqual([
      [one, 'changed'],
      [two, 'added'],
    ]);
  });

  it('draws what went where it stood, unless it is back', () => {
    const comparison = compareMoments(point(5, A), point(9, B));
    expect([...comparedGhosts(comparison, B)]).toMatchObject([['node:shop/a', { goneAt: 5 }]]);
    expect(comparedGhosts(comparison, A).size).toBe(0);
  });

  it('is written with times that others can read', () => {
    const text = comparisonFile(compareMoments(point(0, A), point(undefined, B)), 'prod', 60_000);
    expect(JSON.parse(text)).toMatchObject({
      source: 'prod',
      mesh: 'shop',
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-01-01T00:01:00.000Z',
      counts: { added: 1, removed: 1, changed: 0 },
      objects: [
        { key: 'node:shop/c', what: 'added' },
        { key: 'node:shop/a', what: 'removed' },
      ],
    });
  });
});

describe('the feed that is shown', () => {
  const told = (id: number, kind: 'spec' | 'workload', what: ObjectChange['what'] = 'changed') => ({
    ...change(nodeKey('shop', `v${id}`), what),
    fields: [{ path: 'x', kind, before: 1, after: 2 }],
    id,
    at: id,
  });
  const feed = { changes: [told(3, 'workload'), told(2, 'workload', 'removed'), told(1, 'spec')], heard: 3 };

  it('holds the kinds that were chosen, and all that came or went; what is hidden is counted', () => {
    const { changes, hidden, dropped } = visibleChanges(feed, new Set(['spec']));
    expect([changes.map(({ id }) => id), hidden, dropped]).toEqual([[2, 1], 1, 0]);
  });

  it('ends where a pause began', () => {
    expect(visibleChanges(feed, new Set(['spec', 'workload']), 2).changes.map(({ id }) => id)).toEqual([
      2, 1,
    ]);
  });

  it('says how many fell off', () => {
    expect(visibleChanges({ ...feed, heard: 537 }, new Set(['spec'])).dropped).toBe(37);
  });
});

describe('plain data in one line', () => {
  it.each([
    ['shop/a', 'shop/a'],
    [0, '0'],
    [false, 'false'],
    [{ weight: 5, port: 8080 }, 'weight 5, port 8080'],
    [['a', 'b'], 'a, b'],
    [[], '[]'],
    [[{ on: 'prefix' }], '[{"on":"prefix"}]'],
    [{ a: { b: 1 } }, '{"a":{"b":1}}'],
    [{}, '{}'],
  ])('%j is %s', (content, text) => {
    expect(plainText(content)).toEqual({ text, whole: undefined });
  });
  it.each([[undefined], [null], ['']])('%j is nothing', (content) => {
    expect(plainText(content)).toBeUndefined();
  });
  it('is cut off where it is long, with the whole at hand', () => {
    const long = 'x'.repeat(500);
    expect(plainText(long)?.whole).toBe(long);
    expect(plainText(long)?.text.length).toBeLessThan(200);
  });
});

describe('what is read out', () => {
  const en = { t: createTranslate('en'), locale: 'en' } as const;
  const ko = { t: createTranslate('ko'), locale: 'ko' } as const;
  const changed = ['cart', 'pay', 'web', 'ads', 'mail'].map((name) =>
    change(routerKey('shop', name), 'changed'),
  );

  it('is one sentence for many changes, each object named once', () => {
    expect(announcement([...changed.slice(0, 3), ...changed.slice(0, 1)], en)).toEqual([
      '3 objects changed: cart, pay, and web',
    ]);
    expect(announcement(changed, en)).toEqual(['5 objects changed: cart, pay, web, and 2 others']);
    expect(announcement(changed.slice(0, 2), ko)).toEqual(['객체 2개 변경됨: cart 및 pay']);
  });

  it('tells what came and went apart', () => {
    expect(
      announcement([change(nodeKey('shop', 'x'), 'removed'), change(nodeKey('shop', 'y'), 'added')], en),
    ).toEqual(['1 object created: y', '1 object deleted: x']);
  });

  it('says nothing twice, and nothing of what is merely reported', () => {
    const collector = createCollector(1);
    const of = (id: number, kind: 'spec' | 'status') => ({
      ...change(nodeKey('shop', `v${id}`), 'changed'),
      fields: [{ path: 'x', kind, before: 1, after: 2 }],
      id,
      at: id,
    });
    const feed = { changes: [of(3, 'status'), of(2, 'spec'), of(1, 'spec')], heard: 3 };
    expect(collector.since(feed).map(({ id }) => id)).toEqual([2]);
    expect(collector.since(feed)).toEqual([]);
  });
});
