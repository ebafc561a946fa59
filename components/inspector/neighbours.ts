import type { Picture } from '@/lib/client/picture';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyEdge } from '@/lib/mesh/topology';
import { footings } from '@/lib/mesh/view/surroundings';

/** What leads to an object and where it leads, each edge once. */
export interface Neighbours {
  callers: TopologyEdge[];
  /** By the row they leave, in the order of the object; `undefined` for edges without a row. */
  targets: Map<string | undefined, TopologyEdge[]>;
  /** The hosts, Services and workloads it stands on, or what stands on it. */
  standing: TopologyEdge[];
}

/** Gathers the neighbours of `of` from what the mesh says, whatever the view shows of it. */
export function neighboursOf({ nodes, edges }: Pick<Picture, 'nodes' | 'edges'>, of: EntityKey): Neighbours {
  const callers: TopologyEdge[] = [];
  const targets: Neighbours['targets'] = new Map();
  for (const edge of edges.values()) {
    if (edge.target === of) callers.push(edge);
    if (edge.source !== of) continue;
    const list = targets.get(edge.row);
    if (list) list.push(edge);
    else targets.set(edge.row, [edge]);
  }
  const own = nodes.get(of);
  const standing = own
    ? footings(own).map(({ edge }) => edge)
    : [...nodes.values()].flatMap((node) =>
        footings(node).flatMap(({ edge }) => (edge.target === of ? [edge] : [])),
      );
  const bySource = (a: TopologyEdge, b: TopologyEdge) =>
    a.source < b.source ? -1 : a.source > b.source ? 1 : 0;
  return { callers: callers.sort(bySource), targets, standing };
}

/** What is known of the use of edges: `unknown` where no source of evidence is connected for any of them. */
export function evidenceOf(edges: readonly TopologyEdge[]): 'unknown' | 'known' {
  return edges.every(({ observed }) => observed === 'unknown') ? 'unknown' : 'known';
}
