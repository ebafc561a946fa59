/** @dagrejs/dagre with the settings Kiali uses, as the measure to beat. */
import dagre from '@dagrejs/dagre';
import type { LayoutEdge, LayoutInput, LayoutNode, Point, Positions } from '../lib/layout/types';
import { groupBoxes } from '../lib/layout/boxes';

const SETTINGS = { rankdir: 'LR', ranker: 'network-simplex', nodesep: 25, edgesep: 40, ranksep: 15 } as const;

/** The whole graph at once. */
export function dagreLayout(
  nodes: readonly Pick<LayoutNode, 'id' | 'width' | 'height'>[],
  edges: readonly Pick<LayoutEdge, 'source' | 'target'>[],
): Positions {
  const graph = new dagre.graphlib.Graph({ directed: true });
  graph.setGraph({ ...SETTINGS });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { source, target } of edges) graph.setEdge(source, target);
  dagre.layout(graph);
  return Object.fromEntries(
    nodes.map(({ id, width, height }) => {
      const { x, y } = graph.node(id);
      return [id, { x: x - width / 2, y: y - height / 2 }];
    }),
  );
}

/** Each namespace for itself, then the namespaces as boxes, by dagre both times. */
export function dagreByNamespace({ nodes, edges }: LayoutInput): Positions {
  const groupOf = new Map(nodes.map(({ id, group }) => [id, group]));
  const inside = Object.assign(
    {},
    ...[...new Set(groupOf.values())].map((group) =>
      dagreLayout(
        nodes.filter((node) => node.group === group),
        edges.filter(({ source, target }) => groupOf.get(source) === group && groupOf.get(target) === group),
      ),
    ),
  ) as Positions;
  const boxes = groupBoxes(nodes, inside);
  const blocks = [...boxes].map(([id, { width, height }]) => ({ id, width, height }));
  const between = edges.flatMap((edge) => {
    const source = groupOf.get(edge.source) ?? '';
    const target = groupOf.get(edge.target) ?? '';
    return source === target ? [] : [{ source, target }];
  });
  const tops = dagreLayout(blocks, between);
  const shifted = (id: string, group: string): Point => {
    const at = inside[id] ?? { x: 0, y: 0 };
    const box = boxes.get(group) ?? at;
    const top = tops[group] ?? { x: 0, y: 0 };
    return { x: at.x - box.x + top.x, y: at.y - box.y + top.y };
  };
  return Object.fromEntries(nodes.map(({ id, group }) => [id, shifted(id, group)]));
}
