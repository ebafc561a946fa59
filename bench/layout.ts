/**
 * Laying out a whole mesh of N nodes, every card shown, beside @dagrejs/dagre on the same graph in the same run: times in
 * milliseconds, and how the pictures compare.
 */
import { layoutNodeOf, rowY } from '../components/topology/card-size';
import { layoutGraph } from '../lib/layout/layout-graph';
import type { LayoutInput, Positions } from '../lib/layout/types';
import { buildTopology } from '../lib/mesh/build-topology';
import { buildModels } from '../lib/providers/app-mesh';
import { dagreByNamespace, dagreLayout } from './dagre';
import { look } from './look';
import type { Figures } from './run';
import { median } from './statistics';
import { scaleWorld } from './world';

const RUNS = 7;
/** Larger graphs take dagre minutes as a whole. */
const WHOLE_MAX = 1000;
const WHY_NOT = `the whole graph takes dagre minutes beyond n${WHOLE_MAX}: see nsDagreMs, namespace by namespace`;

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

function timed<T>(run: () => T): { answer: T; ms: number } {
  const begin = performance.now();
  const answer = run();
  return { answer, ms: performance.now() - begin };
}

/** The median of several runs, and the least: what the machine can do when nothing else runs. */
function repeated(run: () => Positions) {
  const runs = Array.from({ length: RUNS }, () => timed(run));
  const times = runs.map(({ ms }) => ms);
  return { positions: runs[0]?.answer ?? {}, ms: median(times), leastMs: Math.min(...times) };
}

/** Time to add `count` cards, spread evenly over the input, to the picture of all others. */
function insertMs(input: LayoutInput, positions: Positions, count: number): number {
  const step = Math.floor(input.nodes.length / count);
  const kept = input.nodes.filter((_, n) => n % step !== step - 1 || Math.floor(n / step) >= count);
  const before = Object.fromEntries(kept.flatMap(({ id }) => (positions[id] ? [[id, positions[id]]] : [])));
  return repeated(() => layoutGraph(input, before)).ms;
}

function brief(nodes: number): Record<string, number> {
  const input = inputOf(nodes);
  return { ms: repeated(() => layoutGraph(input, {})).ms };
}

function whole(nodes: number): Record<string, number | string | null> {
  const input = inputOf(nodes);
  const { positions, ms, leastMs } = repeated(() => layoutGraph(input, {}));
  const dagreMs = nodes <= WHOLE_MAX ? timed(() => dagreLayout(input.nodes, input.edges)).ms : null;
  const beside = timed(() => dagreByNamespace(input));
  const own = look(input, positions);
  const theirs = look(input, beside.answer);
  return {
    cards: input.nodes.length,
    edges: input.edges.length,
    ms,
    leastMs,
    insert1Ms: insertMs(input, positions, 1),
    insert500Ms: insertMs(input, positions, Math.min(500, Math.floor(input.nodes.length / 2))),
    dagreMs,
    ...(dagreMs === null ? { dagreMsWhyNot: WHY_NOT } : { speedupOverDagre: dagreMs / ms }),
    nsDagreMs: beside.ms,
    speedupOverNsDagre: beside.ms / ms,
    crossings: own.crossings,
    dagreCrossings: theirs.crossings,
    innerCrossings: own.innerCrossings,
    dagreInnerCrossings: theirs.innerCrossings,
    aspect: own.aspect,
    dagreAspect: theirs.aspect,
    fillRatio: own.fillRatio,
    dagreFillRatio: theirs.fillRatio,
    backwardRatio: own.backwardRatio,
  };
}

export const layout = (): Figures => ({
  n100: brief(100),
  n300: whole(300),
  n1000: whole(1000),
  n2000: brief(2000),
  n2500: whole(2500),
  n5000: whole(5000),
});
