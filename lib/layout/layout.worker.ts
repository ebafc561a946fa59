/** Runs the layout off the main thread. One answer per question, told apart by `id`. */
import { layoutGraph } from './layout-graph';
import { decodeGraph, encodePositions } from './wire';
import type { WireGraph } from './wire';

export interface LayoutQuestion {
  id: number;
  graph: WireGraph;
}

export interface LayoutReply {
  id: number;
  /** x and y per node, in the order of the question. */
  places: Float64Array<ArrayBuffer>;
}

self.onmessage = ({ data }: MessageEvent<LayoutQuestion>) => {
  const { input, remembered } = decodeGraph(data.graph);
  const places = encodePositions(input.nodes, layoutGraph(input, remembered));
  const reply: LayoutReply = { id: data.id, places };
  self.postMessage(reply, { transfer: [places.buffer] });
};
