import type { Item, Ties } from './column';

/** Pairs out of order in a list of numbers, by merging. */
export function inversions(list: number[]): number {
  if (list.length < 2) return 0;
  const middle = list.length >> 1;
  const left = list.slice(0, middle);
  const right = list.slice(middle);
  let count = inversions(left) + inversions(right);
  let l = 0;
  let r = 0;
  for (let at = 0; at < list.length; at += 1) {
    const a = left[l];
    const b = right[r];
    if (a !== undefined && (b === undefined || a <= b)) {
      list[at] = a;
      l += 1;
    } else if (b !== undefined) {
      list[at] = b;
      r += 1;
      count += left.length - l;
    }
  }
  return count;
}

/** Edges that cross between the same two columns. Long edges are compared with edges of the same span only. */
export function countCrossings(columns: readonly (readonly Item[])[], ties: Ties): number {
  const columnOf = new Map(columns.flatMap((column, at) => column.map((item) => [item, at] as const)));
  let crossings = 0;
  for (const column of columns) {
    const spans = new Map<number, { own: number; far: number }[]>();
    for (const item of column) {
      for (const tie of ties.get(item)?.right ?? []) {
        const to = columnOf.get(tie.other);
        if (to === undefined) continue;
        const ends = { own: item.y + tie.own, far: tie.other.y + tie.far };
        const span = spans.get(to);
        if (span) span.push(ends);
        else spans.set(to, [ends]);
      }
    }
    for (const ends of spans.values()) {
      ends.sort((a, b) => a.own - b.own || a.far - b.far);
      crossings += inversions(ends.map((end) => end.far));
    }
  }
  return crossings;
}
