import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGrid } from './grid';

const length = fc.integer({ min: 0, max: 900 });
const place = fc.integer({ min: -3000, max: 3000 });
const box = fc.record({ x: place, y: place, width: length, height: length });

describe('the grid', () => {
  it('finds what a look at every box finds, for any area', () => {
    fc.assert(
      fc.property(fc.array(box, { maxLength: 40 }), box, (boxes, area) => {
        const touching = boxes.flatMap((each, index) =>
          each.x <= area.x + area.width &&
          area.x <= each.x + each.width &&
          each.y <= area.y + area.height &&
          area.y <= each.y + each.height
            ? [index]
            : [],
        );
        expect(
          createGrid(boxes)
            .within(area)
            .sort((a, b) => a - b),
        ).toEqual(touching);
      }),
    );
  });

  it('finds the box that holds a point', () => {
    const grid = createGrid([
      { x: 0, y: 0, width: 100, height: 50 },
      { x: 600, y: 0, width: 100, height: 50 },
    ]);
    expect(grid.at({ x: 650, y: 25 })).toEqual([1]);
    expect(grid.at({ x: 300, y: 25 })).toEqual([]);
  });
});
