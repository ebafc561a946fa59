import { freshLayout } from './fresh';
import { insertNew } from './insert';
import type { LayoutInput, Positions } from './types';

/**
 * Places every node of `input`. Deterministic: the order of nodes and edges does not matter. What is in `remembered`
 * comes back where it was, to the pixel; new nodes find a free place beside their neighbours. With nothing remembered
 * the whole picture is laid out. Answers positions of the shown nodes only.
 */
export function layoutGraph(input: LayoutInput, remembered: Positions): Positions {
  const sorted: LayoutInput = {
    nodes: [...input.nodes].sort((a, b) => compare(a.id, b.id)),
    edges: [...input.edges].sort((a, b) => compare(edgeText(a), edgeText(b))),
  };
  const known = sorted.nodes.filter((node) => remembered[node.id]);
  if (known.length === sorted.nodes.length) {
    return Object.fromEntries(known.flatMap(({ id }) => (remembered[id] ? [[id, remembered[id]]] : [])));
  }
  const fresh = freshLayout(sorted);
  return known.length === 0 ? fresh : insertNew(sorted, remembered, fresh);
}

const edgeText = (edge: LayoutInput['edges'][number]) =>
  `${edge.source} ${edge.target} ${edge.sourceY ?? ''}`;

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
