/** A picture as text tools take it: named things in groups, and what leads where. Texts are ready to be read; the printers escape them. */
import type { EdgeKind, TopologyNode } from '../topology';

export type DiagramKind = TopologyNode['kind'] | 'group';

/** routed, call: what views fold routers and services into. bundle: several edges drawn as one. */
export type DiagramEdgeKind = EdgeKind | 'routed' | 'call' | 'bundle';

export interface DiagramNode {
  /** Unique among the nodes; any text. */
  id: string;
  kind: DiagramKind;
  name: string;
  /** Lines below the name, such as the kind and the host name. */
  lines: readonly string[];
  /** Where a click leads, where the format knows links. */
  url?: string | undefined;
}

export interface DiagramEdge {
  source: string;
  target: string;
  kind: DiagramEdgeKind;
  label?: string | undefined;
  /** 0..1 of the traffic of its route; 0 is drawn as one that carries nothing. */
  share?: number | undefined;
}

export interface Diagram {
  title: string;
  /** What the reader should know: source, time, what is hidden. A line each. */
  notes: readonly string[];
  /** Where the console shows the same. */
  url?: string | undefined;
  nodes: readonly DiagramNode[];
  edges: readonly DiagramEdge[];
  /** The group a node stands in; '' for none. */
  groupOf: (node: DiagramNode) => string;
}

/** One line without control characters and halves of characters, which no format can carry. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu, ' ');
}

/**
 * An identifier of letters, digits and `_` only, and a different one for every text: what is neither letter nor digit is
 * written as its code point between underscores. It starts with `prefix`, so that it is no keyword (`end`, `graph`).
 */
export function identifier(prefix: string, text: string): string {
  const safe = Array.from(text, (char) =>
    /^[A-Za-z0-9]$/.test(char) ? char : `_${(char.codePointAt(0) ?? 0).toString(16)}_`,
  );
  return `${prefix}_${safe.join('')}`;
}

/** The nodes by group, groups in the order of their names; those without a group stand under ''. */
export function byGroup({ nodes, groupOf }: Diagram): [group: string, nodes: DiagramNode[]][] {
  const groups = new Map<string, DiagramNode[]>();
  for (const node of nodes) {
    const group = groupOf(node);
    const known = groups.get(group);
    if (known) known.push(node);
    else groups.set(group, [node]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
