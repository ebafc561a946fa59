/** Edges as the canvas draws them: by kind, with their shares beside the row they leave from. */
import { getBezierPath, Position } from '@xyflow/react';
import type { Box, Point, Positions } from '@/lib/layout/types';
import { cardSize, COLLAPSED_SIZE, HEAD, rowY } from '../../card-size';
import type { ShownCard } from '../../shown-graph';
import type { DrawnEdge } from '../exportable';
import { shareText } from '../words';
import { label, px } from './ink';
import type { Pen } from './ink';

/** As on the canvas: how far right of its row a label stands, and how far below the one before. */
const LABEL = { x: 60, height: 20 } as const;

export interface Ends {
  from: Point;
  to: Point;
}

/** Where an edge begins and ends; undefined where one of the two has no place. */
export function endsOf(
  edge: DrawnEdge,
  cards: ReadonlyMap<string, ShownCard>,
  positions: Positions,
): Ends | undefined {
  const source = positions[edge.source];
  const target = positions[edge.target];
  if (!source || !target) return undefined;
  const from = cards.get(edge.source);
  const middle = COLLAPSED_SIZE.height / 2;
  return {
    from: {
      x: source.x + (from ? cardSize(from.node).width : COLLAPSED_SIZE.width),
      y: source.y + (from ? rowY(from.node, edge.row) : middle),
    },
    to: { x: target.x, y: target.y + (cards.has(edge.target) ? HEAD / 2 : middle) },
  };
}

/** Whether any of an edge may be seen in `area`: its curve bulges sideways, never above or below its ends. */
export function mayCross({ from, to }: Ends, area: Box): boolean {
  const bulge = Math.max(150, Math.abs(to.x - from.x) / 4);
  return (
    Math.min(from.x, to.x) - bulge < area.x + area.width &&
    Math.max(from.x, to.x) + bulge > area.x &&
    Math.min(from.y, to.y) < area.y + area.height &&
    Math.max(from.y, to.y) > area.y
  );
}

export const edgeClass = ({ kind, weight }: Pick<DrawnEdge, 'kind' | 'weight'>): string =>
  weight === 0 ? 'e-zero' : `e-${kind}`;

export function edgeMarks(edge: DrawnEdge, { from, to }: Ends): string {
  const [path] = getBezierPath({
    sourceX: from.x,
    sourceY: from.y,
    sourcePosition: Position.Right,
    targetX: to.x,
    targetY: to.y,
    targetPosition: Position.Left,
  });
  const rounded = path.replace(/-?\d+\.\d+/g, (figure) => px(Number(figure)));
  const width = edge.share === undefined ? 1.5 : 1.2 + 2 * edge.share;
  return `<path d="${rounded}" class="e ${edgeClass(edge)}" stroke-width="${px(width)}"${edge.dimmed ? ' opacity="0.25"' : ''}/>`;
}

/** Labels of edges that leave one row stand below each other, in the order in which their targets stand. */
export function labelRows(
  edges: readonly { edge: DrawnEdge; ends: Ends }[],
): { edge: DrawnEdge; at: Point }[] {
  const rows = new Map<string, { edge: DrawnEdge; ends: Ends }[]>();
  for (const each of edges) {
    const row = `${each.edge.source} ${each.edge.row ?? ''}`;
    const known = rows.get(row);
    if (known) known.push(each);
    else rows.set(row, [each]);
  }
  return [...rows.values()].flatMap((row) =>
    row
      .sort((a, b) => a.ends.to.y - b.ends.to.y)
      .map(({ edge, ends }, rank) => ({
        edge,
        at: { x: ends.from.x + LABEL.x, y: ends.from.y + (rank - (row.length - 1) / 2) * LABEL.height },
      })),
  );
}

/** The share of an edge in a pill, its middle at `at`. */
export function edgeLabel(edge: DrawnEdge, at: Point, { measure, t }: Pen): string {
  const said = shareText(edge, t);
  if (!said) return '';
  const first = measure(said.share, 'strong');
  const second = said.weight === undefined ? 0 : measure(said.weight, 'small') + 5;
  const width = first + second + 14;
  const left = at.x - width / 2;
  const pill = `<rect x="${px(left)}" y="${px(at.y - 9)}" width="${px(width)}" height="18" rx="9" class="pill"/>`;
  const y = at.y;
  const share = label(said.share, { x: left + 7, y, face: 'strong', colour: 'text' });
  const weight = label(said.weight ?? '', {
    x: left + 7 + first + 5,
    y,
    face: 'small',
    colour: 'text-muted',
  });
  return edge.dimmed ? `<g opacity="0.25">${pill}${share}${weight}</g>` : pill + share + weight;
}
