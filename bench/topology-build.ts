/** Time from the objects of a mesh to its picture: parse, model, topology, findings. Median of several runs, in milliseconds. */
import { buildTopology } from '../lib/mesh/build-topology';
import { findFindings } from '../lib/mesh/findings';
import { buildModels } from '../lib/providers/app-mesh';
import type { Figures } from './run';
import { median } from './statistics';
import { scaleWorld } from './world';

const RUNS = 7;

function buildMs(nodes: number): number {
  const world = scaleWorld(nodes);
  const now = new Date();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    for (const model of buildModels(world, now)) {
      buildTopology(model);
      findFindings(model, now);
    }
    times.push(performance.now() - begin);
  }
  return median(times);
}

export const topologyBuild = (): Figures => ({ n1000Ms: buildMs(1000), n5000Ms: buildMs(5000) });
