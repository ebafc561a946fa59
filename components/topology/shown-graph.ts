import type { LayoutInput, LayoutNode } from '@/lib/layout/types';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import type { EdgeKey, TopologyEdge, TopologyNode } from '@/lib/mesh/topology';
import { subjectsOf } from '@/lib/mesh/view/subjects';
import { cardSize, COLLAPSED_SIZE, layoutNodeOf, namespaceOf, rowY } from './card-size';
import { isCollapsed } from './collapse';

/** What is drawn: cards, marks of collapsed namespaces, and the edges between them. */
export interface ShownGraph {
  cards: ShownCard[];
  marks: NamespaceMark[];
  edges: ShownEdge[];
  /** Entities drawn as cards; hidden by the search; inside collapsed namespaces. */
  counts: { total: number; shown: number; filtered: number; folded: number };
  /** Every namespace of the mesh, sorted. */
  namespaces: string[];
}

export interface ShownCard {
  node: TopologyNode;
  findings: readonly Finding[];
  /** Milliseconds since 1970, for an object that was just deleted. */
  goneAt?: number | undefined;
  /** Drawn faintly: the search highlights others. */
  dimmed?: boolean | undefined;
}

export interface NamespaceMark {
  id: string;
  namespace: string;
  cards: number;
  findings: readonly Finding[];
  /** Whether all of its cards are. */
  dimmed: boolean;
}

export interface ShownEdge {
  id: string;
  source: string;
  target: string;
  edge: TopologyEdge;
  /** More than 1 where edges of collapsed namespaces are drawn as one. */
  count: number;
  /** Drawn faintly: it leads from or to a card that stands back. */
  dimmed?: boolean | undefined;
}

export interface ShownQuery {
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  edges: ReadonlyMap<EdgeKey, TopologyEdge>;
  findings: readonly Finding[];
  ghosts: ReadonlyMap<EntityKey, { node: TopologyNode; goneAt: number }>;
  /** Whether the search leaves it on screen, and whether it stands back there. Both keep their identity while they answer the same. */
  shows: (node: TopologyNode) => boolean;
  dims: (node: TopologyNode) => boolean;
  /** As in the URL; 'none' where collapsing does not apply (the list). */
  collapsed: readonly string[] | 'none';
}

export const markId = (namespace: string) => `namespace/${namespace}`;

export const NO_FINDINGS: readonly Finding[] = [];

/** Findings by the cards that show them: those of gateway routes and of groups are shown by who tells of these. */
export function findingsByCard(query: Pick<ShownQuery, 'nodes' | 'findings'>): Map<string, Finding[]> {
  const tellers = new Map<string, string[]>();
  for (const node of query.nodes.values())
    for (const subject of subjectsOf(node)) {
      const list = tellers.get(subject);
      if (list) list.push(node.key);
      else tellers.set(subject, [node.key]);
    }
  const byCard = new Map<string, Finding[]>();
  for (const finding of query.findings)
    for (const card of tellers.get(finding.subject) ?? [finding.subject]) {
      const list = byCard.get(card);
      if (list) list.push(finding);
      else byCard.set(card, [finding]);
    }
  return byCard;
}

/** Works out what is drawn. Nothing is dropped silently: `counts` says what the search and collapsing hide. */
export function showGraph(query: ShownQuery): ShownGraph {
  const findings = findingsByCard(query);
  const all = new Map<string, ShownCard>();
  for (const [key, ghost] of query.ghosts) {
    all.set(key, { node: ghost.node, goneAt: ghost.goneAt, findings: NO_FINDINGS });
  }
  for (const [key, node] of query.nodes) all.set(key, { node, findings: findings.get(key) ?? NO_FINDINGS });

  const cards: ShownCard[] = [];
  const folded = new Map<string, ShownCard[]>();
  const placeOf = new Map<string, string>();
  for (const [key, card] of all) {
    if (!query.shows(card.node)) continue;
    if (query.dims(card.node)) card.dimmed = true;
    const namespace = namespaceOf(card.node);
    if (query.collapsed !== 'none' && isCollapsed(namespace, query.collapsed, query.nodes.size)) {
      const list = folded.get(namespace);
      if (list) list.push(card);
      else folded.set(namespace, [card]);
      placeOf.set(key, markId(namespace));
    } else {
      cards.push(card);
      placeOf.set(key, key);
    }
  }
  const inside = [...folded.values()].reduce((sum, list) => sum + list.length, 0);
  return {
    cards,
    marks: [...folded].map(([namespace, list]) => ({
      id: markId(namespace),
      namespace,
      cards: list.length,
      findings: list.flatMap((card) => card.findings),
      dimmed: list.every((card) => card.dimmed === true),
    })),
    edges: shownEdges(query.edges, placeOf, (key) => all.get(key)?.dimmed === true),
    counts: {
      total: all.size,
      shown: cards.length,
      folded: inside,
      filtered: all.size - cards.length - inside,
    },
    namespaces: [...new Set([...all.values()].map((card) => namespaceOf(card.node)))].filter(Boolean).sort(),
  };
}

function shownEdges(
  edges: ReadonlyMap<EdgeKey, TopologyEdge>,
  placeOf: ReadonlyMap<string, string>,
  dimmed: (key: EntityKey) => boolean,
): ShownEdge[] {
  const shown = new Map<string, ShownEdge>();
  for (const edge of edges.values()) {
    const source = placeOf.get(edge.source);
    const target = placeOf.get(edge.target);
    if (source === undefined || target === undefined || source === target) continue;
    const whole = source === edge.source && target === edge.target;
    const id = whole ? edge.key : `${source}|${target}`;
    const known = shown.get(id);
    const faint = dimmed(edge.source) || dimmed(edge.target);
    if (known) {
      known.count += 1;
      known.dimmed = known.dimmed === true && faint;
    } else shown.set(id, { id, source, target, edge, count: 1, dimmed: faint });
  }
  return [...shown.values()];
}

/** The shown graph as the layout reads it. */
export function layoutInputOf(graph: ShownGraph): LayoutInput {
  const nodes: LayoutNode[] = graph.cards.map((card) => layoutNodeOf(card.node));
  for (const mark of graph.marks) {
    nodes.push({ id: mark.id, group: mark.namespace, role: 'service', mark: true, ...COLLAPSED_SIZE });
  }
  const byKey = new Map<string, TopologyNode>(graph.cards.map((card) => [card.node.key, card.node]));
  return {
    nodes,
    edges: graph.edges.map(({ source, target, edge }) => {
      const node = byKey.get(source);
      return { source, target, ...(node ? { sourceY: rowY(node, edge.row) } : {}) };
    }),
  };
}

/** What the shape of a graph is made of: its cards with their sizes, its marks and its edges. */
export function shapeParts(graph: ShownGraph): string[] {
  return [
    ...graph.cards.map(({ node }) => {
      const { width, height } = cardSize(node);
      return `${node.key} ${width}x${height}`;
    }),
    ...graph.marks.map((mark) => mark.id),
    ...graph.edges.map((edge) => edge.id),
  ];
}

/** Equal for graphs with the same nodes in the same sizes and the same edges: places are looked at only when it changes. */
export function shapeOf(graph: ShownGraph): string {
  return shapeParts(graph).sort().join('\n');
}
