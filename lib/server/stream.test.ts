import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamEvent, type StreamEvent } from '@/lib/api/topology';
import { ask, SOURCE, startRig, type Rig } from './testing/rig';
import { openConsole } from './console';
import { dispatch } from './dispatch';
import { formatEvent, MAX_BEHIND, parseEventId } from './stream';

const ROUTER = '/apis/appmesh.k8s.aws/v1beta2/namespaces/my-apps/virtualrouters/my-service-a-virtual-router';
const STREAM = `${SOURCE}/meshes/my-mesh/stream`;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig('tutorial');
}, 60_000);
afterAll(() => rig.stop());

let weight = 1;
async function changeWeight(): Promise<void> {
  weight += 1;
  const path = '/spec/routes/0/httpRoute/action/weightedTargets/0/weight';
  const patch = [{ op: 'replace', path, value: weight }];
  await rig.sandbox.request('PATCH', ROUTER, patch, 'application/json-patch+json');
}

interface Reading {
  next(type?: StreamEvent['type']): Promise<{ id: string | undefined; event: StreamEvent }>;
  close(): void;
}

/** Reads a stream event by event, as a browser takes it apart. */
async function read(path: string, lastEventId?: string): Promise<Reading> {
  const abort = new AbortController();
  const response = await dispatch(
    rig.console,
    new Request(`http://localhost${path}`, {
      signal: abort.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    }),
  );
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  async function one() {
    while (!text.includes('\n\n')) {
      const chunk = await reader?.read();
      if (chunk === undefined || chunk.done) throw new Error('the stream ended');
      text += chunk.value;
    }
    const [block = ''] = text.split('\n\n', 1);
    text = text.slice(block.length + 2);
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const event = streamEvent.parse(JSON.parse(field('data') ?? ''));
    expect(field('event')).toBe(event.type);
    return { id: field('id'), event };
  }
  return {
    next: async (type) => {
      for (;;) {
        const found = await one();
        if (type === undefined || found.event.type === type) return found;
      }
    },
    close: () => abort.abort(),
  };
}

/** Reads deltas until one shows the weight set last. */
async function untilWeightSeen(reading: Reading): Promise<string | undefined> {
  for (;;) {
    const { id, event } = await reading.next('delta');
    if (event.type === 'delta' && event.edges.upserts.some((edge) => edge.weight === weight)) return id;
  }
}

describe('the stream of a mesh', () => {
  it('begins with the status and a snapshot, and goes on with deltas', async () => {
    const reading = await read(STREAM);
    expect((await reading.next()).event).toMatchObject({ type: 'status', meshPresent: true });
    const { id, event } = await reading.next();
    expect(event.type).toBe('snapshot');
    const before = parseEventId(id ?? null);
    await changeWeight();
    const after = parseEventId((await untilWeightSeen(reading)) ?? null);
    expect(after?.epoch).toBe(before?.epoch);
    expect(after?.seq).toBeGreaterThan(before?.seq ?? Infinity);
    reading.close();
  });

  it('is not left open by a request for its head', async () => {
    const streams = () => /^meshdeck_streams \d+$/m.exec(rig.console.metrics.text([]))?.[0];
    const before = streams();
    const response = await dispatch(
      rig.console,
      new Request(`http://localhost${STREAM}`, { method: 'HEAD' }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.body).toBeNull();
    expect(streams()).toBe(before);
  });

  it('resumes where the reader left off, without a snapshot', async () => {
    const first = await read(STREAM);
    const { id } = await first.next('snapshot');
    first.close();
    await changeWeight();
    const second = await read(STREAM, id);
    expect((await second.next()).event.type).toBe('status');
    const seqs: number[] = [];
    for (;;) {
      const { event } = await second.next();
      if (event.type !== 'delta') throw new Error(`got a ${event.type}`);
      seqs.push(event.revision.seq);
      if (event.edges.upserts.some((edge) => edge.weight === weight)) break;
    }
    expect(seqs[0]).toBe((parseEventId(id ?? null)?.seq ?? 0) + 1);
    second.close();
  });

  it.each(['other:1', 'nonsense', ''])('gives a snapshot to a reader of another life: "%s"', async (id) => {
    const reading = await read(STREAM, id);
    await reading.next('status');
    expect((await reading.next()).event.type).toBe('snapshot');
    reading.close();
  });

  it('says that a mesh is not there, and shows it when it appears', async () => {
    const reading = await read(`${SOURCE}/meshes/later/stream`);
    expect((await reading.next()).event).toMatchObject({ type: 'status', meshPresent: false });
    await rig.sandbox.request('POST', '/apis/appmesh.k8s.aws/v1beta2/meshes', {
      apiVersion: 'appmesh.k8s.aws/v1beta2',
      kind: 'Mesh',
      metadata: { name: 'later' },
      spec: { namespaceSelector: { matchLabels: { mesh: 'later' } } },
    });
    expect((await reading.next('status')).event).toMatchObject({ meshPresent: true });
    expect((await reading.next('snapshot')).event.type).toBe('snapshot');
    reading.close();
  });

  it('gives a slow reader one snapshot in place of a long line of deltas', async () => {
    const hub = rig.console.sources[0]?.hub;
    const reading = await read(STREAM);
    const { id } = await reading.next('snapshot');
    const start = parseEventId(id ?? null)?.seq ?? 0;
    reading.close();
    while ((hub?.picture('my-mesh')?.answer.revision.seq ?? 0) <= start + MAX_BEHIND) {
      const seq = hub?.picture('my-mesh')?.answer.revision.seq;
      const moved = new Promise<void>((resolve) => {
        const stop = hub?.subscribe(() => {
          if (hub.picture('my-mesh')?.answer.revision.seq === seq) return;
          stop?.();
          resolve();
        });
      });
      await changeWeight();
      weight %= 90;
      await moved;
    }
    const late = await read(STREAM, id);
    await late.next('status');
    expect((await late.next()).event.type).toBe('snapshot');
    late.close();
  });

  it('has an answer in JSON for an unknown source', async () => {
    const path = '/api/v1/sources/nowhere/meshes/my-mesh/stream';
    expect(await ask(rig.console, 'GET', path)).toMatchObject({ status: 404, body: { code: 'E301' } });
  });
});

it('writes an event as one block', () => {
  expect(formatEvent({ type: 'ping', at: 'a\nb' })).toBe(
    'event: ping\ndata: {"type":"ping","at":"a\\nb"}\n\n',
  );
});

it('ends when the console stops, so that nothing holds the web server back', async () => {
  const ending = openConsole(rig.console.config);
  const response = await dispatch(ending, new Request(`http://localhost${STREAM}`));
  const text = response.text();
  ending.stop();
  expect(await text).toContain('event: status');
});
