import { touches } from './boxes';
import type { Box, LayoutNode, Point, Positions } from './types';
import { GAP } from './types';

/** Width and height by node id. */
export type Sizes = Readonly<Record<string, { width: number; height: number }>>;

/** Space left between a card and one it pushed: enough to tell them apart, less than a layout would leave. */
const CLEARANCE = GAP.card / 2;

interface Standing {
  id: string;
  was: Box;
  now: Box;
  /** It grew or was pushed: only such a card can be the reason why another one moves. */
  changed: boolean;
}

/**
 * Makes room for cards that grew where they stand. `sizes` are those the cards had when `positions` were right. Cards
 * that are overlapped now and were not before go straight down, just far enough, and may push others in turn; a card
 * that grew stays, unless another one that changed presses on it from above. Everything else keeps its place, also
 * where cards overlap because someone put them so. Nodes without a place are left out; a node without a known size
 * has not grown. Deterministic: the order of `nodes` does not matter.
 */
export function makeRoom(nodes: readonly LayoutNode[], positions: Positions, sizes: Sizes): Positions {
  const cards = nodes.flatMap((node) => standingOf(node, positions[node.id], sizes[node.id])).sort(topFirst);
  const due = cards.filter((card) => card.changed);
  for (let card = due.shift(); card; card = due.shift()) {
    for (const other of cards) {
      if (other === card || !touches(card.now, other.now) || touches(card.was, other.was)) continue;
      const [stays, moves] = whoStays(card, other);
      moves.now = { ...moves.now, y: stays.now.y + stays.now.height + CLEARANCE };
      moves.changed = true;
      if (!due.includes(moves)) due.push(moves);
    }
  }
  return Object.fromEntries(cards.map(({ id, was, now }) => [id, placeOf(id, was, now, positions)]));
}

function standingOf(node: LayoutNode, at: Point | undefined, size: Sizes[string] | undefined): Standing[] {
  if (!at) return [];
  const now = { x: at.x, y: at.y, width: node.width, height: node.height };
  const was = { ...now, ...size };
  return [{ id: node.id, was, now, changed: now.width > was.width || now.height > was.height }];
}

/** The upper one stays; an untouched one gives way to one that changed. The order is fixed, so pushing comes to an end. */
function whoStays(a: Standing, b: Standing): [Standing, Standing] {
  if (a.changed !== b.changed) return a.changed ? [a, b] : [b, a];
  return topFirst(a, b) < 0 ? [a, b] : [b, a];
}

function topFirst(a: Standing, b: Standing): number {
  return a.was.y - b.was.y || a.was.x - b.was.x || (a.id < b.id ? -1 : 1);
}

/** The same object where nothing moved: what is drawn compares by identity. */
function placeOf(id: string, was: Box, now: Box, positions: Positions): Point {
  const before = positions[id];
  return before && was.y === now.y ? before : { x: now.x, y: now.y };
}
