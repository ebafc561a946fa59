import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inSight, lineOfRow, linesOf, moved, sizeOf } from './grid';

describe('what is in sight', () => {
  it('is drawn, wherever it was scrolled to', () => {
    fc.assert(
      fc.property(
        fc.nat(60_000),
        fc.integer({ min: 1, max: 2_000 }),
        fc.nat(2_000),
        (scroll, size, count) => {
          const { from, to } = inSight(scroll, size, 28, count);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(count);
          const [first, last] = [Math.floor(scroll / 28), Math.ceil((scroll + size) / 28)];
          for (let at = first; at < Math.min(last, count); at += 1) {
            expect(at).toBeGreaterThanOrEqual(from);
            expect(at).toBeLessThan(to);
          }
        },
      ),
    );
  });

  it('stays the same for as long as one scrolls by less than a step', () => {
    expect(inSight(28 * 6, 560, 28, 500)).toEqual(inSight(28 * 6 + 27, 533, 28, 500));
  });
});

const place = (row: number, column: number) => ({ row, column });
const size = { rows: new Array<unknown>(10), columns: new Array<unknown>(5) };

describe('keys', () => {
  it.each([
    ['ArrowRight', false, place(2, 3)],
    ['ArrowLeft', false, place(2, 1)],
    ['ArrowUp', false, place(1, 2)],
    ['ArrowDown', false, place(3, 2)],
    ['PageDown', false, place(9, 2)],
    ['PageUp', false, place(0, 2)],
    ['Home', false, place(2, 0)],
    ['End', false, place(2, 4)],
    ['Home', true, place(0, 0)],
    ['End', true, place(9, 4)],
    ['x', false, undefined],
  ])('%s (Ctrl: %s) leads to %j', (key, ctrlKey, to) => {
    expect(moved(place(2, 2), { key, ctrlKey }, size, 8)).toEqual(to);
  });
});

it('a heading stands before the nodes of each namespace', () => {
  const node = (namespace: string) => ({ ref: { namespace } });
  const matrix = {
    rows: [node('a'), node('a'), node('b')],
    columns: [],
    rowSpans: [
      { namespace: 'a', from: 0, count: 2 },
      { namespace: 'b', from: 2, count: 1 },
    ],
    columnSpans: [],
  } as unknown as Parameters<typeof linesOf>[0]; // nothing else of a node is looked at
  expect(linesOf(matrix).map((line) => (line.kind === 'node' ? line.row : line.namespace))).toEqual([
    'a',
    0,
    1,
    'b',
    2,
  ]);
  expect([0, 1, 2].map((row) => lineOfRow(matrix.rowSpans, row))).toEqual([1, 2, 4]);
});

it('a selection counts its cells, whichever way it was drawn', () => {
  expect(sizeOf({ anchor: place(3, 4), focus: place(1, 2) })).toBe(9);
});
