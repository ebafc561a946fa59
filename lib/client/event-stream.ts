/** Reading server-sent events from a fetch answer. A fetch rather than EventSource: its failures carry a status, and it can be ended and resumed at will. */

export interface ServerEvent {
  id: string | undefined;
  text: string;
}

/**
 * The events of a body, as the HTML standard frames them: `id:` and `data:` lines end with LF, CR LF or CR, an empty line
 * ends an event, one space after the colon does not count. An event that the end of the body cuts short is dropped.
 */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  /** The beginning of a line whose end has not come, in pieces: a large one is put together once, not with every chunk. */
  let rest: string[] = [];
  let endedInCr = false;
  let id: string | undefined;
  let lines: string[] = [];
  try {
    for (;;) {
      const { done, value: chunk } = await reader.read();
      if (done) return;
      const decoded = decoder.decode(chunk, { stream: true });
      if (decoded === '') continue;
      // The second half of a CR LF whose first half ended a line already.
      const text = endedInCr && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
      endedInCr = decoded.endsWith('\r');
      const ended = text.split(/\r\n|\n|\r/);
      const begun = ended.pop() ?? '';
      for (const part of ended) {
        const line = rest.length === 0 ? part : [...rest, part].join('');
        rest = [];
        if (line === '') {
          if (lines.length > 0) yield { id, text: lines.join('\n') };
          lines = [];
        } else if (line.startsWith('data:')) lines.push(line.slice(5).replace(/^ /, ''));
        else if (line.startsWith('id:')) id = line.slice(3).replace(/^ /, '');
      }
      if (begun !== '') rest.push(begun);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
