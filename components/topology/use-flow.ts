'use client';
import { useMemo } from 'react';
import { groupBoxes } from '@/lib/layout/boxes';
import type { Positions } from '@/lib/layout/types';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import { layoutNodeOf } from './card-size';
import { boxNode, cardNode, flowEdge, hasRow, hasRows, markNode } from './flow-types';
import type { BoxNode, CardNode, FlowNode, LabelPlace, MeshFlowEdge } from './flow-types';
import type { ShownCard, ShownEdge, ShownGraph } from './shown-graph';
import { sameCard } from './shown-store';
import { spokenLabel } from './spoken-label';

const ALONE: LabelPlace = { rank: 0, of: 1 };

/** Labels of edges that leave one row stand below each other, in the order in which their targets stand. */
function labelPlaces(edges: readonly ShownEdge[], positions: Positions): Map<string, LabelPlace> {
  const rows = new Map<string, ShownEdge[]>();
  for (const edge of edges) {
    const row = `${edge.source} ${edge.edge.row ?? ''}`;
    const known = rows.get(row);
    if (known) known.push(edge);
    else rows.set(row, [edge]);
  }
  const places = new Map<string, LabelPlace>();
  for (const row of rows.values()) {
    row.sort((a, b) => (positions[a.target]?.y ?? 0) - (positions[b.target]?.y ?? 0));
    row.forEach(({ id }, rank) => places.set(id, { rank, of: row.length }));
  }
  return places;
}

interface Cache {
  cards: Map<string, { node: CardNode; card: ShownCard; t: Translate }>;
  boxes: Map<string, BoxNode>;
  edges: Map<string, MeshFlowEdge>;
  positions: Positions | undefined;
  nodeList: FlowNode[];
  edgeList: MeshFlowEdge[];
  /** What the edges were last drawn from. */
  course: { nodes: FlowNode[]; selected: string | undefined; ids: string[] } | undefined;
}

/** Flow nodes and edges of the last picture: what stands as it stood keeps its object, so that React Flow skips it. */
const caches = new WeakMap<object, Cache>();

function cacheOf(owner: object): Cache {
  const known = caches.get(owner) ?? {
    cards: new Map(),
    boxes: new Map(),
    edges: new Map(),
    positions: undefined,
    nodeList: [],
    edgeList: [],
    course: undefined,
  };
  caches.set(owner, known);
  return known;
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, n) => id === b[n]);

/** The earlier list where both hold the same objects. */
const steady = <T>(before: T[], now: T[]): T[] =>
  before.length === now.length && before.every((each, n) => each === now[n]) ? before : now;

/** Whether a card takes the same place: what it shows is none of React Flow's business. */
const sameShape = (a: CardNode, b: CardNode): boolean =>
  a.position === b.position &&
  a.width === b.width &&
  a.height === b.height &&
  a.ariaLabel === b.ariaLabel &&
  a.data.selected === b.data.selected &&
  JSON.stringify(a.handles) === JSON.stringify(b.handles);

function sameCourse(a: MeshFlowEdge, b: MeshFlowEdge): boolean {
  if (!a.data || !b.data) return false;
  return (
    a.sourceHandle === b.sourceHandle &&
    a.data.related === b.data.related &&
    a.data.label.rank === b.data.label.rank &&
    a.data.label.of === b.data.label.of
  );
}

function sameBox(a: BoxNode, b: BoxNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.data.cards === b.data.cards
  );
}

/**
 * The shown graph as React Flow's nodes and edges: where things stand. What cards and edges say comes from the shown store.
 * `owner` is any object that lives as long as the screen.
 */
export function useFlow(
  owner: object,
  graph: ShownGraph,
  positions: Positions,
  selected: string | undefined,
): { nodes: FlowNode[]; edges: MeshFlowEdge[] } {
  const { t, locale } = useSpeech();
  const nodes = useMemo(() => {
    const cache = cacheOf(owner);
    const before = cache.cards;
    const next: Cache['cards'] = new Map();
    let moved = cache.positions !== positions || before.size !== graph.cards.length || graph.marks.length > 0;
    const cards = graph.cards.flatMap((card) => {
      const at = positions[card.node.key];
      const known = before.get(card.node.key);
      moved ||= known === undefined;
      if (!at) return [];
      const chosen = card.node.key === selected;
      const unchanged =
        known !== undefined &&
        known.t === t &&
        sameCard(known.card, card) &&
        known.node.data.selected === chosen &&
        known.node.position === at;
      const made = unchanged ? known.node : cardNode(card, at, chosen, spokenLabel(card, t, locale));
      const node = known !== undefined && sameShape(known.node, made) ? known.node : made;
      moved ||= node !== known?.node;
      next.set(card.node.key, { node, card, t });
      return [node];
    });
    cache.cards = next;
    cache.positions = positions;
    // Most changes concern what a card says: then everything stands as it stood.
    if (!moved) return cache.nodeList;
    const marks = graph.marks.flatMap((mark) => {
      const at = positions[mark.id];
      return at ? [markNode(mark, at, t('topology.namespace', { name: mark.namespace }))] : [];
    });
    const layoutNodes = graph.cards.map((card) => layoutNodeOf(card.node));
    const sizes = new Map<string, number>();
    for (const { group } of layoutNodes) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const boxes = [...groupBoxes(layoutNodes, positions)].map(([namespace, box]) => {
      const made = boxNode(namespace, box, sizes.get(namespace) ?? 0);
      const known = cache.boxes.get(namespace);
      return known && sameBox(known, made) ? known : made;
    });
    cache.boxes = new Map(boxes.map((box) => [box.data.namespace, box]));
    return (cache.nodeList = steady(cache.nodeList, [...boxes, ...marks, ...cards]));
  }, [owner, graph, positions, selected, t, locale]);

  const edges = useMemo(() => {
    const cache = cacheOf(owner);
    const before = cache.edges;
    const course = { nodes, selected, ids: graph.edges.map(({ id }) => id) };
    const earlier = cache.course;
    cache.course = course;
    // Where cards and their rows stand as they stood, so do the edges between them.
    if (earlier?.nodes === nodes && earlier.selected === selected && sameIds(earlier.ids, course.ids))
      return cache.edgeList;
    const labels = labelPlaces(graph.edges, positions);
    const byKey = new Map<string, ShownCard>(graph.cards.map((card) => [card.node.key, card]));
    const next = graph.edges.flatMap((shown) => {
      if (!positions[shown.source] || !positions[shown.target]) return [];
      const card = byKey.get(shown.source);
      const rowKnown = hasRow(card, shown.edge.row);
      if (card && hasRows(card) && !rowKnown) return [];
      const touched = shown.source === selected || shown.target === selected;
      const related = selected === undefined ? 'none' : touched ? 'related' : 'unrelated';
      const made = flowEdge(shown, rowKnown, related, labels.get(shown.id) ?? ALONE);
      const known = before.get(shown.id);
      return [known && sameCourse(known, made) ? known : made];
    });
    cache.edges = new Map(next.map((edge) => [edge.id, edge]));
    return (cache.edgeList = steady(cache.edgeList, next));
  }, [owner, graph, nodes, positions, selected]);

  return { nodes, edges };
}
