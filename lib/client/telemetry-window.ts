/** Which stretch of time telemetry is shown of, in the URL and in questions to the API. */

/** The last so long, up to now. */
export const WINDOWS = ['5m', '15m', '1h', '6h', '24h'] as const;
export type LastWindow = (typeof WINDOWS)[number];

/** The last five minutes and so on, or from one moment to another, in epoch milliseconds. */
export type TelemetryWindow = { last: LastWindow } | { fromMs: number; toMs: number };

const USUAL: LastWindow = '5m';

function momentOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/**
 * Reads `window`, or `since` and `until` where both are there and in order. They are not called `from` and `to` as in the
 * API: in the URL of the topology those are the ends of a path.
 */
export function readTelemetryWindow(query: URLSearchParams): TelemetryWindow {
  const [fromMs, toMs] = [momentOf(query.get('since')), momentOf(query.get('until'))];
  if (fromMs !== undefined && toMs !== undefined && fromMs < toMs) return { fromMs, toMs };
  return { last: WINDOWS.find((each) => each === query.get('window')) ?? USUAL };
}

/** Puts a window into the query of a page; the usual one is left out. */
export function writeTelemetryWindow(query: URLSearchParams, window: TelemetryWindow): void {
  for (const name of ['window', 'since', 'until']) query.delete(name);
  if ('last' in window) {
    if (window.last !== USUAL) query.set('window', window.last);
  } else {
    query.set('since', String(window.fromMs));
    query.set('until', String(window.toMs));
  }
}

/** The window as the API is asked for it. */
export const windowQuery = (window: TelemetryWindow): [name: string, text: string][] =>
  'last' in window
    ? [['window', window.last]]
    : [
        ['from', String(window.fromMs)],
        ['to', String(window.toMs)],
      ];
