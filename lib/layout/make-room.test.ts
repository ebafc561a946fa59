import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { touches } from './boxes';
import { layoutGraph } from './layout-graph';
import { makeRoom } from './make-room';
import type { Sizes } from './make-room';
import type { LayoutNode, Positions } from './types';

const card = (id: string, height: number, width = 300): LayoutNode => ({
  id,
  role: 'router',
  group: 'shop',
  width,
  height,
});
const sizesOf = (nodes: readonly LayoutNode[]): Sizes =>
  Object.fromEntries(nodes.map(({ id, width, height }) => [id, { width, height }]));

const before = [card('a', 122), card('b', 122), card('c', 122), card('far', 122)];
const places: Positions = {
  a: { x: 0, y: 48 },
  b: { x: 0, y: 206 },
  c: { x: 0, y: 364 },
  far: { x: 0, y: 900 },
};
const grown = (id: string, by: number) =>
  before.map((node) => (node.id === id ? { ...node, height: node.height + by } : node));

describe('making room for a card that grew', () => {
  it('pushes the card below just far enough and that one the next, and leaves the rest', () => {
    expect(makeRoom(grown('a', 60), places, sizesOf(before))).toEqual({
      a: { x: 0, y: 48 },
      b: { x: 0, y: 248 },
      c: { x: 0, y: 388 },
      far: { x: 0, y: 900 },
    });
  });

  it('moves nothing when nothing overlaps', () => {
    expect(makeRoom(grown('a', 36), places, sizesOf(before))).toEqual(places);
    expect(makeRoom(grown('c', 300), places, sizesOf(before))).toEqual(places);
    expect(makeRoom(before, places, sizesOf(grown('a', 60)))).toEqual(places);
  });

  it('hands back the same places where nothing moved', () => {
    expect(makeRoom(grown('a', 60), places, sizesOf(before))['far']).toBe(places['far']);
  });

  it('leaves cards on each other that were put so by hand', () => {
    const stacked = { ...places, b: { x: 20, y: 100 } };
    expect(makeRoom(grown('a', 60), stacked, sizesOf(before))).toEqual(stacked);
  });

  it('lets a card that grew wider stay, whatever stands higher beside it', () => {
    const nodes = [card('wide', 100, 400), card('beside', 100)];
    const at = { wide: { x: 0, y: 50 }, beside: { x: 350, y: 0 } };
    expect(makeRoom(nodes, at, { wide: { width: 300, height: 100 } })).toEqual({
      wide: { x: 0, y: 50 },
      beside: { x: 350, y: 168 },
    });
  });

  it('pushes the lower of two that grew', () => {
    const nodes = before.map((node) => ({ ...node, height: node.height + 60 }));
    const at = makeRoom(nodes, places, sizesOf(before));
    expect([at['a']?.y, at['b']?.y, at['c']?.y]).toEqual([48, 248, 448]);
  });

  it('leaves no new overlap, moves cards down only, and does not mind the order', () => {
    const growth = fc.array(
      fc.record({ height: fc.integer({ min: 40, max: 300 }), more: fc.integer({ min: -40, max: 400 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(growth, fc.integer({ min: 0, max: 200 }), (parts, wider) => {
        const small = parts.map(({ height }, n) => card(`n${n}`, height));
        const large = parts.map(({ height, more }, n) => card(`n${n}`, height + more, 300 + (n % 3) * wider));
        const stood = layoutGraph({ nodes: small, edges: [] }, {});
        const at = makeRoom(large, stood, sizesOf(small));
        large.forEach((a, n) => {
          expect(at[a.id]?.x).toBe(stood[a.id]?.x);
          expect(at[a.id]?.y).toBeGreaterThanOrEqual(stood[a.id]?.y ?? NaN);
          for (const b of large.slice(n + 1)) {
            const [here, there] = [at[a.id], at[b.id]];
            expect(here && there && touches({ ...a, ...here }, { ...b, ...there })).toBe(false);
          }
        });
        expect(makeRoom([...large].reverse(), stood, sizesOf(small))).toEqual(at);
      }),
    );
  });
});
