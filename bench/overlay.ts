/**
 * What telemetry costs: laying measurements over a mesh of 1,000 nodes, frames while the figures on the screen are replaced, and
 * requests to AWS with 1, 10 and 100 pages open, counted on their way.
 */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildTopology } from '../lib/mesh/build-topology';
import { layOver } from '../lib/mesh/telemetry/lay-over';
import type { Topology } from '../lib/mesh/topology';
import { buildModels } from '../lib/providers/app-mesh';
import { startBrowser, startConsole } from './console';
import { measuredOf } from './measurements';
import type { Figures } from './run';
import { median, percentile } from './statistics';
import { scaleWorld } from './world';

const NODES = 1000;
const RUNS = 25;
const REFRESH_S = 5;
/** Refreshes that are watched. */
const WATCHED = 6;
/** Figures are those of whole minutes, and what is published is listed every other one: counted from a while after the begin of one. */
const COUNTED_MINUTES = 4;
/** Open browsers; all are counted in the same minutes. */
const BROWSERS = [1, 10, 100] as const;
const MINUTE_MS = 60_000;
const SETTLED_MS = 12_000;
const WINDOW = { fromMs: 0, toMs: 300_000, stepSeconds: 60 };

/**
 * Laying measurements over a mesh that stands, as every refresh does, and over one that was not seen before, as after a change of
 * the mesh. The very first of all, in a process that did nothing like it yet, is told apart.
 */
function join(): { joinMs: number; firstJoinMs: number; coldJoinMs: number; calls: number } {
  const [model] = buildModels(scaleWorld(NODES), new Date());
  if (model === undefined) throw new Error('the world holds no mesh');
  const measured = measuredOf(model);
  const time = (topology: Topology) => {
    const begin = performance.now();
    layOver({ model, topology, measured, window: WINDOW });
    return performance.now() - begin;
  };
  const stands = buildTopology(model);
  const coldJoinMs = time(stands);
  // A topology that is a new object is a new one.
  const first = Array.from({ length: RUNS }, () => time(buildTopology(model)));
  const again = Array.from({ length: RUNS }, () => time(stands));
  const calls = measured.reduce((sum, each) => sum + each.calls.length, 0);
  return { joinMs: median(again), firstJoinMs: median(first), coldJoinMs, calls };
}

/** Stands before the two services and counts what is asked of them. */
async function counting(server: string): Promise<{ url: string; count(): number; stop(): void }> {
  let asked = 0;
  const proxy = createServer((incoming, answer) => {
    asked += 1;
    const out = forward(
      new URL(incoming.url ?? '/', server),
      { method: incoming.method, headers: incoming.headers },
      (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      },
    );
    out.on('error', () => answer.destroy());
    incoming.pipe(out);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo; // a TCP server
  return {
    url: `http://127.0.0.1:${port}`,
    count: () => asked,
    stop: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What a page does: asks, and asks again when the answer says that there may be something new. */
async function page(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answer = await fetch(`${url}/api/v1/sources/sandbox/meshes/shop/telemetry?window=5m`, { signal });
    if (!answer.ok) throw new Error(`telemetry: ${answer.status} ${await answer.text()}`);
    const { freshForMs } = (await answer.json()) as { freshForMs: number };
    await wait(freshForMs);
  }
}

/** A console on a mesh at rest, with so many pages open, and what it asks of AWS. */
async function watched(pages: number, sandbox: string): Promise<{ count(): number; stop(): Promise<void> }> {
  const services = await counting(sandbox);
  const console = await startConsole('shop', [
    ...['--telemetry', `us-west-2,endpoint=${services.url}`, '--telemetry-refresh', String(REFRESH_S)],
  ]);
  const ending = new AbortController();
  const open = Array.from({ length: pages }, () => page(console.url, ending.signal));
  let failed: unknown;
  const ended = Promise.all(open).catch((error: unknown) => {
    // A page that nobody looks at any more ends in an AbortError.
    if (!ending.signal.aborted) failed = error;
  });
  return {
    count: services.count,
    stop: async () => {
      ending.abort();
      await ended;
      await console.stop();
      services.stop();
      if (failed !== undefined) throw failed as Error;
    },
  };
}

/** Requests to AWS in an hour at the measured refresh, by the number of pages open. */
async function requestsPerHour(): Promise<Record<string, number>> {
  // The sandbox takes any key; without one nothing is asked.
  process.env['AWS_ACCESS_KEY_ID'] ??= 'bench';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'bench';
  const sandbox = await startConsole('shop', ['--no-telemetry']);
  const consoles: Awaited<ReturnType<typeof watched>>[] = [];
  try {
    for (const pages of BROWSERS) consoles.push(await watched(pages, sandbox.server));
    // The first readings look for the names of metrics; at rest they are known.
    await wait(MINUTE_MS - (Date.now() % MINUTE_MS) + SETTLED_MS);
    const before = consoles.map(({ count }) => count());
    await wait(COUNTED_MINUTES * MINUTE_MS);
    const asked = consoles.map(({ count }, n) => count() - (before[n] ?? 0));
    return Object.fromEntries(
      BROWSERS.map((pages, n) => [`b${pages}`, ((asked[n] ?? 0) / COUNTED_MINUTES) * 60]),
    );
  } finally {
    await Promise.all(consoles.map(({ stop }) => stop()));
    await sandbox.stop();
  }
}

/** Frame times in the second after new figures came, in milliseconds. */
async function refreshFrames(): Promise<number[]> {
  const { url, stop } = await startConsole(`scale=${NODES}`, ['--telemetry-refresh', String(REFRESH_S)]);
  const browser = await startBrowser();
  try {
    const view = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await view.goto(`${url}/sources/sandbox/meshes/scale/topology?collapsed=!*&overlay=rate`);
    const came = () => view.waitForResponse((each) => each.url().includes('/telemetry?'));
    await came();
    await wait(5_000);
    await view.evaluate(`
      window.frames_ = [];
      let before;
      const step = (now) => { if (before !== undefined) frames_.push([now, now - before]); before = now; requestAnimationFrame(step); };
      requestAnimationFrame(step);`);
    const frames: number[] = [];
    for (let round = 0; round < WATCHED; round += 1) {
      await came();
      const at: number = await view.evaluate('performance.now()');
      await wait(1_000);
      const all: [number, number][] = await view.evaluate('window.frames_.splice(0)');
      frames.push(...all.filter(([now]) => now > at - 50).map(([, took]) => took));
    }
    return frames;
  } finally {
    await browser.close();
    await stop();
  }
}

export async function overlay(): Promise<Figures> {
  const joined = join();
  const awsRequestsPerHour = await requestsPerHour();
  return { ...joined, refreshFrameP95Ms: percentile(await refreshFrames(), 0.95), awsRequestsPerHour };
}
