import type { LayoutInput, LayoutNode, Point, Positions, Role } from './types';

/**
 * A graph on its way to the worker: names as one text, everything else as numbers that are handed over rather than copied,
 * so that a large mesh costs the main thread little. Both ends are this file; nobody else reads it.
 */
export interface WireGraph {
  /** Ids, line by line in the order of the nodes. Ids hold no line breaks: Kubernetes names have none. */
  ids: string;
  /** Names of the groups, line by line. */
  groups: string;
  /** Per node: group, role, flags. */
  kinds: Int32Array<ArrayBuffer>;
  /** Per node: width, height, and where it is remembered (x and y, or not a number). */
  boxes: Float64Array<ArrayBuffer>;
  /** Per edge: source and target by place in `ids`. */
  ends: Int32Array<ArrayBuffer>;
  /** Per edge: where it leaves its source, or not a number. */
  leaves: Float64Array<ArrayBuffer>;
  /** Per group: where it stood in the picture before, x and y, or not a number. */
  corners: Float64Array<ArrayBuffer>;
}

const ROLES: readonly Role[] = ['gateway', 'service', 'router', 'node'];
const MARK = 1;
const SHELF = 2;
const LABELLED = 4;

/** Edges to what is not there are left out. */
export function encodeGraph(input: LayoutInput, remembered: Positions): WireGraph {
  const { nodes, edges, corners: known } = input;
  const place = new Map<string, number>();
  const groupOf = new Map<string, number>();
  const kinds = new Int32Array(3 * nodes.length);
  const boxes = new Float64Array(4 * nodes.length).fill(NaN);
  for (const [n, node] of nodes.entries()) {
    place.set(node.id, n);
    let group = groupOf.get(node.group);
    if (group === undefined) groupOf.set(node.group, (group = groupOf.size));
    kinds[3 * n] = group;
    kinds[3 * n + 1] = ROLES.indexOf(node.role);
    kinds[3 * n + 2] = (node.mark ? MARK : 0) | (node.shelf ? SHELF : 0) | (node.labelled ? LABELLED : 0);
    boxes[4 * n] = node.width;
    boxes[4 * n + 1] = node.height;
    const at = remembered[node.id];
    if (!at) continue;
    boxes[4 * n + 2] = at.x;
    boxes[4 * n + 3] = at.y;
  }
  const ends = new Int32Array(2 * edges.length);
  const leaves = new Float64Array(edges.length).fill(NaN);
  let count = 0;
  for (const { source, target, sourceY } of edges) {
    const from = place.get(source);
    const to = place.get(target);
    if (from === undefined || to === undefined) continue;
    ends[2 * count] = from;
    ends[2 * count + 1] = to;
    leaves[count] = sourceY ?? NaN;
    count += 1;
  }
  const names = [...groupOf.keys()];
  const corners = new Float64Array(2 * names.length).fill(NaN);
  for (const [n, name] of names.entries()) {
    const at = known?.[name];
    if (!at) continue;
    corners[2 * n] = at.x;
    corners[2 * n + 1] = at.y;
  }
  return {
    ids: [...place.keys()].join('\n'),
    groups: names.join('\n'),
    kinds,
    boxes,
    ends: ends.slice(0, 2 * count),
    leaves: leaves.slice(0, count),
    corners,
  };
}

/** What is handed over with a graph. */
export const buffersOf = ({ kinds, boxes, ends, leaves, corners }: WireGraph): ArrayBuffer[] =>
  [kinds, boxes, ends, leaves, corners].map((numbers) => numbers.buffer);

export function decodeGraph(wire: WireGraph): { input: LayoutInput; remembered: Positions } {
  const ids = lines(wire.ids, wire.kinds.length);
  const groups = lines(wire.groups, wire.corners.length);
  const remembered: Record<string, Point> = {};
  const nodes = ids.map((id, n): LayoutNode => {
    const flags = wire.kinds[3 * n + 2] ?? 0;
    const at = pointAt(wire.boxes, 4 * n + 2);
    if (at) remembered[id] = at;
    return {
      id,
      group: groups[wire.kinds[3 * n] ?? 0] ?? '',
      role: ROLES[wire.kinds[3 * n + 1] ?? 0] ?? 'node',
      width: wire.boxes[4 * n] ?? 0,
      height: wire.boxes[4 * n + 1] ?? 0,
      ...((flags & MARK) !== 0 ? { mark: true } : {}),
      ...((flags & SHELF) !== 0 ? { shelf: true } : {}),
      ...((flags & LABELLED) !== 0 ? { labelled: true } : {}),
    };
  });
  const edges = Array.from(wire.leaves, (sourceY, n) => ({
    source: ids[wire.ends[2 * n] ?? 0] ?? '',
    target: ids[wire.ends[2 * n + 1] ?? 0] ?? '',
    sourceY: Number.isNaN(sourceY) ? undefined : sourceY,
  }));
  const corners: Record<string, Point> = {};
  for (const [n, name] of groups.entries()) {
    const at = pointAt(wire.corners, 2 * n);
    if (at) corners[name] = at;
  }
  return { input: { nodes, edges, corners }, remembered };
}

/** Places in the order of the nodes: x and y each. Every node must have one. */
export function encodePositions(
  nodes: readonly LayoutNode[],
  positions: Positions,
): Float64Array<ArrayBuffer> {
  const places = new Float64Array(2 * nodes.length).fill(NaN);
  for (const [n, { id }] of nodes.entries()) {
    const at = positions[id];
    if (!at) continue;
    places[2 * n] = at.x;
    places[2 * n + 1] = at.y;
  }
  return places;
}

/** What stood keeps its object, because what is drawn compares by identity. */
export function decodePositions(
  nodes: readonly Pick<LayoutNode, 'id'>[],
  places: Float64Array,
  remembered: Positions,
): Positions {
  const positions: Record<string, Point> = {};
  for (const [n, { id }] of nodes.entries()) {
    const at = pointAt(places, 2 * n);
    const before = remembered[id];
    if (at) positions[id] = before && before.x === at.x && before.y === at.y ? before : at;
  }
  return positions;
}

function pointAt(numbers: Float64Array, at: number): Point | undefined {
  const [x, y] = [numbers[at] ?? NaN, numbers[at + 1] ?? NaN];
  return Number.isNaN(x) ? undefined : { x, y };
}

/** An empty text is one empty name where there is something to name, and none where there is not. */
const lines = (text: string, count: number): string[] => (count === 0 ? [] : text.split('\n'));
