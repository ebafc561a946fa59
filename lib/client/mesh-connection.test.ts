import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceState } from '@/lib/api/topology';
import { SILENCE_MS } from './connection';
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
  return { phase: () => connection.get().connection.phase, connection: () => connection.get().connection };
}
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
