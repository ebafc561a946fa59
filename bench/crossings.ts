/** Counts which lines of a picture cross. */

/** A straight line between two cards. `from` and `to` name the cards: lines that meet in one card do not cross. */
export interface Line {
  from: string;
  to: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/**
 * The number of pairs of lines that cross, exactly. Lines are taken by their left end; each is compared with those that
 * reach so far right, at heights that both touch. Near-linear for the short lines of a good picture, quadratic at worst.
 */
export function countLineCrossings(lines: readonly Line[]): number {
  const sorted = [...lines].sort((a, b) => Math.min(a.x1, a.x2) - Math.min(b.x1, b.x2));
  const active: Line[] = [];
  let crossings = 0;
  for (const line of sorted) {
    const left = Math.min(line.x1, line.x2);
    const top = Math.min(line.y1, line.y2);
    const bottom = Math.max(line.y1, line.y2);
    let kept = 0;
    for (const other of active) {
      if (Math.max(other.x1, other.x2) < left) continue;
      active[kept] = other;
      kept += 1;
      if (Math.max(other.y1, other.y2) < top || Math.min(other.y1, other.y2) > bottom) continue;
      if (!meet(line, other) && cross(line, other)) crossings += 1;
    }
    active.length = kept;
    active.push(line);
  }
  return crossings;
}

const meet = (a: Line, b: Line) => a.from === b.from || a.to === b.to || a.from === b.to || a.to === b.from;

/** Which side of a line a point is on: above 0, below 0 or 0 on it. */
const side = (line: Line, x: number, y: number) =>
  (line.x2 - line.x1) * (y - line.y1) - (line.y2 - line.y1) * (x - line.x1);

const cross = (a: Line, b: Line) =>
  side(a, b.x1, b.y1) * side(a, b.x2, b.y2) < 0 && side(b, a.x1, a.y1) * side(b, a.x2, a.y2) < 0;
