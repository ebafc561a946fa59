import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from './event-stream';
import type { ServerEvent } from './event-stream';

/** The events of a text that arrives in pieces of these sizes, the sizes taken round and round. */
async function read(text: string, sizes: readonly number[] = [1_000_000]): Promise<ServerEvent[]> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  let turn = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[turn % sizes.length] ?? 1;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      turn += 1;
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of eventsOf(body)) events.push(event);
  return events;
}
const texts = async (text: string) => (await read(text)).map((event) => event.text);

describe('a stream of events', () => {
  it('is framed by empty lines; an id holds until the next', async () => {
    expect(await read('id: a:1\ndata: x\n\ndata: y\n\nid: a:2\nevent: delta\ndata: z\n\n')).toEqual([
      { id: 'a:1', text: 'x' },
      { id: 'a:1', text: 'y' },
      { id: 'a:2', text: 'z' },
    ]);
  });
  it('joins the lines of one event, and takes one space after the colon for none', async () => {
    expect(await texts('data: a\ndata:b\ndata:  c\ndata:\n\n')).toEqual(['a\nb\n c\n']);
  });
  it('passes over comments, unknown fields and events without data', async () => {
    expect(await texts(': ping\n\nretry: 5\nodd\n\nevent: x\n\ndata: a\n\n')).toEqual(['a']);
  });
  it('drops what the end cuts short', async () => {
    expect(await texts('data: a\n\ndata: b\n')).toEqual(['a']);
  });
  it('gives each event as soon as its empty line is there', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: a\r\n\r\n')),
    });
    const events = eventsOf(body);
    expect((await events.next()).value).toEqual({ id: undefined, text: 'a' });
    await events.return(undefined);
  });
  it('ends the connection when nobody reads on', async () => {
    let ended = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: a\n\n')),
      cancel: () => void (ended = true),
    });
    for await (const _ of eventsOf(body)) break;
    expect(ended).toBe(true);
  });

  it('is the same however its bytes are cut, inside a character or a line end, and whatever its line ends', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n]/g, ''));
    const event = fc.record({
      id: fc.option(fc.constantFrom('a:1', 'b:22')),
      lines: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (events, end, sizes) => {
          const written = events.flatMap(({ id, lines }) => [
            ...(id === null ? [] : [`id: ${id}`]),
            ...lines.map((each) => `data: ${each}`),
            '',
          ]);
          let last: string | undefined;
          const expected = events.map(({ id, lines }) => {
            last = id ?? last;
            return { id: last, text: lines.join('\n') };
          });
          expect(await read(written.map((each) => each + end).join(''), sizes)).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });
});
