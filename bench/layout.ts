/** Time to lay out a whole mesh of N nodes, every card shown. Median of several runs, in milliseconds. */
import { layoutNodeOf, rowY } from '../components/topology/card-size';
import { layoutGraph } from '../lib/layout/layout-graph';
import type { LayoutInput } from '../lib/layout/types';
import { buildTopology } from '../lib/mesh/build-topology';
import { buildModels } from '../lib/providers/app-mesh';
import type { Figures } from './run';
import { median } from './statistics';
import { scaleWorld } from './world';

const SIZES = [100, 300, 1000, 2000];
const RUNS = 7;

function inputOf(nodes: number): LayoutInput {
  const [model] = buildModels(scaleWorld(nodes), new Date());
  if (!model) throw new Error('the scale scenario holds no mesh');
  const topology = buildTopology(model);
  const byKey = new Map(topology.nodes.map((node) => [node.key, node]));
  return {
    nodes: topology.nodes.map(layoutNodeOf),
    edges: topology.edges.map((edge) => {
      const source = byKey.get(edge.source);
      return {
        source: edge.source,
        target: edge.target,
        ...(source ? { sourceY: rowY(source, edge.row) } : {}),
      };
    }),
  };
}

function layoutMs(nodes: number): number {
  const input = inputOf(nodes);
  const times = Array.from({ length: RUNS }, () => {
    const begin = performance.now();
    layoutGraph(input, {});
    return performance.now() - begin;
  });
  return median(times);
}

export const layout = (): Figures =>
  Object.fromEntries(SIZES.map((nodes) => [`n${nodes}`, { ms: layoutMs(nodes) }]));
