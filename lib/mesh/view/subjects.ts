/** Whose findings a card tells. */
import type { EntityKey } from '../keys';
import type { TopologyNode } from '../topology';

const NONE: readonly EntityKey[] = [];

/**
 * What a node stands for besides itself: gateway routes are rows of their gateway, whatever that is, and the groups of a
 * node are told by its backends.
 */
export function subjectsOf(node: TopologyNode): readonly EntityKey[] {
  switch (node.kind) {
    case 'gateway':
    case 'unresolved':
    case 'malformed':
      return node.rows?.map(({ key }) => key) ?? NONE;
    case 'node':
      return node.backendGroups.length === 0 ? NONE : node.backendGroups.map(({ key }) => key);
    default:
      return NONE;
  }
}
