/** The rows of a trace's waterfall. Pure. */
import type { Span, Trace } from '@/lib/mesh/telemetry/trace';

export interface WaterfallRow {
  span: Span;
  /** Steps below its root. */
  depth: number;
  /** Where its bar begins and how wide it is, in parts of the whole, 0..1. */
  left: number;
  width: number;
  /** It is still under way, or its end was never told: the bar reaches to the end. */
  open: boolean;
}

/** How long a trace is drawn: its own duration, and whatever of its spans reaches beyond. At least 1 ms. */
export const lengthOf = ({ durationMs, spans }: Pick<Trace, 'durationMs' | 'spans'>): number =>
  spans.reduce((most, { startMs, endMs }) => Math.max(most, startMs, endMs ?? 0), Math.max(1, durationMs));

/** One row per span, in the order of the trace. A span whose parent is not there is a root. */
export function waterfallOf(trace: Pick<Trace, 'durationMs' | 'spans'>): WaterfallRow[] {
  const length = lengthOf(trace);
  const depths = new Map<string, number>();
  return trace.spans.map((span) => {
    const above = span.parent === undefined ? undefined : depths.get(span.parent);
    const depth = above === undefined ? 0 : above + 1;
    depths.set(span.id, depth);
    const begin = Math.min(length, Math.max(0, span.startMs));
    const end = Math.min(length, Math.max(begin, span.endMs ?? length));
    return {
      span,
      depth,
      left: begin / length,
      width: (end - begin) / length,
      open: span.endMs === undefined,
    };
  });
}
