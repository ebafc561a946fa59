/** The difference between two pictures, and its application. */
import { sameContent } from './equal';
import type { Finding } from './finding';
import type { BackendGroup } from './model';
import type { TopologyEdge, TopologyNode } from './topology';

export interface Part<T> {
  /** New or changed entries, whole. */
  upserts: T[];
  /** Keys (findings: ids) of what is no longer there. */
  removed: string[];
}

export interface DeltaParts {
  nodes: Part<TopologyNode>;
  edges: Part<TopologyEdge>;
  findings: Part<Finding>;
  groups: Part<BackendGroup>;
}

export interface Drawn {
  nodes: readonly TopologyNode[];
  edges: readonly TopologyEdge[];
  findings: readonly Finding[];
  groups: readonly BackendGroup[];
}

function differ<T>(before: readonly T[], after: readonly T[], idOf: (entry: T) => string): Part<T> {
  // What stands where it stood is the same in both; only from the first difference on is anything looked up.
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - same && before.at(-1 - end) === after.at(-1 - end))
    end += 1;
  const gone = new Map(before.slice(same, before.length - end).map((entry) => [idOf(entry), entry]));
  const upserts: T[] = [];
  for (const entry of after.slice(same, after.length - end)) {
    const id = idOf(entry);
    if (!sameContent(gone.get(id), entry)) upserts.push(entry);
    gone.delete(id);
  }
  return { upserts, removed: [...gone.keys()] };
}

/** What must be sent to one who holds `before`, so that they hold `after`. The order of entries is not part of it. */
export function diffTopology(before: Drawn, after: Drawn): DeltaParts {
  return {
    nodes: differ(before.nodes, after.nodes, (node) => node.key),
    edges: differ(before.edges, after.edges, (edge) => edge.key),
    findings: differ(before.findings, after.findings, (finding) => finding.id),
    groups: differ(before.groups, after.groups, (group) => group.key),
  };
}

/** Whether nothing would be sent. */
export function isEmptyDelta(parts: DeltaParts): boolean {
  return [parts.nodes, parts.edges, parts.findings, parts.groups].every(
    (part) => part.upserts.length === 0 && part.removed.length === 0,
  );
}
