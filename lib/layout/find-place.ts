import { touches } from './boxes';
import { GAP } from './types';
import type { Box, Point } from './types';

/** How many of the boxes nearest to the wish are looked at before the search goes to the edge of the picture. */
const NEAREST = 60;

/**
 * The free place for a box that is nearest to where it wants to be: there, or flush with a side of one of `boxes`. Far
 * from everything there is always room, so there is always an answer.
 */
export function placeBeside(wish: Box, boxes: readonly Box[]): Point {
  const gap = GAP.block;
  const isFree = (at: Point) => {
    const wide = { ...at, width: wish.width + 2 * (gap.column - gap.row), height: wish.height };
    wide.x -= gap.column - gap.row;
    return !boxes.some((box) => touches(wide, box, gap.row - 1));
  };
  const away = (at: Point) => Math.abs(at.x - wish.x) + Math.abs(at.y - wish.y);
  if (isFree(wish)) return { x: Math.round(wish.x), y: Math.round(wish.y) };
  const near = [...boxes].sort((a, b) => away(a) - away(b)).slice(0, NEAREST);
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const places = near.flatMap((box) => {
    const [right, left] = [box.x + box.width + gap.column, box.x - gap.column - wish.width];
    const [below, above] = [box.y + box.height + gap.row, box.y - gap.row - wish.height];
    const beside = [box.y, wish.y].flatMap((y) => [right, left].map((x) => ({ x, y })));
    const along = [box.x, wish.x].flatMap((x) => [below, above].map((y) => ({ x, y })));
    return [...beside, ...along];
  });
  places.sort((a, b) => away(a) - away(b) || a.x - b.x || a.y - b.y);
  const best = places.find(isFree) ?? { x: wish.x, y: bottom + gap.row };
  return { x: Math.round(best.x), y: Math.round(best.y) };
}

const STEP = 24;

/** Shifts to try, the nearest first; sideways counts double, because columns carry meaning. */
const SHIFTS: readonly Point[] = shifts();

function shifts(): Point[] {
  const all: Point[] = [];
  for (let dx = -4; dx <= 4; dx += 1) {
    for (let dy = -60; dy <= 60; dy += 1) all.push({ x: dx * 200, y: dy * STEP });
  }
  const cost = (at: Point) => Math.abs(at.y) + 2 * Math.abs(at.x) + (at.y < 0 || at.x < 0 ? 1 : 0);
  return all.sort((a, b) => cost(a) - cost(b));
}

/** How far from its wish a card is placed at most, sideways and up or down. Pixels. */
export const REACH = { x: 800, y: 60 * STEP } as const;

/**
 * The free place for a card within reach that is nearest to where it wants to be: the first that is `good` as well as
 * `free`, else the first that is free, if any.
 */
export function placeNear(
  wish: Box,
  free: (box: Box) => boolean,
  good: (box: Box) => boolean,
): Point | undefined {
  let second: Point | undefined;
  for (const shift of SHIFTS) {
    const at = { x: Math.round(wish.x + shift.x), y: Math.round(wish.y + shift.y) };
    const box = { ...at, width: wish.width, height: wish.height };
    if (!free(box)) continue;
    if (good(box)) return at;
    second ??= at;
  }
  return second;
}
