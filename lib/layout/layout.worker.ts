/** Runs the layout off the main thread. One answer per question, told apart by `id`. */
import { layoutGraph } from './layout-graph';
import type { LayoutInput, Positions } from './types';

export interface LayoutQuestion {
  id: number;
  input: LayoutInput;
  remembered: Positions;
}

export interface LayoutReply {
  id: number;
  positions: Positions;
}

self.onmessage = ({ data }: MessageEvent<LayoutQuestion>) => {
  const reply: LayoutReply = { id: data.id, positions: layoutGraph(data.input, data.remembered) };
  self.postMessage(reply);
};
