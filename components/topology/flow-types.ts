import type { Edge, Node } from '@xyflow/react';
import { Position } from '@xyflow/react';
import type { Box, Point } from '@/lib/layout/types';
import { COLLAPSED_SIZE, cardSize, HEAD, rowY } from './card-size';
import type { NamespaceMark, ShownCard, ShownEdge } from './shown-graph';

export type CardNode = Node<{ card: ShownCard; selected: boolean }, 'card'>;
export type MarkNode = Node<{ mark: NamespaceMark }, 'mark'>;
export type BoxNode = Node<{ namespace: string; cards: number }, 'box'>;
export type FlowNode = CardNode | MarkNode | BoxNode;
/** Where the label of an edge stands among those that leave the same row: its place from above, and how many there are. */
export interface LabelPlace {
  rank: number;
  of: number;
}
export interface MeshEdgeContent extends Record<string, unknown> {
  shown: ShownEdge;
  related: 'none' | 'related' | 'unrelated';
  label: LabelPlace;
}
export type MeshFlowEdge = Edge<MeshEdgeContent, 'mesh'>;

const HANDLE = { width: 1, height: 1 };

function rowsOf({ node }: ShownCard): string[] {
  if (node.kind === 'gateway') return node.rows.map((row) => row.key);
  if (node.kind === 'router') return node.routes.map((route) => route.name);
  return [];
}

/** Everything about a card's place is given, the ends of its edges with it: React Flow measures nothing. */
export function cardNode(card: ShownCard, at: Point, selected: boolean, label: string): CardNode {
  const size = cardSize(card.node);
  const rows = rowsOf(card);
  return {
    id: card.node.key,
    type: 'card',
    position: at,
    ...size,
    measured: size,
    handles: [
      { id: 'in', type: 'target', position: Position.Left, x: 0, y: HEAD / 2, ...HANDLE },
      ...[undefined, ...rows].map((row) => ({
        id: row === undefined ? 'out' : `row:${row}`,
        type: 'source' as const,
        position: Position.Right,
        x: size.width,
        y: rowY(card.node, row),
        ...HANDLE,
      })),
    ],
    ariaLabel: label,
    zIndex: selected ? 3 : 2,
    data: { card, selected },
  };
}

export function markNode(mark: NamespaceMark, at: Point, label: string): MarkNode {
  const { width, height } = COLLAPSED_SIZE;
  return {
    id: mark.id,
    type: 'mark',
    position: at,
    width,
    height,
    measured: COLLAPSED_SIZE,
    handles: [
      { id: 'in', type: 'target', position: Position.Left, x: 0, y: height / 2, ...HANDLE },
      { id: 'out', type: 'source', position: Position.Right, x: width, y: height / 2, ...HANDLE },
    ],
    ariaLabel: label,
    zIndex: 2,
    data: { mark },
  };
}

/** The border behind the cards of a namespace. Not an object of its own: it cannot be dragged or walked to. */
export function boxNode(namespace: string, box: Box, cards: number): BoxNode {
  const size = { width: box.width, height: box.height };
  return {
    id: `box/${namespace}`,
    type: 'box',
    position: { x: box.x, y: box.y },
    ...size,
    measured: size,
    draggable: false,
    focusable: false,
    zIndex: 0,
    data: { namespace, cards },
  };
}

export function flowEdge(
  shown: ShownEdge,
  rowsKnown: boolean,
  related: MeshEdgeContent['related'],
  label: LabelPlace,
): MeshFlowEdge {
  const { row } = shown;
  return {
    id: shown.id,
    type: 'mesh',
    // Neighbours are read out by the inspector and the list; a hundred unnamed lines would drown the cards.
    domAttributes: { 'aria-hidden': true },
    source: shown.source,
    target: shown.target,
    sourceHandle: rowsKnown && row !== undefined ? `row:${row}` : 'out',
    targetHandle: 'in',
    focusable: false,
    zIndex: 1,
    data: { shown, related, label },
  };
}

/** Whether the card has a handle for the edge's row (a mark has none, a row may just have gone). */
export function hasRow(card: ShownCard | undefined, row: string | undefined): boolean {
  return card !== undefined && row !== undefined && rowsOf(card).includes(row);
}
