/** When something was seen, by the steps of its lines. */
import type { Series } from '../telemetry/measured';

export interface SeenSpan {
  /** The beginning of the first step in which anything was measured, and the end of the last, epoch milliseconds. */
  firstMs: number;
  lastMs: number;
}

/** A rate may be none; any other figure is told only where something was seen. */
const isRate = ({ figure }: Series): boolean =>
  figure === 'perSecond' || figure === 'bytesPerSecond' || figure === 'connections';

/** `undefined` where nothing was seen in any step. */
export function seenSpan(series: readonly Series[]): SeenSpan | undefined {
  let span: SeenSpan | undefined;
  for (const line of series) {
    const { fromMs, stepSeconds, points } = line;
    const rate = isRate(line);
    const seen = (point: number | null): boolean => point !== null && (!rate || point > 0);
    const first = points.findIndex(seen);
    if (first < 0) continue;
    const firstMs = fromMs + first * stepSeconds * 1000;
    const lastMs = fromMs + (points.findLastIndex(seen) + 1) * stepSeconds * 1000;
    span = {
      firstMs: Math.min(span?.firstMs ?? firstMs, firstMs),
      lastMs: Math.max(span?.lastMs ?? lastMs, lastMs),
    };
  }
  return span;
}
