/** Who sends to an entity. */
import type { EntityKey } from './keys';
import type { Topology } from './topology';

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
