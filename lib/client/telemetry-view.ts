/** How measurements are looked at: which figure edges carry, over which time, and what is drawn by it. Part of the URL. */
import type { TimeWindow } from '@/lib/mesh/telemetry/measured';
import { replaySteps } from './replay-steps';
import { readTelemetryWindow, writeTelemetryWindow } from './telemetry-window';
import type { LastWindow, TelemetryWindow } from './telemetry-window';

/** What edges carry. share: the part of a route's requests that each target got. */
export const EDGE_FIGURES = ['rate', 'p50', 'p90', 'p99', 'errors', 'share', 'bytes'] as const;
export type EdgeFigure = (typeof EDGE_FIGURES)[number];

/** How long the windows that end now are, in milliseconds. */
export const WINDOW_MS: Record<LastWindow, number> = {
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '6h': 21_600_000,
  '24h': 86_400_000,
};

export interface OverlayView {
  /** `off`: nothing is measured, nothing is asked. */
  overlay: EdgeFigure | 'off';
  window: TelemetryWindow;
  /** Whether edges are as wide as their traffic, as hot as their latency, and move with it. */
  sized: boolean;
  heat: boolean;
  flow: boolean;
  /** Whether what is shown stands still. */
  held: boolean;
  /** The past that is replayed, and which of its steps is shown; `undefined` for the present. */
  replay: Replayed | undefined;
}

export interface Replayed {
  window: TimeWindow;
  /** From 0. */
  at: number;
}

/** `FROM-TO-STEP-AT`: epoch milliseconds, seconds, and the step that is shown. */
function readReplay(text: string | null): Replayed | undefined {
  const parts = /^(\d{1,15})-(\d{1,15})-(\d{1,6})-(\d{1,3})$/.exec(text ?? '');
  if (!parts) return undefined;
  const [fromMs = 0, toMs = 0, stepSeconds = 0, at = 0] = parts.slice(1).map(Number);
  const window = { fromMs, toMs, stepSeconds };
  return at < replaySteps(window).length ? { window, at } : undefined;
}

const replayText = ({ window: { fromMs, toMs, stepSeconds }, at }: Replayed): string =>
  [fromMs, toMs, stepSeconds, at].join('-');

/** Reads the overlay's part of a query string; what does not fit is left out. */
export function readOverlayView(query: URLSearchParams): OverlayView {
  return {
    overlay: EDGE_FIGURES.find((each) => each === query.get('overlay')) ?? 'off',
    window: readTelemetryWindow(query),
    sized: query.get('sized') === '1',
    heat: query.get('heat') === '1',
    flow: query.get('flow') === '1',
    held: query.get('held') === '1',
    replay: readReplay(query.get('replay')),
  };
}

/** Writes the overlay's part of a query string; what is as it comes is left out. */
export function writeOverlayView(query: URLSearchParams, view: OverlayView): void {
  const put = (name: string, text: string | undefined) => {
    if (text === undefined) query.delete(name);
    else query.set(name, text);
  };
  put('overlay', view.overlay === 'off' ? undefined : view.overlay);
  writeTelemetryWindow(query, view.window);
  for (const name of ['sized', 'heat', 'flow', 'held'] as const) put(name, view[name] ? '1' : undefined);
  put('replay', view.replay && replayText(view.replay));
}

/** Proxies of a mesh up to which all are asked about; beyond, only those in namespaces that are shown. */
export const ASK_ALL = 200;
/** Namespaces asked about at once in a large mesh. */
const GROUPS_MAX = 20;

/**
 * The namespaces to ask about, sorted, and how many of the shown ones are left out; `undefined` for the whole mesh.
 * `namespaces` are those of the shown cards that stand for proxies.
 */
export function groupsToAsk(
  proxies: number,
  namespaces: Iterable<string>,
): { groups: readonly string[]; left: number } | undefined {
  if (proxies < ASK_ALL) return undefined;
  const all = [...new Set(namespaces)].sort();
  return { groups: all.slice(0, GROUPS_MAX), left: Math.max(0, all.length - GROUPS_MAX) };
}

/** Edges on screen up to which traffic moves along them. */
export const FLOW_MOST = 150;
