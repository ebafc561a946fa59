/** Waiting for the console, from outside, by what it answers. */

/** How long the first reading of a cluster may hold back the line that says the console is ready. */
const FIRST_READING_MS = 10_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(url, path) {
  try {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(2000) });
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined; // not listening yet, or busy
  }
}

/** Resolves once the console answers on its health path. */
export async function untilHealthy(url, ended) {
  while (!ended() && (await ask(url, '/healthz'))?.status !== 200) await pause(100);
}

function sentence({ kind, name, server, state }) {
  const { problem, retryAt } = state;
  const place = server === '' ? name : `${name} (${server})`;
  const next = retryAt === undefined ? '' : ' The console keeps trying.';
  const what = kind === 'appmesh' ? 'The App Mesh API' : 'The cluster';
  return `${what} ${place} cannot be read: ${(problem?.detail ?? 'it has not answered yet').replace(/\.$/, '')}.${next}`;
}

/**
 * Resolves once every source was read, ran into something, or took too long; with a sentence for each that was not read.
 * Without this wait the first page would open on "connecting".
 */
export async function untilRead(url, ended) {
  const until = Date.now() + FIRST_READING_MS;
  const settled = ({ state }) => state.phase === 'live' || state.problem !== undefined;
  let sources = [];
  while (!ended() && Date.now() < until) {
    sources = (await ask(url, '/api/v1/sources'))?.body.sources ?? [];
    if (sources.length > 0 && sources.every(settled)) {
      const troubled = sources.filter(({ state }) => state.phase !== 'live');
      const ready = (await ask(url, '/readyz'))?.status === 200;
      if (ready || troubled.length > 0) return troubled.map(sentence);
    }
    await pause(100);
  }
  return sources.filter(({ state }) => state.phase !== 'live').map(sentence);
}
