import { arrangeBlock } from './block';
import { rankNodes } from './rank';
import { BOX_PADDING, GAP } from './types';
import type { LayoutInput, LayoutNode, Point, Positions } from './types';

/** Width over height of the whole picture that the breaking of long columns aims at. */
const ASPECT = 1.5;

/**
 * A layout from nothing: columns by role and rank are shared by the whole mesh, so that calls run to the right
 * everywhere; each namespace is a block within its columns, and blocks are let down one after the other onto what
 * stands already.
 */
export function freshLayout(input: LayoutInput): Positions {
  const ranks = rankNodes(input);
  const groups = new Map<string, LayoutNode[]>();
  for (const node of input.nodes) {
    const group = groups.get(node.group);
    if (group) group.push(node);
    else groups.set(node.group, [node]);
  }
  const groupOf = new Map(input.nodes.map((node) => [node.id, node.group]));
  const heightMax = columnHeight(input.nodes);
  const inner = new Map<string, LayoutInput['edges'][number][]>();
  for (const edge of input.edges) {
    const group = groupOf.get(edge.source);
    if (group === undefined || group !== groupOf.get(edge.target)) continue;
    const list = inner.get(group);
    if (list) list.push(edge);
    else inner.set(group, [edge]);
  }
  const blocks = [...groups]
    .map(([group, nodes]) => {
      const own = nodes.map((node) => ranks.get(node.id) ?? 0);
      return {
        group,
        block: arrangeBlock(nodes, inner.get(group) ?? [], ranks, heightMax),
        first: Math.min(...own),
        last: Math.max(...own),
        mean: own.reduce((sum, rank) => sum + rank, 0) / own.length,
      };
    })
    .sort((a, b) => a.first - b.first || a.mean - b.mean || (a.group < b.group ? -1 : 1));

  const lefts = columnLefts(blocks.flatMap(({ block }) => block.placed));
  const skyline = new Map<number, number>();
  const positions: Record<string, Point> = {};
  for (const { block, first, last } of blocks) {
    let top = 0;
    for (let rank = first; rank <= last; rank += 1) top = Math.max(top, skyline.get(rank) ?? 0);
    for (const { node, rank, column, y } of block.placed) {
      positions[node.id] = { x: lefts(rank, column), y: top + BOX_PADDING.top + y };
    }
    const bottom = top + BOX_PADDING.top + block.height + BOX_PADDING.bottom + GAP.box;
    for (let rank = first; rank <= last; rank += 1) skyline.set(rank, bottom);
  }
  return positions;
}

function columnHeight(nodes: readonly LayoutNode[]): number {
  const area = nodes.reduce((sum, node) => sum + (node.width + GAP.subColumn) * (node.height + GAP.card), 0);
  return Math.max(1400, Math.sqrt(area / ASPECT));
}

/** The left edge of every column: as wide as its widest card, sub-columns beside each other. */
function columnLefts(
  placed: readonly { node: LayoutNode; rank: number; column: number }[],
): (rank: number, column: number) => number {
  const widths = new Map<number, { width: number; columns: number }>();
  for (const { node, rank, column } of placed) {
    const known = widths.get(rank) ?? { width: 0, columns: 0 };
    widths.set(rank, {
      width: Math.max(known.width, node.width),
      columns: Math.max(known.columns, column + 1),
    });
  }
  const lefts = new Map<number, number>();
  let x = 0;
  for (const rank of [...widths.keys()].sort((a, b) => a - b)) {
    lefts.set(rank, x);
    const { width, columns } = widths.get(rank) ?? { width: 0, columns: 1 };
    x += columns * width + (columns - 1) * GAP.subColumn + (rank % 3 === 2 ? GAP.afterRouter : GAP.column);
  }
  return (rank, column) => (lefts.get(rank) ?? 0) + column * ((widths.get(rank)?.width ?? 0) + GAP.subColumn);
}
