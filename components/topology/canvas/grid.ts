import type { Box, Point } from '@/lib/layout/types';

/** Side of a cell in canvas pixels: about two cards. */
const CELL = 512;

/** Boxes by place, so that a question about a part of the canvas costs what is in that part. */
export interface Grid {
  /** Indexes of the boxes that touch an area, each once, in no particular order. */
  within(area: Box): number[];
  /** Indexes of the boxes that hold a point. */
  at(point: Point): number[];
}

const overlaps = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;

/** A grid over boxes; an index is the place of a box in the list. */
export function createGrid(boxes: readonly Box[]): Grid {
  const cells = new Map<string, number[]>();
  const span = (from: number, length: number): [number, number] => [
    Math.floor(from / CELL),
    Math.floor((from + length) / CELL),
  ];
  boxes.forEach((box, index) => {
    const [left, right] = span(box.x, box.width);
    const [top, bottom] = span(box.y, box.height);
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const cell = cells.get(`${column} ${row}`);
        if (cell) cell.push(index);
        else cells.set(`${column} ${row}`, [index]);
      }
    }
  });
  const within = (area: Box): number[] => {
    const [left, right] = span(area.x, area.width);
    const [top, bottom] = span(area.y, area.height);
    const touches = (index: number) => {
      const box = boxes[index];
      return box !== undefined && overlaps(box, area);
    };
    // Zoomed far out there are more cells than boxes.
    if ((right - left + 1) * (bottom - top + 1) > cells.size)
      return boxes.map((_, index) => index).filter(touches);
    const found = new Set<number>();
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        for (const index of cells.get(`${column} ${row}`) ?? []) if (touches(index)) found.add(index);
      }
    }
    return [...found];
  };
  return { within, at: ({ x, y }) => within({ x, y, width: 0, height: 0 }) };
}
