/**
 * One console, 500 readers of one mesh's stream, a change in the cluster every second: how late the last readers hear of it,
 * what it costs the console, and whether every reader got every event once and in order.
 */
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { changeWeight } from './change-weight';
import { startConsole } from './console';
import type { Figures } from './run';
import { percentile } from './statistics';

const CLIENTS = 500;
const CHANGES = 30;
const EVERY_MS = 1000;
/** Kernel ticks per second in /proc/PID/stat, the same on every Linux that Node runs on. */
const TICKS = 100;

interface Reader {
  /** When each revision was heard of, by its number; epoch milliseconds. */
  heard: Map<number, number>;
  missed: number;
  reordered: number;
  close(): void;
}

/** Follows the stream and looks only at the numbers of revisions, so that 500 readers do not slow each other down. */
function read(url: string, agent: Agent): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const request = get(
      url,
      { agent, headers: { accept: 'text/event-stream' } },
      (answer: IncomingMessage) => {
        let rest = '';
        let last: number | undefined;
        const reader: Reader = { heard: new Map(), missed: 0, reordered: 0, close: () => request.destroy() };
        answer.setEncoding('latin1').on('data', (chunk: string) => {
          const at = performance.timeOrigin + performance.now();
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            const seq = /^id: [0-9a-f-]+:(\d+)$/.exec(line)?.[1];
            if (seq === undefined) continue;
            const now = Number(seq);
            if (last !== undefined && now <= last) reader.reordered += 1;
            if (last !== undefined && now > last + 1) reader.missed += now - last - 1;
            reader.heard.set(now, at);
            if (last === undefined) resolve(reader);
            last = now;
          }
        });
        answer.on('error', () => undefined); // the end of the bench
      },
    );
    request.on('error', reject);
  });
}

/** Follows the stream and tells in which revision a weight of the router came. */
async function watchWeights(url: string): Promise<{ seqOf: Map<number, number>; stop: () => void }> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: abort.signal });
  const seqOf = new Map<number, number>();
  const follow = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const seq = /^id: [0-9a-f-]+:(\d+)$/m.exec(block)?.[1];
        const text = /^data: (.*)$/m.exec(block)?.[1];
        if (seq === undefined || text === undefined) continue;
        const event = JSON.parse(text) as {
          edges?: { upserts: { source: string; target: string; weight?: number }[] };
        };
        for (const edge of event.edges?.upserts ?? [])
          if (
            edge.source === 'router:shop/cart' &&
            edge.target === 'node:shop/cart-v1' &&
            edge.weight !== undefined
          )
            seqOf.set(edge.weight, Number(seq));
      }
    }
  };
  void follow().catch(() => undefined); // ends with the abort below
  return { seqOf, stop: () => abort.abort() };
}

/** The process below `pid` that serves the console: memory in MiB, and CPU time used so far in seconds. */
function usage(pid: number): { rssMb: number; cpuSeconds: number } {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/);
  const served = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('next'));
  if (served === undefined) throw new Error('the console is no child of the launcher');
  const stat = readFileSync(`/proc/${served}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${served}/status`, 'utf8'))?.[1];
  return {
    rssMb: Number(rss) / 1024,
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function streamFanout(): Promise<Figures> {
  const { url, server, pid, stop } = await startConsole();
  const stream = `${url}/api/v1/sources/sandbox/meshes/shop/stream`;
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  const readers: Reader[] = [];
  try {
    for (let opened = 0; opened < CLIENTS; opened += 50)
      readers.push(...(await Promise.all(Array.from({ length: 50 }, () => read(stream, agent)))));
    const { seqOf, stop: stopWatching } = await watchWeights(stream);
    const before = usage(pid);
    const began = performance.now();
    const sent = new Map<number, number>();
    for (let n = 0; n < CHANGES; n += 1) {
      const weight = 21 + n;
      sent.set(weight, performance.timeOrigin + performance.now());
      await changeWeight(server, weight);
      await pause(EVERY_MS);
    }
    const seconds = (performance.now() - began) / 1000;
    const after = usage(pid);
    stopWatching();
    const lateMs: number[] = [];
    let unheard = 0;
    for (const [weight, at] of sent) {
      const seq = seqOf.get(weight);
      if (seq === undefined) throw new Error(`no revision brought the weight ${weight}`);
      for (const { heard } of readers) {
        const heardAt = heard.get(seq);
        if (heardAt === undefined) unheard += 1;
        else lateMs.push(heardAt - at);
      }
    }
    const total = (count: (reader: Reader) => number) => readers.reduce((sum, each) => sum + count(each), 0);
    const missed = total((each) => each.missed) + unheard;
    const reordered = total((each) => each.reordered);
    if (missed + reordered > 0)
      throw new Error(`${missed} events were missed, ${reordered} came out of order`);
    return {
      clients: readers.length,
      p50Ms: percentile(lateMs, 0.5),
      p95Ms: percentile(lateMs, 0.95),
      maxMs: Math.max(...lateMs),
      missed,
      reordered,
      rssMb: after.rssMb,
      cpuPercent: (100 * (after.cpuSeconds - before.cpuSeconds)) / seconds,
    };
  } finally {
    readers.forEach((reader) => reader.close());
    agent.destroy();
    await stop();
  }
}
