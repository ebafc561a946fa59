import { touches } from './boxes';
import type { Box } from './types';
import { GAP } from './types';

/**
 * How far each of `boxes` must go down so that nothing lies under `opened` or under what went down before it. What did not
 * overlap before and does not now stays (0); x never changes. Boxes that lay on each other already may go on doing so.
 */
export function pushDown(boxes: ReadonlyMap<string, Box>, opened: Box): Map<string, number> {
  const rest = [...boxes].sort(([a, s], [b, t]) => s.y - t.y || s.x - t.x || (a < b ? -1 : 1));
  const shifts = new Map<string, number>();
  const pushing: { was: Box | undefined; now: Box }[] = [{ was: undefined, now: opened }];
  for (const [name, box] of rest) {
    let y = box.y;
    for (let again = true; again;) {
      again = false;
      for (const { was, now } of pushing) {
        const moved = { ...box, y };
        if (!touches(moved, now, GAP.block.row / 2 - 1) || (was && touches(box, was))) continue;
        y = now.y + now.height + GAP.block.row / 2;
        again = true;
      }
    }
    if (y === box.y) continue;
    shifts.set(name, y - box.y);
    pushing.push({ was: box, now: { ...box, y } });
  }
  return shifts;
}
