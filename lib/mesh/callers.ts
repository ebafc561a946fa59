/** Who sends to an entity. */
import type { EntityKey } from './keys';
import type { Topology } from './topology';

/** Keys that send to `key` one step up: for a router its services, for a service its gateways and the nodes that list it. Sorted. */
export function callersOf({ edges }: Pick<Topology, 'edges'>, key: EntityKey): EntityKey[] {
  return [...new Set(edges.filter((edge) => edge.target === key).map((edge) => edge.source))].sort();
}

/** Everyone upstream of `key`, at any distance. Sorted, without `key` itself. */
export function upstreamOf({ edges }: Pick<Topology, 'edges'>, key: EntityKey): EntityKey[] {
  const sources = new Map<EntityKey, EntityKey[]>();
  for (const { source, target } of edges) {
    const list = sources.get(target);
    if (list) list.push(source);
    else sources.set(target, [source]);
  }
  const found = new Set<EntityKey>();
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const source of sources.get(next) ?? []) {
      if (found.has(source)) continue;
      found.add(source);
      open.push(source);
    }
  found.delete(key);
  return [...found].sort();
}
