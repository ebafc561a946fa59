/** What lies around entities and between two of them. Each entity is visited once: no path is ever walked twice. */
import type { EntityKey } from '../keys';
import type { ViewEdge } from './spec';

type Links = ReadonlyMap<EntityKey, readonly EntityKey[]>;
type Ends = readonly Pick<ViewEdge, 'source' | 'target'>[];

function link(edges: Ends, from: 'source' | 'target', to: 'source' | 'target'): Links {
  const links = new Map<EntityKey, EntityKey[]>();
  for (const edge of edges) {
    const list = links.get(edge[from]);
    if (list) list.push(edge[to]);
    else links.set(edge[from], [edge[to]]);
  }
  return links;
}

/** How many edges away each entity is from the nearest of `from`, up to `limit`. */
function distances(from: readonly EntityKey[], links: Links, limit = Number.POSITIVE_INFINITY) {
  const found = new Map<EntityKey, number>(from.map((key) => [key, 0]));
  let ring = from;
  for (let hops = 1; ring.length > 0 && hops <= limit; hops += 1) {
    const next: EntityKey[] = [];
    for (const key of ring)
      for (const other of links.get(key) ?? []) {
        if (found.has(other)) continue;
        found.set(other, hops);
        next.push(other);
      }
    ring = next;
  }
  return found;
}

/** Everything at most `up` edges before or `down` edges after one of `centre`, these included. */
export function around(
  centre: readonly EntityKey[],
  edges: Ends,
  { up, down }: { up: number; down: number },
): Set<EntityKey> {
  const after = distances(centre, link(edges, 'source', 'target'), down);
  const before = distances(centre, link(edges, 'target', 'source'), up);
  return new Set([...before.keys(), ...after.keys()]);
}

/** Everything on a shortest way from `from` to `to`; where there is none, from `to` to `from`; else nothing. */
export function between(from: EntityKey, to: EntityKey, edges: Ends): Set<EntityKey> | undefined {
  const forth = link(edges, 'source', 'target');
  const back = link(edges, 'target', 'source');
  for (const [start, goal] of [
    [from, to],
    [to, from],
  ] as const) {
    const since = distances([start], forth);
    const length = since.get(goal);
    if (length === undefined) continue;
    const left = distances([goal], back, length);
    return new Set(
      [...since].flatMap(([key, n]) => (n + (left.get(key) ?? Infinity) === length ? [key] : [])),
    );
  }
  return undefined;
}
