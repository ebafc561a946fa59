import { freshLayout } from './fresh';
import { insertNew } from './insert';
import type { LayoutInput, Positions } from './types';

/**
 * Places every node of `input`. Deterministic: the order of nodes and edges does not matter. What is in `remembered`
 * comes back where it was, to the pixel; new nodes find a free place beside their neighbours. With nothing remembered
 * the whole picture is laid out. Answers positions of the shown nodes only.
 */
export function layoutGraph(input: LayoutInput, remembered: Positions): Positions {
  const known = input.nodes.filter((node) => remembered[node.id]);
  if (known.length === input.nodes.length) {
    return Object.fromEntries(known.flatMap(({ id }) => (remembered[id] ? [[id, remembered[id]]] : [])));
  }
  return known.length === 0 ? freshLayout(input) : insertNew(input, remembered);
}
