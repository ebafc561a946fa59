import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceState } from '@/lib/api/topology';
import { SILENCE_MS } from './connection';
import { node } from '@/lib/mesh/fixtures';
import { meshKey, nodeKey } from '@/lib/mesh/keys';
import { followMesh } from './mesh-connection';

const LIVE: SourceState = { phase: 'live', since: '2026-06-01T12:00:00Z' };

interface Attempt {
  url: string;
  signal: AbortSignal;
  /** Ends the wait for an answer. */
  answer(response: Response): void;
}

let attempts: Attempt[];
let stop: () => void;

/** An answer whose body is written as the test goes on. */
function streamOf(contentType = 'text/event-stream') {
  const encoder = new TextEncoder();
  let control: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (control = controller) });
  return {
    response: new Response(body, { headers: { 'content-type': contentType } }),
    send: async (event: object) => {
      control?.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      await vi.advanceTimersByTimeAsync(0);
    },
    end: async () => {
      control?.close();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}
const status = { type: 'status', source: LIVE, meshPresent: true, parts: [] };
const ping = { type: 'ping', at: '2026-06-01T12:00:00Z' };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-06-01T12:00:00Z') });
  vi.spyOn(Math, 'random').mockReturnValue(1);
  attempts = [];
  vi.stubGlobal('document', {
    visibilityState: 'visible',
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  });
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    if (!url.endsWith('/stream')) return Promise.resolve(new Response());
    return new Promise<Response>((resolve, reject) => {
      const signal = init.signal ?? new AbortController().signal;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
      attempts.push({ url, signal, answer: resolve });
    });
  });
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function follow() {
  const connection = followMesh('cluster', 'shop');
  stop = connection.subscribe(() => undefined);
  return {
    stream: connection.get,
    phase: () => connection.get().connection.phase,
    connection: () => connection.get().connection,
  };
}
const mesh = { key: meshKey('shop'), kind: 'mesh' };
const snapshot = (nodes: object[], seq = 1, source = LIVE) => ({
  type: 'snapshot',
  source,
  topology: { revision: { epoch: 'a', seq }, mesh, nodes, edges: [], findings: [], groups: [] },
});
const delta = (seq: number, upserts: object[], removed: string[] = []) => ({
  type: 'delta',
  revision: { epoch: 'a', seq },
  nodes: { upserts, removed },
  edges: { upserts: [], removed: [] },
  findings: { upserts: [], removed: [] },
  groups: { upserts: [], removed: [] },
});
const labelled = (name: string, version: string) => node(name, [], { labels: { version } });

async function answerLast(response: Response): Promise<void> {
  attempts.at(-1)?.answer(response);
  await vi.advanceTimersByTimeAsync(0);
}

