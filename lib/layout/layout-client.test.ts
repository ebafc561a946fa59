import { describe, expect, it } from 'vitest';
import { createLayoutClient } from './layout-client';
import type { WorkerLike } from './layout-client';
import type { LayoutQuestion } from './layout.worker';

function fakeWorkers() {
  const workers: (WorkerLike & { asked: LayoutQuestion[]; stopped: boolean })[] = [];
  const start = () => {
    const worker = {
      asked: [] as LayoutQuestion[],
      stopped: false,
      onmessage: null,
      onerror: null,
      postMessage(question: LayoutQuestion) {
        worker.asked.push(question);
      },
      terminate() {
        worker.stopped = true;
      },
    };
    workers.push(worker);
    return worker;
  };
  return { workers, start };
}

const nothing = { nodes: [], edges: [] };
const one = { nodes: [{ id: 'a', group: 'shop', role: 'node', width: 100, height: 50 }], edges: [] } as const;

describe('the layout client', () => {
  it('answers with the positions of its own question', async () => {
    const { workers, start } = fakeWorkers();
    const answer = createLayoutClient(start).layout(one, {}, new AbortController().signal);
    workers[0]?.onmessage?.(new MessageEvent('message', { data: { id: 99, places: Float64Array.of(9, 9) } }));
    workers[0]?.onmessage?.(new MessageEvent('message', { data: { id: 1, places: Float64Array.of(1, 2) } }));
    expect(await answer).toEqual({ a: { x: 1, y: 2 } });
  });

  it('hands back the same place for what stands where it stood', async () => {
    const { workers, start } = fakeWorkers();
    const stood = { a: { x: 1, y: 2 } };
    const answer = createLayoutClient(start).layout(one, stood, new AbortController().signal);
    workers[0]?.onmessage?.(new MessageEvent('message', { data: { id: 1, places: Float64Array.of(1, 2) } }));
    expect((await answer)?.['a']).toBe(stood.a);
  });

  it('stops the worker when nobody waits any more, and starts another for the next question', async () => {
    const { workers, start } = fakeWorkers();
    const client = createLayoutClient(start);
    const controller = new AbortController();
    const answer = client.layout(nothing, {}, controller.signal);
    controller.abort();
    expect(await answer).toBeUndefined();
    expect(workers[0]?.stopped).toBe(true);
    void client.layout(nothing, {}, new AbortController().signal);
    expect(workers).toHaveLength(2);
  });

  it('does not ask at all when already aborted', async () => {
    const { workers, start } = fakeWorkers();
    expect(await createLayoutClient(start).layout(nothing, {}, AbortSignal.abort())).toBeUndefined();
    expect(workers).toHaveLength(0);
  });

  it('reports a broken worker and replaces it', async () => {
    const { workers, start } = fakeWorkers();
    const client = createLayoutClient(start);
    const answer = client.layout(nothing, {}, new AbortController().signal);
    const broken = Object.assign(new Event('error'), { message: 'out of memory' });
    // Node has no ErrorEvent; the client reads its message only.
    workers[0]?.onerror?.(broken as ErrorEvent);
    await expect(answer).rejects.toThrow('out of memory');
    expect(workers[0]?.stopped).toBe(true);
  });
});
