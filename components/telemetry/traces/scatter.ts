/** Where traces stand in the picture of durations over time. Pure. */
import { logMarks } from '../metrics/scale';
import type { TraceSummary } from '@/lib/mesh/telemetry/trace';

/** A duration of which nothing is left when rounded is drawn as this. */
const LEAST_MS = 0.1;

export interface Scatter {
  /** In the order of time. */
  points: { trace: TraceSummary; x: number; y: number }[];
  /** Marks of the logarithmic axis of durations, with their height, 0 at the foot and 1 at the top. */
  marks: { ms: number; y: number }[];
}

/** Places in parts of the picture, 0..1: `x` from its left, `y` from its foot. Durations on a logarithmic axis. */
export function scatterOf(traces: readonly TraceSummary[], fromMs: number, toMs: number): Scatter {
  if (traces.length === 0) return { points: [], marks: [] };
  const durations = traces.map(({ durationMs }) => Math.max(LEAST_MS, durationMs));
  const marks = logMarks(Math.min(...durations), Math.max(...durations));
  const [low, high] = [Math.log(marks[0] ?? LEAST_MS), Math.log(marks.at(-1) ?? 1)];
  const yOf = (ms: number) => (Math.log(ms) - low) / (high - low || 1);
  const xOf = (at: number) => Math.min(1, Math.max(0, (at - fromMs) / Math.max(1, toMs - fromMs)));
  return {
    points: traces
      .map((trace, n) => ({ trace, x: xOf(trace.startMs), y: yOf(durations[n] ?? LEAST_MS) }))
      .sort((a, b) => a.trace.startMs - b.trace.startMs),
    marks: marks.map((ms) => ({ ms, y: yOf(ms) })),
  };
}
