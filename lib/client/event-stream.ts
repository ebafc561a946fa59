/** Reading server-sent events from a fetch answer. A fetch rather than EventSource: its failures carry a status, and it can be ended and resumed at will. */

export interface ServerEvent {
  id: string | undefined;
  text: string;
}

/** The events of a body, as the HTML standard frames them (`id:` and `data:` lines, an empty line ends an event). */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let id: string | undefined;
  let lines: string[] = [];
  try {
    for (;;) {
      const { done, value: chunk } = await reader.read();
      if (done) return;
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        if (line === '') {
          if (lines.length > 0) yield { id, text: lines.join('\n') };
          lines = [];
        } else if (line.startsWith('data:')) lines.push(line.slice(5).trimStart());
        else if (line.startsWith('id:')) id = line.slice(3).trim();
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
