import type { LayoutQuestion, LayoutReply } from './layout.worker';
import type { LayoutInput, Positions } from './types';
import { buffersOf, decodePositions, encodeGraph } from './wire';

/** What the client needs of a worker; a test hands in its own. */
export interface WorkerLike {
  postMessage(question: LayoutQuestion, transfer: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<LayoutReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface LayoutClient {
  /** `undefined` when aborted. Rejects when the worker broke; the next question starts a new one. */
  layout(input: LayoutInput, remembered: Positions, signal: AbortSignal): Promise<Positions | undefined>;
  close(): void;
}

/** The worker as the bundler builds it. */
export function startLayoutWorker(): WorkerLike {
  return new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
}

/**
 * Asks the layout worker, starting it at the first question. Aborting a running question stops the worker, because a
 * layout that nobody waits for would hold up the next one.
 */
export function createLayoutClient(start: () => WorkerLike = startLayoutWorker): LayoutClient {
  let worker: WorkerLike | undefined;
  let nextId = 0;
  const stop = () => {
    worker?.terminate();
    worker = undefined;
  };
  return {
    close: stop,
    layout(input, remembered, signal) {
      if (signal.aborted) return Promise.resolve(undefined);
      const asked = (worker ??= start());
      const id = (nextId += 1);
      return new Promise((resolve, reject) => {
        const abort = () => {
          if (worker === asked) stop();
          resolve(undefined);
        };
        signal.addEventListener('abort', abort, { once: true });
        asked.onmessage = ({ data }) => {
          if (data.id !== id) return;
          signal.removeEventListener('abort', abort);
          resolve(decodePositions(input.nodes, data.places, remembered));
        };
        asked.onerror = (event) => {
          signal.removeEventListener('abort', abort);
          if (worker === asked) stop();
          reject(new Error(event.message));
        };
        const graph = encodeGraph(input, remembered);
        asked.postMessage({ id, graph }, buffersOf(graph));
      });
    },
  };
}
