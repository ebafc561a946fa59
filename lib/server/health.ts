/** What orchestrators and Prometheus ask. No host check here: probes come by address, and nothing of a mesh is told. */
import 'server-only';
import type { MeshConsole } from './console';

/** The process is alive. */
export function health(): Response {
  return Response.json({ status: 'ok' });
}

/**
 * Ready once every source has been read or is known not to be readable, an App Mesh API already when it failed once; a source that was lost later does not take the
 * console away, for it then shows what it last saw and says so.
 */
export function readiness(console: MeshConsole): Response {
  const sources = console.sources.map((source) => ({
    id: source.id,
    phase: source.state().phase,
    read: source.hub.ready(),
  }));
  // An App Mesh API is beside the cluster: that it cannot be read is told, and holds nothing up.
  const ready = console.sources.every(
    (source) =>
      source.hub.ready() ||
      source.state().phase === 'failed' ||
      (source.kind === 'appmesh' && source.state().problem !== undefined),
  );
  return Response.json({ status: ready ? 'ready' : 'starting', sources }, { status: ready ? 200 : 503 });
}

/** The metrics in the Prometheus text format. */
export function metricsText(console: MeshConsole): Response {
  const text = console.metrics.text(
    console.sources.map((source) => ({ id: source.id, live: source.state().phase === 'live' })),
  );
  return new Response(text, { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
}
