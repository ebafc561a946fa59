/** Who may reach a service, and what a node may reach: directly, and over the nodes in between. */
import type { EntityKey } from '../keys';
import { behind } from './impact';
import { grantsOf, isAllowed, permission, ruleOf } from './whitelist';
import type { Whitelist } from './whitelist';

/** How something is reached: by so many calls, the last of them from `by`. */
export interface Reached {
  hops: number;
  by: EntityKey;
}

/** Services a node may call itself. */
export function servicesOf(list: Whitelist, node: EntityKey): EntityKey[] {
  const entity = list.nodes.get(node);
  if (entity === undefined) return [];
  return ruleOf(entity, list.egress) === 'everything'
    ? [...list.services.keys()]
    : [...grantsOf(entity).keys()];
}

/** Nodes that may call a service themselves. */
export function callersOf(list: Whitelist, service: EntityKey): EntityKey[] {
  return [...list.nodes.values()]
    .filter((node) => isAllowed(permission(node, service, list.egress)))
    .map(({ key }) => key);
}

/** Every service a node may reach, over whatever nodes answer in between; each by the shortest way. */
export function reachOf(list: Whitelist, start: EntityKey): ReadonlyMap<EntityKey, Reached> {
  const found = new Map<EntityKey, Reached>();
  const visited = new Set<EntityKey>([start]);
  let open: EntityKey[] = [start];
  for (let hops = 1; open.length > 0; hops += 1) {
    const next: EntityKey[] = [];
    for (const node of open)
      for (const service of servicesOf(list, node)) {
        if (found.has(service)) continue;
        found.set(service, { hops, by: node });
        const entity = list.services.get(service);
        for (const { key } of entity === undefined ? [] : behind(entity, list))
          if (!visited.has(key)) {
            visited.add(key);
            next.push(key);
          }
      }
    open = next;
  }
  return found;
}

/** Every node from which a service may be reached; each by the shortest way. `by` is the service it calls first. */
export function reachersOf(list: Whitelist, target: EntityKey): ReadonlyMap<EntityKey, Reached> {
  const byService = new Map<EntityKey, EntityKey[]>();
  const everywhere: EntityKey[] = [];
  const answersFor = new Map<EntityKey, EntityKey[]>();
  const add = (map: Map<EntityKey, EntityKey[]>, key: EntityKey, each: EntityKey) => {
    const known = map.get(key);
    if (known === undefined) map.set(key, [each]);
    else known.push(each);
  };
  for (const node of list.nodes.values())
    if (ruleOf(node, list.egress) === 'everything') everywhere.push(node.key);
    else for (const service of grantsOf(node).keys()) add(byService, service, node.key);
  for (const service of list.services.values())
    for (const { key } of behind(service, list)) add(answersFor, key, service.key);
  const found = new Map<EntityKey, Reached>();
  const visited = new Set<EntityKey>([target]);
  let open: EntityKey[] = [target];
  for (let hops = 1; open.length > 0; hops += 1) {
    const next: EntityKey[] = [];
    for (const service of open)
      for (const node of [...(byService.get(service) ?? []), ...everywhere]) {
        if (found.has(node)) continue;
        found.set(node, { hops, by: service });
        for (const each of answersFor.get(node) ?? [])
          if (!visited.has(each)) {
            visited.add(each);
            next.push(each);
          }
      }
    open = next;
  }
  return found;
}
