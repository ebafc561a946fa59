/** The shown graph with its places: what is where, who is beside whom, and what stands at a point. */
import { groupBoxes, union } from '@/lib/layout/boxes';
import type { Box, Positions } from '@/lib/layout/types';
import { cardSize, COLLAPSED_SIZE, layoutNodeOf, nameOf, rowY } from '../card-size';
import { healthOf } from '../health';
import type { Health } from '../health';
import type { NamespaceMark, ShownCard, ShownEdge, ShownGraph } from '../shown-graph';
import { createGrid } from './grid';
import type { Grid } from './grid';

/** A card or the mark of a collapsed namespace, in its place. */
export interface SceneItem extends Box {
  id: string;
  name: string;
  tone: Health['tone'];
  card?: ShownCard;
  mark?: NamespaceMark;
}

/** An edge between two places. `from` and `to` are indexes of items. */
export interface SceneEdge {
  shown: ShownEdge;
  from: number;
  to: number;
  /** Where it leaves and where it arrives. */
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface SceneGroup extends Box {
  name: string;
  cards: number;
}

export interface Scene {
  items: readonly SceneItem[];
  indexOf: ReadonlyMap<string, number>;
  edges: readonly SceneEdge[];
  /** Indexes of the edges that leave and reach an item. */
  out: readonly (readonly number[])[];
  into: readonly (readonly number[])[];
  groups: readonly SceneGroup[];
  grid: Grid;
  /** Round everything; `undefined` when nothing is shown. */
  bounds: Box | undefined;
}

function itemsOf(graph: ShownGraph, positions: Positions): SceneItem[] {
  const items: SceneItem[] = [];
  for (const card of graph.cards) {
    const at = positions[card.node.key];
    if (!at) continue;
    items.push({
      id: card.node.key,
      name: nameOf(card.node),
      tone: healthOf(card.node, card.goneAt !== undefined).tone,
      card,
      ...at,
      ...cardSize(card.node),
    });
  }
  for (const mark of graph.marks) {
    const at = positions[mark.id];
    if (at)
      items.push({
        id: mark.id,
        name: mark.namespace,
        tone: toneOfMark(mark),
        mark,
        ...at,
        ...COLLAPSED_SIZE,
      });
  }
  return items;
}

function toneOfMark({ findings }: NamespaceMark): Health['tone'] {
  if (findings.some(({ severity }) => severity === 'error')) return 'error';
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : 'ok';
}

function groupsOf(graph: ShownGraph, positions: Positions): SceneGroup[] {
  const nodes = graph.cards.map(({ node, group, orphan }) => ({
    ...layoutNodeOf(node),
    group,
    shelf: orphan,
  }));
  const cards = new Map<string, number>();
  for (const { group, shelf } of nodes) if (shelf !== true) cards.set(group, (cards.get(group) ?? 0) + 1);
  return [...groupBoxes(nodes, positions)].map(([name, box]) => ({
    name,
    cards: cards.get(name) ?? 0,
    ...box,
  }));
}

/** Where an edge leaves an item: at its row, else at its heading; a mark in the middle of its side. */
function exitY({ card, height }: SceneItem, row: string | undefined): number {
  return card ? rowY(card.node, row) : height / 2;
}

/** Works out the scene; linear in what is shown. Cards without a place are left out until they have one. */
export function buildScene(graph: ShownGraph, positions: Positions): Scene {
  const items = itemsOf(graph, positions);
  const indexOf = new Map(items.map(({ id }, index) => [id, index]));
  const edges: SceneEdge[] = [];
  const out: number[][] = items.map(() => []);
  const into: number[][] = items.map(() => []);
  for (const shown of graph.edges) {
    const from = indexOf.get(shown.source);
    const to = indexOf.get(shown.target);
    const [source, target] = [items[from ?? -1], items[to ?? -1]];
    if (from === undefined || to === undefined || !source || !target) continue;
    out[from]?.push(edges.length);
    into[to]?.push(edges.length);
    edges.push({
      shown,
      from,
      to,
      x1: source.x + source.width,
      y1: source.y + exitY(source, shown.row),
      x2: target.x,
      y2: target.y + exitY(target, undefined),
    });
  }
  let bounds: Box | undefined;
  const groups = groupsOf(graph, positions);
  for (const box of [...items, ...groups]) {
    const { x, y, width, height } = box;
    bounds = union(bounds, { x, y, width, height });
  }
  return { items, indexOf, edges, out, into, groups, grid: createGrid(items), bounds };
}

/** The item at a point, the one drawn last where several lie over each other. */
export function itemAt(scene: Scene, point: { x: number; y: number }): SceneItem | undefined {
  const index = Math.max(...scene.grid.at(point));
  return scene.items[index];
}
