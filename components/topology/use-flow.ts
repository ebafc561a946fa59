'use client';
import { useMemo } from 'react';
import { groupBoxes } from '@/lib/layout/boxes';
import type { Positions } from '@/lib/layout/types';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import { layoutNodeOf } from './card-size';
import { boxNode, cardNode, flowEdge, hasRow, hasRows, markNode } from './flow-types';
import type { CardNode, FlowNode, LabelPlace, MeshFlowEdge } from './flow-types';
import type { ShownCard, ShownEdge, ShownGraph } from './shown-graph';
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

interface Kept {
  node: CardNode;
  source: ShownCard;
  t: Translate;
}

interface Cache {
  cards: Map<string, Kept>;
  edges: Map<string, MeshFlowEdge>;
}

/** Flow nodes and edges of the last picture by id: what did not change keeps its object, so that React Flow skips it. */
const caches = new WeakMap<object, Cache>();

function cacheOf(owner: object): Cache {
  const known = caches.get(owner) ?? { cards: new Map(), edges: new Map() };
  caches.set(owner, known);
  return known;
}

const sameCard = (a: ShownCard, b: ShownCard): boolean =>
  a.node === b.node &&
  a.goneAt === b.goneAt &&
  a.findings.length === b.findings.length &&
  a.findings.every((finding, n) => finding === b.findings[n]);

function sameEdge(a: MeshFlowEdge, b: MeshFlowEdge): boolean {
  if (!a.data || !b.data) return false;
  return (
    a.sourceHandle === b.sourceHandle &&
    a.data.related === b.data.related &&
    a.data.label.rank === b.data.label.rank &&
    a.data.label.of === b.data.label.of &&
    a.data.shown.edge === b.data.shown.edge &&
    a.data.shown.count === b.data.shown.count
  );
}

/** The shown graph as React Flow's nodes and edges. `owner` is any object that lives as long as the screen. */
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
    const next = new Map<string, Kept>();
    const cards = graph.cards.flatMap((card) => {
      const at = positions[card.node.key];
      if (!at) return [];
      const chosen = card.node.key === selected;
      const known = before.get(card.node.key);
      const same =
        known !== undefined &&
        known.t === t &&
        sameCard(known.source, card) &&
        known.node.data.selected === chosen &&
        known.node.position === at;
      const kept = same
        ? known
        : { node: cardNode(card, at, chosen, spokenLabel(card, t, locale)), source: card, t };
      next.set(card.node.key, kept);
      return [kept.node];
    });
    cache.cards = next;
    const marks = graph.marks.flatMap((mark) => {
      const at = positions[mark.id];
      return at ? [markNode(mark, at, t('topology.namespace', { name: mark.namespace }))] : [];
    });
    const layoutNodes = graph.cards.map((card) => layoutNodeOf(card.node));
    const sizes = new Map<string, number>();
    for (const { group } of layoutNodes) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const boxes = [...groupBoxes(layoutNodes, positions)].map(([namespace, box]) =>
      boxNode(namespace, box, sizes.get(namespace) ?? 0),
    );
    return [...boxes, ...marks, ...cards];
  }, [owner, graph, positions, selected, t, locale]);

  const edges = useMemo(() => {
    const cache = cacheOf(owner);
    const before = cache.edges;
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
      return [known && sameEdge(known, made) ? known : made];
    });
    cache.edges = new Map(next.map((edge) => [edge.id, edge]));
    return next;
  }, [owner, graph, positions, selected]);

  return { nodes, edges };
}
