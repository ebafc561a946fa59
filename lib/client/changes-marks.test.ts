import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { nodeKey } from '@/lib/mesh/keys';
import { createMarkStore, fading } from './changes-marks';

const [A, B] = [nodeKey('shop', 'a'), nodeKey('shop', 'b')];
const MINUTE = 60_000;

describe('a mark', () => {
  it('fades in four steps and is gone after its time, each step at the moment it names', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 5, 15, 60), fc.nat(2 * 60 * MINUTE), (minutes, age) => {
        const fade = fading(0, age, minutes * MINUTE);
        expect(fade === undefined).toBe(age >= minutes * MINUTE);
        if (!fade) return;
        expect(fade.until).toBeGreaterThan(age);
        expect(fading(0, fade.until - 1, minutes * MINUTE)?.level).toBe(fade.level);
        expect(fading(0, fade.until, minutes * MINUTE)?.level).toBe(
          fade.level === 1 ? undefined : fade.level - 1,
        );
      }),
    );
  });
});

describe('the marks of the cards', () => {
  it('tell a card only when its own mark is another one', () => {
    const store = createMarkStore();
    const [ofA, ofB, counted] = [vi.fn(), vi.fn(), vi.fn()];
    store.subscribe(A, ofA);
    store.subscribe(B, ofB);
    store.onCount(counted);
    const touched = new Map([[A, { asked: 0, any: 0 }]]);
    expect(store.show(touched, { minutes: 1, all: false }, 0)).toBe(15_000);
    store.show(touched, { minutes: 1, all: false }, 10_000);
    expect([ofA, ofB, counted].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
    store.show(touched, { minutes: 1, all: false }, 15_000);
    expect(store.get(A)).toEqual({ level: 3, at: 0, compared: undefined });
    expect(store.show(touched, { minutes: 1, all: false }, MINUTE)).toBeUndefined();
    expect(store.get(A)).toBeUndefined();
    expect(store.count()).toBe(0);
  });

  it('are of what was asked for, or of everything', () => {
    const store = createMarkStore();
    const touched = new Map([
      [A, { asked: undefined, any: 0 }],
      [B, { asked: 0, any: 30_000 }],
    ]);
    store.show(touched, { minutes: 1, all: false }, 30_000);
    expect([store.get(A), store.get(B)?.at]).toEqual([undefined, 0]);
    store.show(touched, { minutes: 1, all: true }, 30_000);
    expect([store.get(A)?.at, store.get(B)?.at]).toEqual([0, 30_000]);
    store.show(touched, { minutes: 0, all: true }, 30_000);
    expect(store.count()).toBe(0);
  });

  it('say what a comparison says, beside what changed just now', () => {
    const store = createMarkStore();
    store.show(new Map([[A, { asked: 0, any: 0 }]]), { minutes: 1, all: false }, 0);
    store.compare(new Map([[A, 'changed'], [B, 'removed']])); // prettier-ignore
    expect([store.get(A), store.get(B)]).toEqual([
      { level: 4, at: 0, compared: 'changed' },
      { level: undefined, at: undefined, compared: 'removed' },
    ]);
    expect(store.count()).toBe(1);
    store.compare(new Map());
    expect(store.get(B)).toBeUndefined();
  });
});
