import type { LayoutInput, LayoutNode } from '@/lib/layout/types';
import { UNTOLD, tellings, toldKeys } from '@/lib/client/edge-tellings';
import type { Telling } from '@/lib/client/edge-tellings';
import type { Finding } from '@/lib/mesh/finding';
import type { EntityKey } from '@/lib/mesh/keys';
import type { TopologyEdge, TopologyNode } from '@/lib/mesh/topology';
import type { Viewed, ViewEdge } from '@/lib/mesh/view/spec';
import { subjectsOf } from '@/lib/mesh/view/subjects';
import { cardSize, COLLAPSED_SIZE, layoutNodeOf, namespaceOf, rowY } from './card-size';
import { isCollapsed } from './collapse';

/** What is drawn: cards, marks of collapsed namespaces, and the edges between them. */
export interface ShownGraph {
  cards: ShownCard[];
  marks: NamespaceMark[];
  edges: ShownEdge[];
  /** Entities of the view; drawn as cards; hidden by the search; inside collapsed groups; left out by the view. */
  counts: { total: number; shown: number; filtered: number; folded: number; hidden: number };
  /** Every group, sorted. */
  groups: string[];
  /** See `Viewed`. */
  carried: Viewed['carried'];
}

export interface ShownCard {
  node: TopologyNode;
  /** The group whose box it is drawn in; '' for none. */
  group: string;
  findings: readonly Finding[];
  /** Milliseconds since 1970, for an object that was just deleted. */
  goneAt?: number | undefined;
  /** No edge of the mesh touches it. */
  orphan?: boolean | undefined;
  /** Drawn faintly: the search highlights others. */
  dimmed?: boolean | undefined;
}

export interface NamespaceMark {
  id: string;
  namespace: string;
  /** What is inside. */
  keys: readonly EntityKey[];
  findings: readonly Finding[];
  /** Whether all of its cards are. */
  dimmed: boolean;
}

export interface ShownEdge extends Telling {
  id: string;
  source: string;
  target: string;
  kind: ViewEdge['kind'];
  /** Row of the source it leaves from. */
  row?: string | undefined;
  /** The edge of the mesh it stands for, where it stands for exactly one. */
  edge?: TopologyEdge | undefined;
  /** 0..1; see `ViewEdge`. */
  share?: number | undefined;
  /** See `ViewEdge`. */
  route?: ViewEdge['route'];
  /** Entities folded into it. */
  through: readonly EntityKey[];
  /** More than 1 where edges of collapsed groups are drawn as one. */
  count: number;
  /** Drawn faintly: it leads from or to a card that stands back. */
  dimmed?: boolean | undefined;
}

export interface ShownQuery {
  view: Pick<Viewed, 'nodes' | 'edges' | 'groupOf' | 'orphans' | 'hidden' | 'carried'>;
  findings: readonly Finding[];
  /** Cards of the whole mesh: by it groups start collapsed. */
  cards: number;
  ghosts: ReadonlyMap<EntityKey, { node: TopologyNode; goneAt: number }>;
  /** Whether the search leaves it on screen, and whether it stands back there. Both keep their identity while they answer the same. */
  shows: (node: TopologyNode) => boolean;
  dims: (node: TopologyNode) => boolean;
  /** As in the URL; 'none' where collapsing does not apply (the list). */
  collapsed: readonly string[] | 'none';
}

export const markId = (namespace: string) => `namespace/${namespace}`;

export const NO_FINDINGS: readonly Finding[] = [];

/**
 * Findings by the cards that show them: those of gateway routes and of groups are shown by who tells of these, those of what
 * is folded into edges (`carried`) by the card that tells of it.
 */
export function findingsByCard({
  nodes,
  findings,
  carried,
}: {
  nodes: ReadonlyMap<EntityKey, TopologyNode>;
  findings: readonly Finding[];
  carried?: Viewed['carried'];
}): Map<string, Finding[]> {
  const tellers = new Map<string, string[]>();
  const tells = (card: string, subject: string) => {
    const list = tellers.get(subject);
    if (list) list.push(card);
    else tellers.set(subject, [card]);
  };
  for (const node of nodes.values()) for (const subject of subjectsOf(node)) tells(node.key, subject);
  for (const [card, folded] of carried ?? []) for (const key of folded) tells(card, key);
  const byCard = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const card of tellers.get(finding.subject) ?? [finding.subject]) {
      const list = byCard.get(card);
      if (list) list.push(finding);
      else byCard.set(card, [finding]);
    }
  return byCard;
}

