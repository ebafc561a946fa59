'use client';
/** Which traces are looked at, kept in the URL of their page. */
import type { TraceStatus } from '@/lib/mesh/telemetry/trace';
import { readTelemetryWindow, writeTelemetryWindow } from './telemetry-window';
import type { TelemetryWindow } from './telemetry-window';
import { createUrlView } from './url-view';

export const TRACE_STATUSES: readonly TraceStatus[] = ['ok', 'error', 'throttle', 'fault'];

/** What traces must be to be listed. */
export interface TraceQuestion {
  window: TelemetryWindow;
  /** Key of an entity or edge; `undefined` for the whole mesh. */
  key: string | undefined;
  status: TraceStatus | undefined;
  minMs: number | undefined;
  maxMs: number | undefined;
  /** `key=value`. */
  annotation: string;
  /** An X-Ray filter expression. */
  filter: string;
}

export interface TracesView extends TraceQuestion {
  /** The opened trace. */
  trace: string | undefined;
  /** The chosen span of it. */
  span: string | undefined;
}

function msOf(text: string | null): number | undefined {
  const ms = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** Reads the query string; what does not fit is left out. */
export function readTracesView(search: string): TracesView {
  const query = new URLSearchParams(search);
  return {
    window: readTelemetryWindow(query),
    key: query.get('key') || undefined,
    status: TRACE_STATUSES.find((each) => each === query.get('status')),
    minMs: msOf(query.get('minMs')),
    maxMs: msOf(query.get('maxMs')),
    annotation: query.get('annotation') ?? '',
    filter: query.get('filter') ?? '',
    trace: query.get('trace') || undefined,
    span: query.get('span') || undefined,
  };
}

/** Writes the view into a query string. Defaults are left out. */
export function writeTracesView(search: string, view: TracesView): string {
  const query = new URLSearchParams(search);
  writeTelemetryWindow(query, view.window);
  for (const name of ['key', 'status', 'minMs', 'maxMs', 'annotation', 'filter', 'trace', 'span'] as const) {
    const part = view[name];
    if (part === undefined || part === '') query.delete(name);
    else query.set(name, String(part));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The address of the traces of something, in a window. */
export function tracesHref(path: string, part: Partial<TracesView>): string {
  return `${path}${writeTracesView('', { ...readTracesView(''), ...part })}`;
}

/** An annotation may be named by letters, digits and underscores after a dot; anything else goes in brackets. */
const annotationName = (name: string) => (/^\w+$/.test(name) ? `annotation.${name}` : `annotation[${name}]`);
const inQuotes = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/**
 * The X-Ray filter expression of `key=value` and an expression, both of which may be empty. A name alone asks for traces that have
 * the annotation.
 */
export function filterExpression(annotation: string, filter: string): string {
  const [, name = '', text] = /^([^=]*)(?:=(.*))?$/s.exec(annotation.trim()) ?? [];
  const own = name.trim();
  const tests = [
    ...(own === ''
      ? []
      : [text === undefined ? annotationName(own) : `${annotationName(own)} = ${inQuotes(text.trim())}`]),
    ...(filter.trim() === '' ? [] : [filter.trim()]),
  ];
  return tests.length === 2 ? `${tests[0]} AND (${tests[1]})` : (tests[0] ?? '');
}

/** The view in the URL and how to change parts of it. A search or an opened trace is a step of the history, a span is none. */
export const useTracesView = createUrlView<TracesView>({
  event: 'meshdeck:traces',
  read: readTracesView,
  write: writeTracesView,
  isStep: (_before, _after, patch) => Object.keys(patch).some((field) => field !== 'span'),
});
