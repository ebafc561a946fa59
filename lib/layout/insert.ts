import { arrangeBlock } from './block';
import type { Block } from './block';
import { padded } from './boxes';
import { placeBeside, placeNear, REACH } from './find-place';
import { compare, groupsOf } from './groups';
import type { Group } from './groups';
import { Occupied } from './occupied';
import { pushDown } from './push-down';
import { shelve } from './shelf';
import type { Box, LayoutInput, LayoutNode, Point, Positions } from './types';
import { GAP } from './types';

/**
 * Adds new cards to a picture that stands. What is remembered is not moved, but for what lies under a namespace that was
 * opened or folded where it stood: that goes down (docs/decisions/0007). A new card stands beside its neighbours; a
 * namespace nobody has seen yet comes as one block beside those it calls. Takes time by the number of new cards, not by
 * the size of the picture.
 */
export function insertNew(input: LayoutInput, remembered: Positions): Positions {
  const placed: Record<string, Point> = {};
  const fresh: LayoutNode[] = [];
  for (const node of input.nodes) {
    const at = remembered[node.id];
    if (at) placed[node.id] = at;
    else fresh.push(node);
  }
  const touched = new Set(fresh.filter((node) => !node.shelf).map((node) => node.group));
  const members = input.nodes.filter((node) => touched.has(node.group));
  const groups = groupsOf({ nodes: members, edges: input.edges });

  const changed = groups.filter((group) => input.corners?.[group.name] && isNew(group, placed));
  for (const group of changed) openAt(group, input, placed);
  const occupied = new Occupied();
  for (const node of input.nodes) {
    const at = placed[node.id];
    if (at) occupied.add(node, at);
  }
  for (const group of groups) {
    if (changed.includes(group)) continue;
    if (isNew(group, placed)) addBlock(group, input, placed, occupied);
    else addCards(group, placed, occupied);
  }
  const shelf = input.nodes.filter((node) => node.shelf);
  if (shelf.length > 0) shelve(shelf, placed, occupied);
  return placed;
}

const isNew = (group: Group, placed: Positions): boolean => group.nodes.every(({ id }) => !placed[id]);

/** The border's inset of a group's block: marks and cards without a namespace have none. */
function insetOf(group: Group): { x: number; top: number; width: number; height: number } {
  const bare = group.name === '' || group.nodes.every((node) => node.mark);
  const { x, y, width, height } = padded({ x: 0, y: 0, width: 0, height: 0 });
  return bare ? { x: 0, top: 0, width: 0, height: 0 } : { x: -x, top: -y, width, height };
}

function putBlock(block: Block, corner: Point, placed: Record<string, Point>): void {
  for (const { node, x, y } of block.placed) placed[node.id] = { x: corner.x + x, y: corner.y + y };
}

/** Puts a namespace where it stood in another form; what it would cover goes straight down, whole namespaces together. */
function openAt(group: Group, input: LayoutInput, placed: Record<string, Point>): void {
  const corner = input.corners?.[group.name];
  if (!corner) return;
  const block = arrangeBlock(group.nodes, group.edges);
  const inset = insetOf(group);
  const others = new Occupied();
  for (const node of input.nodes) {
    const at = placed[node.id];
    if (at) others.add(node, at);
  }
  const opened = {
    x: corner.x - inset.x,
    y: corner.y - inset.top,
    width: block.width + inset.width,
    height: block.height + inset.height,
  };
  const shifts = pushDown(others.borders, opened);
  for (const node of input.nodes) {
    const at = placed[node.id];
    const shift = shifts.get(node.mark || node.shelf || node.group === '' ? node.id : node.group);
    if (at && shift !== undefined) placed[node.id] = { x: at.x, y: at.y + shift };
  }
  putBlock(block, corner, placed);
}

/** A namespace nobody has seen yet, beside those it is tied to. */
function addBlock(group: Group, input: LayoutInput, placed: Record<string, Point>, occupied: Occupied): void {
  const block = arrangeBlock(group.nodes, group.edges);
  const inset = insetOf(group);
  const size = { width: block.width + inset.width, height: block.height + inset.height };
  const own = new Set(group.nodes.map((node) => node.id));
  const called: Point[] = [];
  const callers: Point[] = [];
  for (const { source, target } of input.edges) {
    const [from, to] = [own.has(source), own.has(target)];
    if (from === to) continue;
    const other = placed[from ? target : source];
    if (other) (from ? called : callers).push(other);
  }
  const around = [...called, ...callers];
  const middle = (side: 'x' | 'y') =>
    around.reduce((sum, at) => sum + at[side], 0) / Math.max(1, around.length);
  const wish = {
    x: middle('x') - (callers.length > 0 ? 0 : size.width),
    y: middle('y') - size.height / 2,
    ...size,
  };
  if (around.length === 0) Object.assign(wish, { x: 0, y: occupied.bottom() + GAP.block.row });
  const at = placeBeside(wish, [...occupied.borders.values()]);
  putBlock(block, { x: at.x + inset.x, y: at.y + inset.top }, placed);
  for (const { node } of block.placed) occupied.add(node, placed[node.id] ?? at);
}

/** New cards of a namespace that stands: where a new arrangement would have them, seen from their neighbours. */
function addCards(group: Group, placed: Record<string, Point>, occupied: Occupied): void {
  const hints = new Map(
    arrangeBlock(group.nodes, group.edges, 'quick').placed.map((card) => [card.node.id, card]),
  );
  const neighbours = neighboursOf(group);
  const waiting = group.nodes.flatMap((node) => {
    const hint = hints.get(node.id);
    return placed[node.id] || !hint ? [] : [hint];
  });
  waiting.sort((a, b) => a.x - b.x || a.y - b.y || compare(a.node.id, b.node.id));
  const clear = occupied.clearance(group.name, REACH);
  for (const { node, x, y } of waiting) {
    const near = (neighbours.get(node.id) ?? []).filter((id) => placed[id]);
    const shifts = (near.length > 0 ? near : nearestMate(node)).map(shiftOf);
    const wish: Box = {
      x: x + median(shifts.map((shift) => shift.x)),
      y: y + median(shifts.map((shift) => shift.y)),
      width: node.width,
      height: node.height,
    };
    const at = placeNear(wish, (box) => occupied.isFree(box), clear) ?? {
      x: Math.round(wish.x),
      y: occupied.bottom() + GAP.box,
    };
    placed[node.id] = at;
    occupied.add(node, at);
  }

  function shiftOf(id: string): Point {
    const [now, then] = [placed[id], hints.get(id)];
    return now && then ? { x: now.x - then.x, y: now.y - then.y } : { x: 0, y: 0 };
  }

  function nearestMate(node: LayoutNode): string[] {
    const own = hints.get(node.id);
    let best: string | undefined;
    let least = Infinity;
    for (const { id } of group.nodes) {
      const there = hints.get(id);
      if (!placed[id] || !there || !own) continue;
      const distance = Math.abs(there.x - own.x) + Math.abs(there.y - own.y);
      if (distance >= least) continue;
      least = distance;
      best = id;
    }
    return best === undefined ? [] : [best];
  }
}

function neighboursOf(group: Group): Map<string, string[]> {
  const near = new Map<string, string[]>();
  const note = (from: string, to: string) => {
    const list = near.get(from);
    if (list) list.push(to);
    else near.set(from, [to]);
  };
  for (const { source, target } of group.edges) {
    note(source, target);
    note(target, source);
  }
  return near;
}

function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
