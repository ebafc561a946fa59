import type { TopologyNode } from '@/lib/mesh/topology';

/** The keys of the labels that objects carry, with how many carry each: the most used first. */
export function labelKeys(nodes: Iterable<TopologyNode>): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const node of nodes)
    if ('labels' in node)
      for (const key of Object.keys(node.labels)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}
