/** What an export is made from, and the one place that reads it out of what the canvas shows. */
import type { Picture } from '@/lib/client/picture';
import type { Box, Positions } from '@/lib/layout/types';
import type { DiagramEdgeKind } from '@/lib/mesh/export/diagram';
import type { Finding } from '@/lib/mesh/finding';
import type { ShownCard, ShownGraph } from '../shown-graph';

export interface Exportable {
  source: string;
  mesh: string;
  picture: Picture;
  graph: ShownGraph;
  /** Where cards and marks stand; undefined where a list is shown. */
  positions: Positions | undefined;
  /** The part of the canvas that is in the window, in its own pixels. */
  visible: Box | undefined;
}

export interface DrawnMark {
  id: string;
  name: string;
  cards: number;
  findings: readonly Finding[];
  dimmed: boolean;
}

export interface DrawnEdge {
  id: string;
  source: string;
  target: string;
  kind: DiagramEdgeKind;
  /** Row of the source card it leaves from. */
  row: string | undefined;
  /** 0..1 of its route. */
  share: number | undefined;
  /** As written. */
  weight: number | undefined;
  /** How many edges it stands for. */
  count: number;
  dimmed: boolean;
}

export interface Drawing {
  cards: readonly ShownCard[];
  marks: readonly DrawnMark[];
  edges: readonly DrawnEdge[];
  /** The box a card stands in; '' for none. */
  groupOf: (card: ShownCard) => string;
}

/** The shown graph without anything of the canvas. */
export function drawingOf(graph: ShownGraph): Drawing {
  return {
    cards: graph.cards,
    marks: graph.marks.map(({ id, namespace, keys, findings, dimmed }) => ({
      id,
      name: namespace,
      cards: keys.length,
      findings,
      dimmed,
    })),
    edges: graph.edges.map(({ id, source, target, kind, row, edge, share, count, dimmed }) => ({
      id,
      source,
      target,
      kind: count > 1 ? 'bundle' : kind,
      row,
      share: count > 1 ? undefined : share,
      weight: count > 1 ? undefined : edge?.weight,
      count,
      dimmed: dimmed === true,
    })),
    groupOf: (card) => card.group,
  };
}
