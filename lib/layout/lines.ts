import type { Columns } from './columns';
import type { Link, Unit } from './unit';

/** A straight line of a block as it would be drawn now. `from` and `to` are the same for a line within a unit. */
export interface Line {
  from: Unit;
  to: Unit;
  link: Link | undefined;
  weight: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  /** The higher and the lower end. */
  top: number;
  bottom: number;
}

/** The lines of a block and, by unit, those that move with it. */
export interface Lines {
  all: readonly Line[];
  of: ReadonlyMap<Unit, readonly Line[]>;
}

/** All lines between the units, and one through each unit that has more than one column. Their heights are not set yet. */
export function linesOf(units: readonly Unit[], columns: Columns): Lines {
  const all: Line[] = [];
  const of = new Map<Unit, Line[]>(units.map((unit) => [unit, []]));
  for (const unit of units) {
    for (const link of unit.out) {
      const x1 = columns.right(unit.tier, link.fromColumn);
      const x2 = columns.left(link.to.tier, link.toColumn);
      const line = {
        from: unit,
        to: link.to,
        link,
        weight: link.weight,
        x1,
        y1: 0,
        x2,
        y2: 0,
        top: 0,
        bottom: 0,
      };
      all.push(line);
      of.get(unit)?.push(line);
      of.get(link.to)?.push(line);
    }
    const from = Math.min(...unit.cards.map((card) => card.column));
    const to = Math.max(...unit.cards.map((card) => card.column));
    if (from === to) continue;
    const x1 = columns.right(unit.tier, from);
    const x2 = columns.left(unit.tier, to);
    const line = {
      from: unit,
      to: unit,
      link: undefined,
      weight: 1,
      x1,
      y1: 0,
      x2,
      y2: 0,
      top: 0,
      bottom: 0,
    };
    all.push(line);
    of.get(unit)?.push(line);
  }
  return { all, of };
}

/** Sets a line's heights by where its units stand. */
export function level(line: Line): void {
  const { from, to, link } = line;
  line.y1 = from.y + (link ? link.fromY : from.height / 2);
  line.y2 = to.y + (link ? link.toY : to.height / 2);
  line.top = Math.min(line.y1, line.y2);
  line.bottom = Math.max(line.y1, line.y2);
}

/** Whether two lines cross; lines that meet in a unit do not. */
export function cross(a: Line, b: Line): boolean {
  if (a.top >= b.bottom || b.top >= a.bottom) return false;
  if (a.from === b.from || a.to === b.to || a.from === b.to || a.to === b.from) return false;
  const ax = a.x2 - a.x1;
  const ay = a.y2 - a.y1;
  if ((ax * (b.y1 - a.y1) - ay * (b.x1 - a.x1)) * (ax * (b.y2 - a.y1) - ay * (b.x2 - a.x1)) >= 0)
    return false;
  const bx = b.x2 - b.x1;
  const by = b.y2 - b.y1;
  return (bx * (a.y1 - b.y1) - by * (a.x1 - b.x1)) * (bx * (a.y2 - b.y1) - by * (a.x2 - b.x1)) < 0;
}

/** The weight of all crossings of a block. */
export function crossings({ all }: Lines): number {
  let sum = 0;
  for (let i = 0; i < all.length; i += 1) {
    const a = all[i];
    if (!a) continue;
    for (let j = i + 1; j < all.length; j += 1) {
      const b = all[j];
      if (b && cross(a, b)) sum += a.weight * b.weight;
    }
  }
  return sum;
}
