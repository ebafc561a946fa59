'use client';
import { useMemo } from 'react';
import { useSpeech } from '@/lib/i18n/react';
import type { Translate } from '@/lib/i18n/translate';
import type { Scene, SceneEdge, SceneItem } from './canvas/scene';
import { boxNode, cardNode, flowEdge, hasRow, markNode } from './flow-types';
import type { BoxNode, CardNode, FlowNode, LabelPlace, MeshFlowEdge } from './flow-types';
import type { ShownCard, ShownEdge } from './shown-graph';
import { sameCard } from './shown-store';
import { spokenLabel } from './spoken-label';

const ALONE: LabelPlace = { rank: 0, of: 1 };

/** Labels of edges that leave one row stand below each other, in the order in which their targets stand. */
function labelPlaces(edges: readonly SceneEdge[]): Map<string, LabelPlace> {
  const rows = new Map<string, SceneEdge[]>();
  for (const edge of edges) {
    const row = `${edge.shown.source} ${edge.shown.row ?? ''}`;
    const known = rows.get(row);
    if (known) known.push(edge);
    else rows.set(row, [edge]);
  }
  const places = new Map<string, LabelPlace>();
  for (const row of rows.values()) {
    row.sort((a, b) => a.y2 - b.y2);
    row.forEach(({ shown }, rank) => places.set(shown.id, { rank, of: row.length }));
  }
  return places;
}

interface Known {
  node: CardNode;
  card: ShownCard;
  t: Translate;
}

interface Cache {
  cards: Map<string, Known>;
  boxes: Map<string, BoxNode>;
  edges: Map<string, MeshFlowEdge>;
  nodeList: FlowNode[];
  edgeList: MeshFlowEdge[];
  /** What the edges were last drawn from. */
  course: { nodes: FlowNode[]; selected: string | undefined; ids: string[] } | undefined;
}

/** Flow nodes and edges of the last picture: what stands as it stood keeps its object, so that React Flow skips it. */
const caches = new WeakMap<object, Cache>();

function cacheOf(owner: object): Cache {
  const known = caches.get(owner) ?? {
    cards: new Map(),
    boxes: new Map(),
    edges: new Map(),
    nodeList: [],
    edgeList: [],
    course: undefined,
  };
  caches.set(owner, known);
  return known;
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, n) => id === b[n]);

/** The earlier list where both hold the same objects. */
const steady = <T>(before: T[], now: T[]): T[] =>
  before.length === now.length && before.every((each, n) => each === now[n]) ? before : now;

/** Whether a card takes the same place: what it shows is none of React Flow's business. */
const sameShape = (a: CardNode, b: CardNode): boolean =>
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.width === b.width &&
  a.height === b.height &&
  a.ariaLabel === b.ariaLabel &&
  a.data.selected === b.data.selected &&
  JSON.stringify(a.handles) === JSON.stringify(b.handles);

function sameCourse(a: MeshFlowEdge, b: MeshFlowEdge): boolean {
  if (!a.data || !b.data) return false;
  return (
    a.sourceHandle === b.sourceHandle &&
    a.data.related === b.data.related &&
    a.data.label.rank === b.data.label.rank &&
    a.data.label.of === b.data.label.of
  );
}

function sameBox(a: BoxNode, b: BoxNode): boolean {
  return (
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.data.cards === b.data.cards
  );
}

/** The mounted items in the order of the scene, at a cost that is theirs. */
export function mountedOf(scene: Scene, mounted: ReadonlySet<string>): SceneItem[] {
  if (mounted.size === scene.items.length) return [...scene.items];
  return [...mounted]
    .map((id) => scene.indexOf.get(id) ?? -1)
    .sort((a, b) => a - b)
    .flatMap((index) => scene.items[index] ?? []);
}

interface Surroundings {
  /** Those between two mounted items. Those that lead further are painted: they are long, and cost most where they are elements. */
  edges: readonly SceneEdge[];
  /** All that touch what is mounted. */
  touching: readonly SceneEdge[];
}

