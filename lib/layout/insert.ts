import { groupBoxes, padded } from './boxes';
import { Occupied } from './occupied';
import type { Box, LayoutInput, LayoutNode, Point, Positions } from './types';
import { GAP } from './types';

const STEP = 24;

/** Shifts to try, the nearest first; sideways counts double, because columns carry meaning. */
const SHIFTS: readonly Point[] = shifts();

function shifts(): Point[] {
  const all: Point[] = [];
  for (let dx = -4; dx <= 4; dx += 1) {
    for (let dy = -60; dy <= 60; dy += 1) all.push({ x: dx * 200, y: dy * STEP });
  }
  const cost = (at: Point) => Math.abs(at.y) + 2 * Math.abs(at.x) + (at.y < 0 || at.x < 0 ? 1 : 0);
  return all.sort((a, b) => cost(a) - cost(b));
}

/**
 * Adds new cards to a picture that stands. `fresh` is what a new layout would look like: a new card takes the place
 * beside its neighbours that it has there, or the nearest free one. What is remembered is not moved.
 */
export function insertNew(input: LayoutInput, remembered: Positions, fresh: Positions): Positions {
  const occupied = new Occupied();
  const placed: Record<string, Point> = {};
  const settledIn = new Map<string, LayoutNode[]>();
  const stand = (node: LayoutNode, at: Point) => {
    placed[node.id] = at;
    occupied.add(node, at);
    const list = settledIn.get(node.group);
    if (list) list.push(node);
    else settledIn.set(node.group, [node]);
  };
  for (const node of input.nodes) {
    const at = remembered[node.id];
    if (at) stand(node, at);
  }
  const waiting = input.nodes.filter((node) => !remembered[node.id]).sort((a, b) => order(fresh, a, b));
  const neighbours = neighboursOf(input);

  for (const node of waiting) {
    if (placed[node.id]) continue;
    if (node.group !== '' && !settledIn.has(node.group)) {
      placeBlock(
        waiting.filter((other) => other.group === node.group),
        node,
      );
      continue;
    }
    const wish = wishFor(node);
    stand(node, freePlace(node, wish));
  }
  return placed;

  function wishFor(node: LayoutNode): Point {
    const own = fresh[node.id] ?? { x: 0, y: 0 };
    const near = (neighbours.get(node.id) ?? []).filter((id) => placed[id]);
    const mates = near.length > 0 ? near : nearestMate(node);
    const first = mates[0];
    if (first === undefined) return own;
    const shiftsSeen = mates.map((id) => shiftOf(id));
    return { x: own.x + median(shiftsSeen.map((s) => s.x)), y: own.y + median(shiftsSeen.map((s) => s.y)) };
  }

  function shiftOf(id: string): Point {
    const now = placed[id] ?? { x: 0, y: 0 };
    const then = fresh[id] ?? now;
    return { x: now.x - then.x, y: now.y - then.y };
  }

  function nearestMate(node: LayoutNode): string[] {
    const own = fresh[node.id] ?? { x: 0, y: 0 };
    let best: string | undefined;
    let least = Infinity;
    for (const { id } of settledIn.get(node.group) ?? []) {
      const there = fresh[id];
      const distance = there ? Math.abs(there.x - own.x) + Math.abs(there.y - own.y) : Infinity;
      if (distance < least) {
        least = distance;
        best = id;
      }
    }
    return best === undefined ? [] : [best];
  }

  function freePlace(node: LayoutNode, wish: Point): Point {
    let second: Point | undefined;
    for (const shift of SHIFTS) {
      const at = { x: Math.round(wish.x + shift.x), y: Math.round(wish.y + shift.y) };
      const box = { ...at, width: node.width, height: node.height };
      if (!occupied.isFree(box)) continue;
      if (occupied.isWithinOwn(node.group, box)) return at;
      second ??= at;
    }
    return second ?? { x: Math.round(wish.x), y: occupied.bottom() + GAP.box };
  }

  /** A namespace nobody has seen yet comes as one block, arranged as a new layout would. */
  function placeBlock(nodes: readonly LayoutNode[], first: LayoutNode): void {
    const around: Box | undefined = groupBoxes(nodes, fresh).get(first.group);
    if (!around) return;
    const inner = padded({ x: 0, y: 0, width: 0, height: 0 });
    const core = { ...around, width: around.width - inner.width, height: around.height - inner.height };
    const mass: LayoutNode = { ...first, width: core.width, height: core.height };
    const wish = { x: around.x - inner.x, y: around.y - inner.y };
    const at = freePlace(mass, wish);
    for (const node of nodes) {
      const there = fresh[node.id] ?? wish;
      stand(node, { x: at.x + there.x - wish.x, y: at.y + there.y - wish.y });
    }
  }
}

function order(fresh: Positions, a: LayoutNode, b: LayoutNode): number {
  const at = fresh[a.id] ?? { x: 0, y: 0 };
  const bt = fresh[b.id] ?? { x: 0, y: 0 };
  return at.x - bt.x || at.y - bt.y || (a.id < b.id ? -1 : 1);
}

function neighboursOf(input: LayoutInput): Map<string, string[]> {
  const groupOf = new Map(input.nodes.map((node) => [node.id, node.group]));
  const near = new Map<string, string[]>();
  const note = (from: string, to: string) => {
    if (groupOf.get(from) !== groupOf.get(to)) return;
    const list = near.get(from);
    if (list) list.push(to);
    else near.set(from, [to]);
  };
  for (const { source, target } of input.edges) {
    note(source, target);
    note(target, source);
  }
  return near;
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
