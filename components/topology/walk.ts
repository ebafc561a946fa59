import type { Positions } from '@/lib/layout/types';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads: right and left follow the edges out of and into the card (the one nearest in height
 * first); up and down go to the next card of the same column. `undefined` where there is nothing.
 */
export function walk(
  from: string,
  direction: Direction,
  edges: readonly { source: string; target: string }[],
  positions: Positions,
): string | undefined {
  const here = positions[from];
  if (!here) return undefined;
  if (direction === 'left' || direction === 'right') {
    const ends = edges.flatMap(({ source, target }) => {
      if (direction === 'right') return source === from ? [target] : [];
      return target === from ? [source] : [];
    });
    return nearest(ends, (at) => Math.abs(at.y - here.y), positions);
  }
  const sign = direction === 'down' ? 1 : -1;
  const column = Object.keys(positions).filter((id) => {
    const at = positions[id];
    return at !== undefined && id !== from && Math.abs(at.x - here.x) < 160 && (at.y - here.y) * sign > 0;
  });
  return nearest(column, (at) => Math.abs(at.y - here.y) + Math.abs(at.x - here.x), positions);
}

function nearest(
  ids: readonly string[],
  distance: (at: { x: number; y: number }) => number,
  positions: Positions,
): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const id of ids) {
    const at = positions[id];
    if (!at) continue;
    const d = distance(at);
    if (d < least || (d === least && best !== undefined && id < best)) {
      least = d;
      best = id;
    }
  }
  return best;
}
