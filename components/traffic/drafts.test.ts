import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Route, Router } from '@/lib/mesh/model';
import { moveDivider, setLocked, setWeight } from '@/lib/mesh/weights';
import { router as makeRouter, weighted } from '../topology/fixtures';
import { readDrafts, slotOf, writeDrafts } from './draft-storage';
import { changed, createDraftStore } from './draft-store';

function make(...weights: number[]): { router: Router; route: Route } {
  const total = weights.reduce((a, b) => a + b, 0);
  const targets = weights.map((weight, i) => weighted('shop', `v${i + 1}`, weight, weight / total));
  const router = makeRouter('shop', 'cart', [{ name: 'all', targets }]);
  const [route] = router.routes;
  if (!route) throw new Error('the fixture has a route');
  return { router, route };
}

function storage(begin: Record<string, string> = {}) {
  const kept = new Map(Object.entries(begin));
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
  };
}
const { router, route } = make(90, 10);
const slot = slotOf({ source: 'kind', mesh: 'shop', router: router.key, route: 'all' });

describe('a draft', () => {
  it('begins from what is live with the first change', () => {
    const draft = changed(undefined, router, route, (now) => setWeight(now, 1, 25));
    expect(draft?.weights).toEqual([75, 25]);
    expect(draft?.base).toMatchObject({ uid: 'uid-cart', resourceVersion: '1' });
  });

  it('is dropped when it comes back to what is live', () => {
    const draft = changed(undefined, router, route, (now) => setWeight(now, 1, 25));
    expect(changed(draft, router, route, (now) => setWeight(now, 1, 10))).toBeUndefined();
  });

  it('is kept for its locks alone', () => {
    expect(changed(undefined, router, route, (now) => setLocked(now, 0, true))?.locked).toEqual([
      true,
      false,
    ]);
  });

  it('keeps its base when live weights move, and takes on the targets of a route that has others', () => {
    const draft = changed(undefined, router, route, (now) => setWeight(now, 1, 25));
    const moved = make(80, 20);
    const after = changed(draft, moved.router, moved.route, (now) => moveDivider(now, 0, 10));
    expect(after?.base.targets.map(({ weight }) => weight)).toEqual([90, 10]);
    expect(after?.weights).toEqual([85, 15]);
    const wider = make(80, 10, 10);
    expect(changed(draft, wider.router, wider.route, (now) => now)?.weights).toEqual([75, 25, 0]);
  });
});

describe('the store of drafts', () => {
  it('survives a reload', () => {
    const kept = storage();
    const draft = changed(undefined, router, route, (now) => setWeight(now, 1, 25));
    createDraftStore(kept).put(slot, draft);
    expect(createDraftStore(kept).all().get(slot)?.weights).toEqual([75, 25]);
  });

  it('tells its listeners of changes only', () => {
    const store = createDraftStore(undefined);
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    store.put(slot, undefined);
    store.put(
      slot,
      changed(undefined, router, route, (now) => setWeight(now, 1, 25)),
    );
    stop();
    store.put(slot, undefined);
    expect(told).toBe(1);
  });

  it('keeps drafts of other routers, meshes and sources apart', () => {
    const place = { source: 'a', mesh: 'b', router: router.key, route: 'c/d' };
    expect(slotOf(place)).not.toBe(slotOf({ ...place, source: 'a","b' }));
  });

  it('leaves out what no draft can be', () => {
    const good = changed(undefined, router, route, (now) => setWeight(now, 1, 25));
    if (!good) throw new Error('a draft was begun');
    const text = writeDrafts(new Map([[slot, good]]));
    expect(readDrafts(text).size).toBe(1);
    for (const broken of ['{"weights":[75,24]', '{"weights":[75.5,24.5]', '{"weights":[100]'])
      expect(
        readDrafts(text.replace('{"base"', `${broken},"base"`).replace('"weights":[75,25],', '')).size,
      ).toBe(0);
    for (const text of ['', 'null', '[1]', '{"a":1}', '{', '{"a":{"base":{"targets":[{}]}}}'])
      expect(readDrafts(text).size).toBe(0);
  });

  it('reads back every draft it wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 6 }), (weights) => {
        const made = make(...weights);
        const draft = changed(undefined, made.router, made.route, (now) =>
          setWeight(setLocked(now, 0, true), 1, 7),
        );
        if (!draft) return;
        const { memory: _, ...kept } = draft;
        expect(readDrafts(writeDrafts(new Map([['s', draft]]))).get('s')).toEqual(kept);
      }),
    );
  });
});
