/** Counters and gauges in the Prometheus text format. */
import 'server-only';

export interface Metrics {
  request(method: string, path: string, status: number): void;
  write(outcome: string): void;
  rebuilt(tookMs: number): void;
  streamOpened(): void;
  streamClosed(): void;
  /** The text of `/metrics`; `sources` tells which sources are live. */
  text(sources: readonly { id: string; live: boolean }[]): string;
}

const quoted = (label: string): string => `"${label.replace(/[\\"\n]/g, '_')}"`;

/** Creates the metrics of one process. Paths are templates, never the paths that were asked for: their number is bounded. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const writes = new Map<string, number>();
  let rebuilds = 0;
  let rebuildSeconds = 0;
  let streams = 0;
  const add = (counts: Map<string, number>, labels: string) =>
    counts.set(labels, (counts.get(labels) ?? 0) + 1);
  const family = (name: string, type: string, help: string, lines: string[]): string =>
    [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines].join('\n');
  const series = (name: string, counts: Map<string, number>): string[] =>
    [...counts].map(([labels, count]) => `${name}{${labels}} ${count}`);

  return {
    request: (method, path, status) =>
      add(requests, `method=${quoted(method)},path=${quoted(path)},status="${status}"`),
    write: (outcome) => add(writes, `outcome=${quoted(outcome)}`),
    rebuilt: (tookMs) => {
      rebuilds += 1;
      rebuildSeconds += tookMs / 1000;
    },
    streamOpened: () => void (streams += 1),
    streamClosed: () => void (streams -= 1),
    text: (sources) =>
      [
        family(
          'meshdeck_requests_total',
          'counter',
          'Requests answered.',
          series('meshdeck_requests_total', requests),
        ),
        family(
          'meshdeck_writes_total',
          'counter',
          'Writes attempted.',
          series('meshdeck_writes_total', writes),
        ),
        family('meshdeck_rebuild_seconds', 'summary', 'Time taken to rebuild the picture.', [
          `meshdeck_rebuild_seconds_sum ${rebuildSeconds}`,
          `meshdeck_rebuild_seconds_count ${rebuilds}`,
        ]),
        family('meshdeck_streams', 'gauge', 'Open event streams.', [`meshdeck_streams ${streams}`]),
        family(
          'meshdeck_source_live',
          'gauge',
          'Whether a source is watched and current.',
          sources.map(({ id, live }) => `meshdeck_source_live{source=${quoted(id)}} ${live ? 1 : 0}`),
        ),
        '',
      ].join('\n'),
  };
}
