'use client';
import { useMemo } from 'react';
import { groupBoxes } from '@/lib/layout/boxes';
import type { Positions } from '@/lib/layout/types';
import { useSpeech } from '@/lib/i18n/react';
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
  label: string;
}

/** Flow nodes of the last picture by id: an unchanged card keeps its object, so that React Flow skips it. */
const cache = new WeakMap<object, Map<string, Kept>>();

/** The shown graph as React Flow's nodes and edges. `owner` is any object that lives as long as the screen. */
export function useFlow(
  owner: object,
  graph: ShownGraph,
  positions: Positions,
  selected: string | undefined,
): { nodes: FlowNode[]; edges: MeshFlowEdge[] } {
  const { t, locale } = useSpeech();
  const nodes = useMemo(() => {
    const before = cache.get(owner) ?? new Map<string, Kept>();
    const next = new Map<string, Kept>();
    const cards = graph.cards.flatMap((card) => {
      const at = positions[card.node.key];
      if (!at) return [];
      const label = spokenLabel(card, t, locale);
      const chosen = card.node.key === selected;
      const known = before.get(card.node.key);
      const same =
        known?.source.node === card.node &&
        known.source.goneAt === card.goneAt &&
        known.source.findings.length === card.findings.length &&
        known.source.findings.every((finding, n) => finding === card.findings[n]) &&
        known.node.data.selected === chosen &&
        known.node.position === at &&
        known.label === label;
      const kept = same ? known : { node: cardNode(card, at, chosen, label), source: card, label };
      next.set(card.node.key, kept);
      return [kept.node];
    });
    cache.set(owner, next);
    const marks = graph.marks.flatMap((mark) => {
      const at = positions[mark.id];
      return at ? [markNode(mark, at, t('topology.namespace', { name: mark.namespace }))] : [];
    });
    const layoutNodes = graph.cards.map((card) => layoutNodeOf(card.node));
    const boxes = [...groupBoxes(layoutNodes, positions)].map(([namespace, box]) =>
      boxNode(namespace, box, layoutNodes.filter((node) => node.group === namespace).length),
    );
    return [...boxes, ...marks, ...cards];
  }, [owner, graph, positions, selected, t, locale]);

  const edges = useMemo(() => {
    const labels = labelPlaces(graph.edges, positions);
    const byKey = new Map<string, ShownCard>(graph.cards.map((card) => [card.node.key, card]));
    return graph.edges.flatMap((shown) => {
      if (!positions[shown.source] || !positions[shown.target]) return [];
      const card = byKey.get(shown.source);
      const rowKnown = hasRow(card, shown.edge.row);
      if (card && hasRows(card) && !rowKnown) return [];
      const touched = shown.source === selected || shown.target === selected;
      const related = selected === undefined ? 'none' : touched ? 'related' : 'unrelated';
      return [flowEdge(shown, rowKnown, related, labels.get(shown.id) ?? ALONE)];
    });
  }, [graph, positions, selected]);

  return { nodes, edges };
}