function surroundings(scene: Scene, mounted: ReadonlySet<string>): Surroundings {
  if (mounted.size === scene.items.length) return { edges: scene.edges, touching: scene.edges };
  const edges = new Set<number>();
  for (const id of mounted) {
    const index = scene.indexOf.get(id) ?? -1;
    for (const at of scene.out[index] ?? []) edges.add(at);
    for (const at of scene.into[index] ?? []) edges.add(at);
  }
  const touching = [...edges].sort((a, b) => a - b).flatMap((at) => scene.edges[at] ?? []);
  return {
    edges: touching.filter(({ shown }) => mounted.has(shown.source) && mounted.has(shown.target)),
    touching,
  };
}

/**
 * What is mounted of a scene, as React Flow's nodes and edges: where things stand. What cards and edges say comes from the
 * shown store. `owner` is any object that lives as long as the screen.
 */
export function useFlow(
  owner: object,
  scene: Scene,
  mounted: ReadonlySet<string>,
  selected: string | undefined,
): { nodes: FlowNode[]; edges: MeshFlowEdge[]; touching: readonly SceneEdge[] } {
  const { t, locale } = useSpeech();
  const near = useMemo(() => surroundings(scene, mounted), [scene, mounted]);

  const nodes = useMemo(() => {
    const cache = cacheOf(owner);
    const cards: Cache['cards'] = new Map();
    const make = (item: SceneItem): FlowNode[] => {
      const { card, mark } = item;
      if (mark) return [markNode(mark, item, t('topology.namespace', { name: mark.namespace }))];
      if (!card) return [];
      const chosen = item.id === selected;
      const known = cache.cards.get(item.id);
      const unchanged =
        known !== undefined &&
        known.t === t &&
        sameCard(known.card, card) &&
        known.node.data.selected === chosen &&
        known.node.position.x === item.x &&
        known.node.position.y === item.y;
      const made = unchanged
        ? known.node
        : cardNode(card, { x: item.x, y: item.y }, chosen, spokenLabel(card, t, locale));
      const node = known !== undefined && sameShape(known.node, made) ? known.node : made;
      cards.set(item.id, { node, card, t });
      return [node];
    };
    const present = mountedOf(scene, mounted);
    const shown = present.flatMap(make);
    const groups = new Set(present.flatMap(({ card }) => (card ? [card.group] : [])));
    const boxes = scene.groups
      .filter(({ name }) => groups.has(name))
      .map((group) => {
        const made = boxNode(group.name, group, group.cards);
        const known = cache.boxes.get(group.name);
        return known && sameBox(known, made) ? known : made;
      });
    cache.cards = cards;
    cache.boxes = new Map(boxes.map((box) => [box.data.namespace, box]));
    return (cache.nodeList = steady(cache.nodeList, [...boxes, ...shown]));
  }, [owner, scene, mounted, selected, t, locale]);

  const edges = useMemo(() => {
    const cache = cacheOf(owner);
    const before = cache.edges;
    const course = { nodes, selected, ids: near.edges.map(({ shown }) => shown.id) };
    const earlier = cache.course;
    cache.course = course;
    // Where cards and their rows stand as they stood, so do the edges between them.
    if (earlier?.nodes === nodes && earlier.selected === selected && sameIds(earlier.ids, course.ids))
      return cache.edgeList;
    const labels = labelPlaces(near.edges);
    const next = near.edges.flatMap(({ shown, from }) => {
      const card = scene.items[from]?.card;
      const rowKnown = hasRow(card, shown.row);
      // The row may just have gone.
      if (card && shown.row !== undefined && !rowKnown) return [];
      const made = flowEdge(shown, rowKnown, relationOf(shown, selected), labels.get(shown.id) ?? ALONE);
      const known = before.get(shown.id);
      return [known && sameCourse(known, made) ? known : made];
    });
    cache.edges = new Map(next.map((edge) => [edge.id, edge]));
    return (cache.edgeList = steady(cache.edgeList, next));
  }, [owner, scene, near, nodes, selected]);

  return { nodes, edges, touching: near.touching };
}

function relationOf(shown: ShownEdge, selected: string | undefined) {
  if (selected === undefined) return 'none';
  return shown.source === selected || shown.target === selected ? 'related' : 'unrelated';
}