/** Works out what is drawn. Nothing is dropped silently: `counts` says what the search and collapsing hide. */
export function showGraph(query: ShownQuery): ShownGraph {
  const { view, collapsed } = query;
  const findings = findingsByCard({ nodes: view.nodes, findings: query.findings, carried: view.carried });
  const all = new Map<string, ShownCard>();
  for (const [key, { node, goneAt }] of query.ghosts) {
    all.set(key, { node, group: namespaceOf(node), findings: NO_FINDINGS, goneAt });
  }
  for (const [key, node] of view.nodes) {
    const card: ShownCard = { node, group: view.groupOf(key), findings: findings.get(key) ?? NO_FINDINGS };
    if (view.orphans.has(key)) card.orphan = true;
    all.set(key, card);
  }

  const cards: ShownCard[] = [];
  const folded = new Map<string, ShownCard[]>();
  const placeOf = new Map<string, string>();
  for (const [key, card] of all) {
    if (!query.shows(card.node)) continue;
    if (query.dims(card.node)) card.dimmed = true;
    const { group } = card;
    if (collapsed !== 'none' && isCollapsed(group, collapsed, query.cards)) {
      const list = folded.get(group);
      if (list) list.push(card);
      else folded.set(group, [card]);
      placeOf.set(key, markId(group));
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
      keys: list.map(({ node }) => node.key),
      findings: list.flatMap((card) => card.findings),
      dimmed: list.every((card) => card.dimmed === true),
    })),
    edges: shownEdges(view.edges, placeOf, (key) => all.get(key)?.dimmed === true),
    counts: {
      total: all.size,
      shown: cards.length,
      folded: inside,
      filtered: all.size - cards.length - inside,
      hidden: Object.values(view.hidden).reduce((sum, each) => sum + each, 0),
    },
    groups: [...new Set([...all.values()].map((card) => card.group))].filter(Boolean).sort(),
    carried: view.carried,
  };
}

function shownEdges(
  edges: readonly ViewEdge[],
  placeOf: ReadonlyMap<string, string>,
  dimmed: (key: EntityKey) => boolean,
): ShownEdge[] {
  const shown = new Map<string, ShownEdge>();
  const tellers = new Map<string, readonly string[]>();
  for (const viewed of edges) {
    const source = placeOf.get(viewed.source);
    const target = placeOf.get(viewed.target);
    if (source === undefined || target === undefined || source === target) continue;
    const whole = source === viewed.source && target === viewed.target;
    const id = whole ? viewed.key : `${source}|${target}`;
    const known = shown.get(id);
    const faint = dimmed(viewed.source) || dimmed(viewed.target);
    const told = toldKeys(viewed);
    tellers.set(id, known ? [...(tellers.get(id) ?? []), ...told] : told);
    if (known) {
      known.count += 1;
      known.dimmed = known.dimmed === true && faint;
    } else {
      const { kind, row, edge, through } = viewed;
      const share = edge ? edge.share : viewed.share;
      const drawn = { id, source, target, kind, row, edge, share, route: viewed.route, through };
      shown.set(id, { ...drawn, count: 1, dimmed: faint, ...UNTOLD });
    }
  }
  const tellingOf = tellings(tellers);
  return [...shown.values()].map((edge) => ({ ...edge, ...tellingOf(edge.id) }));
}

/** The shown graph as the layout reads it. */
export function layoutInputOf(graph: ShownGraph): LayoutInput {
  const labelled = new Set<string>();
  for (const { kind, source, share } of graph.edges)
    if ((kind === 'routed' || kind === 'call') && share !== undefined) labelled.add(source);
  const nodes: LayoutNode[] = graph.cards.map((card) => ({
    ...layoutNodeOf(card.node),
    group: card.group,
    shelf: card.orphan,
    ...(labelled.has(card.node.key) ? { labelled: true } : {}),
  }));
  for (const mark of graph.marks) {
    nodes.push({ id: mark.id, group: mark.namespace, role: 'service', mark: true, ...COLLAPSED_SIZE });
  }
  const byKey = new Map<string, TopologyNode>(graph.cards.map((card) => [card.node.key, card.node]));
  return {
    nodes,
    edges: graph.edges.map(({ source, target, row }) => {
      const node = byKey.get(source);
      return { source, target, ...(node ? { sourceY: rowY(node, row) } : {}) };
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
