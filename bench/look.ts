/** Figures of how a picture looks. */
import type { LayoutInput, LayoutNode, Positions } from '../lib/layout/types';
import { countLineCrossings } from './crossings';
import type { Line } from './crossings';

/** Where an edge reaches its card, from the card's top. Pixels. */
const INTO = 26;

interface Look {
  /** Pairs of edges that cross, drawn as straight lines from handle to handle. */
  crossings: number;
  /** Those of them where both edges stay within the same namespace. */
  innerCrossings: number;
  /** Width over height. */
  aspect: number;
  /** The part of the picture that cards cover. */
  fillRatio: number;
  /** The part of the edges that end left of where they begin. */
  backwardRatio: number;
}

/** All nodes must have a place. */
export function look({ nodes, edges }: LayoutInput, positions: Positions): Look {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const lines: Line[] = [];
  const inner = new Map<string, Line[]>();
  for (const { source, target, sourceY } of edges) {
    const from = placed(byId.get(source), positions);
    const to = placed(byId.get(target), positions);
    if (!from || !to || source === target) continue;
    const line = {
      from: source,
      to: target,
      x1: from.x + from.width,
      y1: from.y + (sourceY ?? from.height / 2),
      x2: to.x,
      y2: to.y + Math.min(INTO, to.height / 2),
    };
    lines.push(line);
    if (from.group !== to.group) continue;
    const list = inner.get(from.group);
    if (list) list.push(line);
    else inner.set(from.group, [line]);
  }
  const cards = nodes.flatMap((node) => placed(node, positions) ?? []);
  const width = spanOf(cards.map(({ x, width: w }) => [x, x + w]));
  const height = spanOf(cards.map(({ y, height: h }) => [y, y + h]));
  return {
    crossings: countLineCrossings(lines),
    innerCrossings: [...inner.values()].reduce((sum, list) => sum + countLineCrossings(list), 0),
    aspect: width / height,
    fillRatio: cards.reduce((sum, card) => sum + card.width * card.height, 0) / (width * height),
    backwardRatio: lines.filter((line) => line.x2 < line.x1).length / Math.max(1, lines.length),
  };
}

function placed(node: LayoutNode | undefined, positions: Positions) {
  const at = node && positions[node.id];
  return node && at ? { ...node, ...at } : undefined;
}

function spanOf(ranges: readonly (readonly [number, number])[]): number {
  return Math.max(...ranges.map(([, end]) => end)) - Math.min(...ranges.map(([start]) => start));
}