describe('the stream of a mesh', () => {
  it('is live once the console has spoken, and not because somebody answered', async () => {
    const { phase } = follow();
    const stream = streamOf();
    await answerLast(stream.response);
    expect(phase()).toBe('connecting');
    await stream.send(status);
    expect(phase()).toBe('live');
  });

  it('that goes silent is lost, and opened anew', async () => {
    const { phase } = follow();
    const stream = streamOf();
    await answerLast(stream.response);
    await stream.send(status);
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1000);
    await stream.send(ping);
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1000);
    expect(attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(attempts[0]?.signal.aborted).toBe(true);
    expect(attempts).toHaveLength(2);
    expect(phase()).toBe('reconnecting');
  });

  it('is tried at once when somebody asks', async () => {
    const { connection } = follow();
    await answerLast(new Response('busy', { status: 503 }));
    expect(attempts).toHaveLength(1);
    connection().retryNow();
    expect(attempts).toHaveLength(2);
  });

  it.each([
    ['a page in its place', () => streamOf('text/html').response],
    ['an end at once', () => new Response('', { headers: { 'content-type': 'text/event-stream' } })],
  ])('%s is no stream: it is tried less and less often, and said to be lost', async (_, response) => {
    const { phase } = follow();
    for (let second = 0; second < 30; second += 1) {
      await answerLast(response());
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(attempts.length).toBeLessThan(8);
    expect(phase()).toBe('reconnecting');
  });

  it('that lasts begins with a short wait again', async () => {
    follow();
    for (let round = 0; round < 2; round += 1) {
      const stream = streamOf();
      await answerLast(stream.response);
      await stream.send(status);
      await vi.advanceTimersByTimeAsync(10_000);
      await stream.end();
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(attempts).toHaveLength(3);
  });
});

/** A page that shows two nodes, live. */
async function shown() {
  const page = follow();
  const stream = streamOf();
  await answerLast(stream.response);
  await stream.send(status);
  await stream.send(snapshot([labelled('a', '1'), labelled('b', '1')]));
  return { ...page, ...stream };
}

describe('the changes that are heard of', () => {
  it('have the moment in which they were heard', async () => {
    const { stream, send } = await shown();
    await vi.advanceTimersByTimeAsync(10_000);
    await send(delta(2, [labelled('a', '2')]));
    expect(stream().changes.get().changes).toMatchObject([
      { key: 'node:shop/a', at: Date.parse('2026-06-01T12:00:10Z'), since: undefined },
    ]);
  });

  it('of a time in which the stream was away have no moment but that time', async () => {
    const { stream, end } = await shown();
    await vi.advanceTimersByTimeAsync(10_000);
    await end();
    await vi.advanceTimersByTimeAsync(1_000);
    const again = streamOf();
    await answerLast(again.response);
    await again.send(status);
    await again.send(snapshot([labelled('a', '2'), labelled('b', '1')], 9));
    await vi.advanceTimersByTimeAsync(10_000);
    await again.send(delta(10, [labelled('b', '2')]));
    expect(stream().changes.get().changes).toMatchObject([
      { key: 'node:shop/b', since: undefined },
      { key: 'node:shop/a', since: Date.parse('2026-06-01T12:00:00Z') },
    ]);
  });

  it('of a time in which the console had lost the cluster have no moment either', async () => {
    const { stream, send } = await shown();
    await vi.advanceTimersByTimeAsync(10_000);
    const currentAsOf = '2026-06-01T12:00:07Z';
    await send({
      ...status,
      source: { phase: 'reconnecting', since: '2026-06-01T12:00:09Z', currentAsOf },
    });
    await send(status);
    await send(delta(2, [labelled('a', '2')]));
    expect(stream().changes.get().changes).toMatchObject([{ since: Date.parse(currentAsOf) }]);
  });

  it('of a time in which an App Mesh API was away have no moment where the API tells of them, and theirs where the cluster does', async () => {
    const { stream, send } = await shown();
    const currentAsOf = '2026-06-01T11:59:50Z';
    const api = { source: 'api', name: 'api', kind: 'appmesh' };
    await send({ ...status, parts: [{ ...api, phase: 'reconnecting', currentAsOf }] });
    await vi.advanceTimersByTimeAsync(10_000);
    await send(delta(2, [labelled('a', '2')]));
    await send({ ...status, parts: [{ ...api, phase: 'live' }] });
    await send(delta(3, [node('ecs', [], { origin: 'api' })]));
    expect(stream().changes.get().changes).toMatchObject([
      { key: 'node:shop/ecs', since: Date.parse(currentAsOf) },
      { key: 'node:shop/a', since: undefined },
    ]);
  });

  it('are kept from a snapshot that says the same', async () => {
    const { stream, send } = await shown();
    const before = stream().picture?.nodes.get(nodeKey('shop', 'a'));
    await send(snapshot([labelled('a', '1'), labelled('b', '1')], 7));
    expect(stream().picture?.nodes.get(nodeKey('shop', 'a'))).toBe(before);
    expect(stream().changes.get().heard).toBe(0);
  });

  it('include the mesh that is deleted', async () => {
    const { stream, send } = await shown();
    await send({ ...status, meshPresent: false });
    expect(stream().changes.get().changes).toMatchObject([{ key: 'mesh:/shop', what: 'removed' }]);
  });
});

describe('a pause', () => {
  it('keeps the picture and counts what waits, until it ends', async () => {
    const { stream, send } = await shown();
    stream().setPaused(true);
    const { picture } = stream();
    expect(stream().paused).toMatchObject({ waiting: 0, upTo: 0 });
    await send(delta(2, [labelled('a', '2')]));
    await send(delta(3, [], ['node:shop/b']));
    expect(stream().picture).toBe(picture);
    expect(stream().paused?.waiting).toBe(2);
    stream().setPaused(false);
    expect(stream().paused).toBeUndefined();
    expect([...(stream().picture?.nodes.keys() ?? [])]).toEqual(['node:shop/a']);
  });

  it('tells the truth about the connection', async () => {
    const { stream, end, phase } = await shown();
    stream().setPaused(true);
    await end();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(phase()).toBe('reconnecting');
  });

  it('shows what went meanwhile as gone when it ends, for as long as usual', async () => {
    const { stream, send } = await shown();
    stream().setPaused(true);
    await send(delta(2, [], ['node:shop/b']));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(stream().ghosts.size).toBe(0);
    stream().setPaused(false);
    expect([...stream().ghosts.keys()]).toEqual(['node:shop/b']);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(stream().ghosts.size).toBe(0);
  });

  it('is none before there is a picture', () => {
    const { stream } = follow();
    stream().setPaused(true);
    expect(stream().paused).toBeUndefined();
  });
});
