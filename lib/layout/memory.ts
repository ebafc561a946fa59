import { Grid } from './occupied';
import type { Box, LayoutNode, Point, Positions } from './types';

/** Positions kept per mesh: more would be a whole browser store for one console. */
const POSITIONS_MAX = 20_000;

/** The part of Web Storage that is used; may throw (private mode, quota). Undefined where there is none. */
export type PositionStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;

const slot = (source: string, mesh: string) =>
  `meshdeck.positions.${encodeURIComponent(source)}.${encodeURIComponent(mesh)}`;

function isPoint(candidate: unknown): candidate is Point {
  if (typeof candidate !== 'object' || candidate === null) return false;
  if (!('x' in candidate) || !('y' in candidate)) return false;
  return Number.isFinite(candidate.x) && Number.isFinite(candidate.y);
}

/** The places remembered for a mesh; none when the store is closed or holds something else. */
export function readPositions(store: PositionStore, source: string, mesh: string): Positions {
  try {
    const parsed: unknown = JSON.parse(store?.getItem(slot(source, mesh)) ?? '{}');
    if (typeof parsed !== 'object' || parsed === null) return {};
    const positions: Record<string, Point> = {};
    for (const [id, at] of Object.entries(parsed)) if (isPoint(at)) positions[id] = { x: at.x, y: at.y };
    return positions;
  } catch {
    return {};
  }
}

/** Remembers places, the newest last. Answers false when the store refuses; the picture works without. */
export function writePositions(
  store: PositionStore,
  source: string,
  mesh: string,
  positions: Positions,
): boolean {
  if (!store) return false;
  try {
    const kept = Object.entries(positions).slice(-POSITIONS_MAX);
    store.setItem(slot(source, mesh), JSON.stringify(Object.fromEntries(kept)));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a mesh's places, so that the next layout starts from nothing ("tidy up"). */
export function forgetPositions(store: PositionStore, source: string, mesh: string): void {
  try {
    store?.removeItem(slot(source, mesh));
  } catch {
    // A store that cannot be written holds nothing to forget.
  }
}

/**
 * What to hand to the layout: everything in `standing` as it is, and from `memory` the places of returning nodes that
 * are still free. A place that something else took meanwhile is not given back. A namespace of which nothing stands
 * comes back as it was or not at all: half of it would be torn from the rest.
 */
export function recallPositions(
  nodes: readonly LayoutNode[],
  standing: Positions,
  memory: Positions,
): Positions {
  const recalled: Record<string, Point> = {};
  const taken = new Grid<Box>();
  const present = new Set<string>();
  for (const { id, group, width, height } of nodes) {
    const at = standing[id];
    if (!at) continue;
    recalled[id] = at;
    taken.add({ x: at.x, y: at.y, width, height });
    present.add(group);
  }
  const returning = new Map<string, LayoutNode[]>();
  for (const node of nodes) {
    if (recalled[node.id] || !memory[node.id]) continue;
    const party = node.group === '' || present.has(node.group) ? node.id : node.group;
    const known = returning.get(party);
    if (known) known.push(node);
    else returning.set(party, [node]);
  }
  for (const party of returning.values()) {
    const boxes = party.flatMap(({ id, width, height }) => {
      const at = memory[id];
      return at ? [{ id, x: at.x, y: at.y, width, height }] : [];
    });
    if (boxes.some((box) => taken.hits(box, 0))) continue;
    for (const { id, ...box } of boxes) {
      recalled[id] = { x: box.x, y: box.y };
      taken.add(box);
    }
  }
  return recalled;
}
