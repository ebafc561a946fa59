import type { LayoutEdge, LayoutInput, LayoutNode } from './types';

/** The cards of one namespace and the edges between them, both in a fixed order. */
export interface Group {
  name: string;
  nodes: LayoutNode[];
  edges: LayoutEdge[];
  /** The edges that run from here to cards of other groups, by the groups' names. */
  calls: Map<string, LayoutEdge[]>;
}

/**
 * The graph by namespace, sorted by name: from here on the order in which it was given does not matter. Shelved cards,
 * edges from a card to itself and edges to what is not there are left out.
 */
export function groupsOf({ nodes, edges }: LayoutInput): Group[] {
  const groups = new Map<string, Group>();
  const groupOf = new Map<string, Group>();
  for (const node of nodes) {
    if (node.shelf) continue;
    let group = groups.get(node.group);
    if (!group)
      groups.set(node.group, (group = { name: node.group, nodes: [], edges: [], calls: new Map() }));
    group.nodes.push(node);
    groupOf.set(node.id, group);
  }
  for (const edge of edges) {
    const from = groupOf.get(edge.source);
    const to = groupOf.get(edge.target);
    if (!from || !to || edge.source === edge.target) continue;
    if (from === to) from.edges.push(edge);
    else {
      const calls = from.calls.get(to.name);
      if (calls) calls.push(edge);
      else from.calls.set(to.name, [edge]);
    }
  }
  for (const group of groups.values()) {
    group.nodes.sort((a, b) => compare(a.id, b.id));
    group.edges.sort(
      (a, b) =>
        compare(a.source, b.source) || compare(a.target, b.target) || (a.sourceY ?? 0) - (b.sourceY ?? 0),
    );
  }
  return [...groups.values()].sort((a, b) => compare(a.name, b.name));
}

/** By code unit: the same on every machine. */
export function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
