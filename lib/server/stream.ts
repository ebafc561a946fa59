/**
 * A mesh as server-sent events. A reader is only a cursor (the last `seq` it was given): nothing is queued for it, so a
 * slow one costs no memory. When it reads on it gets the deltas it lacks, or one fresh snapshot when those are too many.
 */
import 'server-only';
import type { SourcePart, SourceState, StreamEvent } from '@/lib/api/topology';
import type { Hub } from './hub';

/** Time between pings, which tell both sides that the connection still stands. */
export const PING_MS = 15_000;
/** A reader further behind than this gets a snapshot. */
export const MAX_BEHIND = 64;
/** Chunks handed to the connection before its backpressure holds the reader. */
const CHUNKS_AHEAD = 4;

export interface StreamSource {
  hub: Hub;
  state(): SourceState;
  parts(mesh: string): SourcePart[];
  /** Hears of every change of `state` and `parts`. Returns how to stop. */
  onState(listener: () => void): () => void;
}

/** Reads `epoch:seq`; `undefined` for anything else. */
export function parseEventId(text: string | null): { epoch: string; seq: number } | undefined {
  const match = /^([0-9a-f-]+):(\d{1,15})$/.exec(text ?? '');
  const [, epoch, seq] = match ?? [];
  return epoch === undefined || seq === undefined ? undefined : { epoch, seq: Number(seq) };
}

/** One event in the wire format. JSON holds no raw line breaks, so one data line is enough. */
export function formatEvent(event: StreamEvent): string {
  const revision =
    event.type === 'delta' ? event.revision : event.type === 'snapshot' ? event.topology.revision : undefined;
  const id = revision === undefined ? '' : `id: ${revision.epoch}:${revision.seq}\n`;
  return `event: ${event.type}\n${id}data: ${JSON.stringify(event)}\n\n`;
}

const encoder = new TextEncoder();
/** Events that go to many readers are the hub's own objects: each is written down once, however many read it. */
const written = new WeakMap<object, Uint8Array>();

/** An event's bytes on the wire. */
function encodeEvent(event: StreamEvent): Uint8Array {
  const known = written.get(event);
  if (known !== undefined) return known;
  const bytes = encoder.encode(formatEvent(event));
  if (event.type === 'delta') written.set(event, bytes);
  return bytes;
}

/** The status as far as a change of it is news: while a source is live its `currentAsOf` moves with every reading. */
function news(status: { source: SourceState; meshPresent: boolean; parts: SourcePart[] }): string {
  const { currentAsOf: _, ...state } = status.source;
  return JSON.stringify([state, status.meshPresent, status.parts]);
}

/** Picks what a reader at `seq` needs next to see the mesh as it is; nothing when it is up to date. */
function nextEvents(source: StreamSource, mesh: string, seq: number | undefined): StreamEvent[] {
  const picture = source.hub.picture(mesh);
  if (picture === undefined) return [];
  const deltas = seq === undefined ? undefined : source.hub.since(mesh, seq);
  if (deltas !== undefined && deltas.length <= MAX_BEHIND) return deltas;
  return [{ type: 'snapshot', topology: picture.answer, source: source.state() }];
}

/**
 * Opens the stream of a mesh. `lastEventId` resumes after what the reader has already seen. A mesh that is not there (yet)
 * gets status events, and its snapshot when it appears. Ends when the reader cancels or `signal` aborts.
 */
export function openStream(
  source: StreamSource,
  mesh: string,
  lastEventId: string | null,
  signal: AbortSignal,
  onEnd: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  const resumed = parseEventId(lastEventId);
  let seq = resumed?.epoch === source.hub.epoch ? resumed.seq : undefined;
  let lastStatus = '';
  let pingDue = false;
  let end = (): void => undefined;

  function due(): StreamEvent[] {
    const events: StreamEvent[] = [];
    const status = {
      type: 'status' as const,
      source: source.state(),
      meshPresent: source.hub.picture(mesh)?.present ?? false,
      parts: source.parts(mesh),
    };
    const text = news(status);
    if (text !== lastStatus) events.push(status);
    lastStatus = text;
    events.push(...nextEvents(source, mesh, seq));
    seq = source.hub.picture(mesh)?.answer.revision.seq ?? seq;
    if (pingDue) events.push({ type: 'ping', at: new Date().toISOString() });
    pingDue = false;
    return events;
  }

  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if ((controller.desiredSize ?? 0) <= 0) return;
    for (const event of due()) controller.enqueue(encodeEvent(event));
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const wake = () => flush(controller);
        const stops = [source.hub.subscribe(wake), source.onState(wake)];
        const ping = setInterval(() => {
          pingDue = true;
          wake();
        }, PING_MS);
        const onAbort = () => {
          end();
          controller.close();
        };
        end = () => {
          end = () => undefined;
          onEnd();
          clearInterval(ping);
          stops.forEach((stop) => stop());
          signal.removeEventListener('abort', onAbort);
        };
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        wake();
      },
      pull: flush,
      cancel: () => end(),
    },
    { highWaterMark: CHUNKS_AHEAD },
  );
}

/** Headers of an event stream: not stored, not compressed on the way, not held back by proxies. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const;
