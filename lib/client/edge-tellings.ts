/** What tells the traffic of the edges of a view, which may each stand for several of the mesh. Pure. */
import type { ViewEdge } from '@/lib/mesh/view/spec';
import { callKey, togetherKey } from './telemetry-store';

export interface Telling {
  /** The key under which the store tells what was measured of it. */
  told: string;
  /** What was measured is that of other edges as well: of this one, it is the most that there can be. */
  atMost: boolean;
}

export const UNTOLD: Telling = { told: '', atMost: false };

/** Edges of the mesh that arrive where it does, or all that its two ends said to each other. */
export const toldKeys = ({
  kind,
  source,
  target,
  last,
}: Pick<ViewEdge, 'kind' | 'source' | 'target' | 'last'>): readonly string[] =>
  kind === 'call' ? [callKey(source, target)] : last;

/** How each of some edges is told, by the keys (`toldKeys`) of what it stands for. */
export function tellings(keysOf: ReadonlyMap<string, readonly string[]>): (id: string) => Telling {
  const uses = new Map<string, number>();
  for (const keys of keysOf.values())
    for (const key of new Set(keys)) uses.set(key, (uses.get(key) ?? 0) + 1);
  return (id) => {
    const keys = keysOf.get(id);
    if (keys === undefined) return UNTOLD;
    return { told: togetherKey(keys), atMost: keys.some((key) => (uses.get(key) ?? 0) > 1) };
  };
}
