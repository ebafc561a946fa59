import type { Scene } from './scene';

/** What belongs to an item: itself, the items it calls or that call it, and the edges between. Indexes into the scene. */
export interface Neighbourhood {
  items: ReadonlySet<number>;
  edges: readonly number[];
}

/** Beyond so many edges a picture of them says nothing; the nearest are kept. */
const MOST_EDGES = 400;

/** Services and routers only lead from one to the other: what is asked is who answers behind them. */
const leadsOn = (scene: Scene, index: number): boolean => {
  const kind = scene.items[index]?.card?.node.kind;
  return kind === 'service' || kind === 'router';
};

/**
 * Follows the edges of an item both ways, through services and routers, to the nodes and gateways at their ends. The cost
 * is that of the edges followed, at most `MOST_EDGES`, however large the mesh.
 */
export function neighbourhood(scene: Scene, start: number): Neighbourhood {
  const items = new Set([start]);
  const edges: number[] = [];
  const follow = (along: Scene['out'], endOf: 'from' | 'to') => {
    const reached = new Set([start]);
    for (const index of reached) {
      if (index !== start && !leadsOn(scene, index)) continue;
      for (const at of along[index] ?? []) {
        if (edges.length >= MOST_EDGES) return;
        const edge = scene.edges[at];
        if (!edge) continue;
        edges.push(at);
        reached.add(edge[endOf]);
        items.add(edge[endOf]);
      }
    }
  };
  follow(scene.out, 'to');
  follow(scene.into, 'from');
  return { items, edges };
}
