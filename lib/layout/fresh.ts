import { arrangeBlock } from './block';
import type { Block } from './block';
import { compare, groupsOf } from './groups';
import type { Group } from './groups';
import { Occupied } from './occupied';
import { planSites } from './plan';
import { shelve } from './shelf';
import type { Call, Site } from './site';
import { BOX_PADDING, GAP } from './types';
import type { LayoutInput, Point, Positions } from './types';

/** A namespace's block with its border. */
interface Plot extends Site {
  name: string;
  block: Block;
  /** From the border's corner to the block's. */
  inset: Point;
}

/**
 * A layout from nothing. Each namespace is a block of its own, calls running to the right in it; the blocks are placed by
 * who calls whom, in a picture of about a screen's shape.
 */
export function freshLayout(input: LayoutInput): Positions {
  const groups = groupsOf(input);
  const plots = groups.map(plotOf);
  connect(groups, plots);
  planSites(plots, GAP.block);
  slide(groups, plots);
  const positions: Record<string, Point> = {};
  for (const plot of plots) {
    for (const { node, x, y } of plot.block.placed) {
      positions[node.id] = {
        x: Math.round(plot.x) + plot.inset.x + x,
        y: Math.round(plot.y) + plot.inset.y + y,
      };
    }
  }
  addShelf(input, positions);
  return positions;
}

function addShelf({ nodes }: LayoutInput, positions: Record<string, Point>): void {
  const shelf = nodes.filter((node) => node.shelf);
  if (shelf.length === 0) return;
  const occupied = new Occupied();
  for (const node of nodes) {
    const at = positions[node.id];
    if (at) occupied.add(node, at);
  }
  shelve(shelf, positions, occupied);
}

function plotOf({ name, nodes, edges }: Group): Plot {
  const block = arrangeBlock(nodes, edges);
  const mark = nodes.every((node) => node.mark);
  const bare = mark || name === '';
  return {
    name,
    block,
    mark,
    inset: bare ? { x: 0, y: 0 } : { x: BOX_PADDING.x, y: BOX_PADDING.top },
    width: block.width + (bare ? 0 : 2 * BOX_PADDING.x),
    height: block.height + (bare ? 0 : BOX_PADDING.top + BOX_PADDING.bottom),
    out: [],
    into: [],
    layer: 0,
    x: 0,
    y: 0,
    slack: 0,
  };
}

function connect(groups: readonly Group[], plots: readonly Plot[]): void {
  const byName = new Map(plots.map((plot) => [plot.name, plot]));
  for (const group of groups) {
    const from = byName.get(group.name);
    for (const [name, { length: weight }] of [...group.calls].sort(([a], [b]) => compare(a, b))) {
      const to = byName.get(name);
      if (!from || !to) continue;
      from.out.push({ site: to, weight } satisfies Call);
      to.into.push({ site: from, weight } satisfies Call);
    }
  }
}

/**
 * Moves blocks that are narrower than their column to the right, to where the calls that reach and leave them run to the
 * right, at the median.
 */
function slide(groups: readonly Group[], plots: readonly Plot[]): void {
  const spans = new Map<string, { plot: Plot; left: number; right: number }>();
  for (const plot of plots) {
    for (const { node, x } of plot.block.placed) spans.set(node.id, { plot, left: x, right: x + node.width });
  }
  const wishes = new Map<Plot, number[]>(plots.flatMap((plot) => (plot.slack > 0 ? [[plot, []]] : [])));
  for (const { calls } of groups) {
    for (const { source, target } of [...calls.values()].flat()) {
      const [from, to] = [spans.get(source), spans.get(target)];
      if (!from || !to) continue;
      const step =
        GAP.column + from.plot.x + from.plot.inset.x + from.right - to.plot.x - to.plot.inset.x - to.left;
      wishes.get(to.plot)?.push(step);
      wishes.get(from.plot)?.push(-step);
    }
  }
  for (const [plot, steps] of wishes) {
    steps.sort((a, b) => a - b);
    plot.x += Math.max(0, Math.min(plot.slack, steps[steps.length >> 1] ?? 0));
  }
}
