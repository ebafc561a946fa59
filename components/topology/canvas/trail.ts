/** Where the way of a request lies in the scene. Pure. */
import type { Hop } from '@/lib/mesh/routing/trail';
import type { Scene } from './scene';

/** Indexes of items and edges. What stands in a collapsed group, or is not shown, has no place. */
export interface SceneTrail {
  items: number[];
  edges: number[];
}

const idOf = (source: string, row: string | undefined, target: string) => `${source}|${row ?? ''}|${target}`;

/** An edge that others are folded into belongs to the way where it leads between two of its ends through nothing but the way. */
export function trailIn(scene: Scene, hops: readonly Hop[]): SceneTrail {
  const passed = new Set<string>(hops.flatMap(({ source, target }) => [source, target]));
  const exact = new Set(hops.map(({ source, row, target }) => idOf(source, row, target)));
  const rows = new Set(hops.map(({ source, row }) => `${source}|${row ?? ''}`));
  const edges = scene.edges.flatMap(({ shown }, at) => {
    const { source, row, target, edge, through } = shown;
    if (edge) return exact.has(idOf(edge.source, edge.row, edge.target)) ? [at] : [];
    const on = rows.has(`${source}|${row ?? ''}`) && passed.has(target);
    return on && through.length > 0 && through.every((key) => passed.has(key)) ? [at] : [];
  });
  const items = [...passed].flatMap((key) => scene.indexOf.get(key) ?? []);
  return { items, edges };
}
