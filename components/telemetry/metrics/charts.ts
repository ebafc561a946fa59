/** The charts that lines are drawn in: which lines share one, in which unit, and how high it reaches. Pure. */
import type { EvidenceKind, Series } from '@/lib/mesh/telemetry/measured';

export type ChartKind = 'rate' | 'errors' | 'latency' | 'bytes' | 'connections';

/** One step of a line; `height` is in the unit of the chart, `null` where nothing was measured. */
export interface ChartPoint {
  atMs: number;
  height: number | null;
}

export interface ChartLine {
  figure: Series['figure'];
  /** Told where a chart has several lines of one figure. */
  witness: string;
  points: readonly ChartPoint[];
}

/** rate: requests per minute. errors: percent. latency: ms. bytes: per second. connections: their number. */
export interface Chart {
  kind: ChartKind;
  evidence: EvidenceKind;
  witnesses: string[];
  lines: ChartLine[];
}

const KIND: Record<Series['figure'], ChartKind> = {
  perSecond: 'rate',
  errorRatio: 'errors',
  throttleRatio: 'errors',
  faultRatio: 'errors',
  p50Ms: 'latency',
  p90Ms: 'latency',
  p99Ms: 'latency',
  meanMs: 'latency',
  bytesPerSecond: 'bytes',
  connections: 'connections',
};
const ORDER = Object.keys(KIND);
const KINDS: readonly ChartKind[] = ['rate', 'errors', 'latency', 'bytes', 'connections'];
/** Who sees every request comes first. */
const EVIDENCE: readonly EvidenceKind[] = ['cloudwatch', 'xray'];

const FACTOR: Record<ChartKind, number> = { rate: 60, errors: 100, latency: 1, bytes: 1, connections: 1 };

export const isEmpty = ({ points }: Pick<Series, 'points'>): boolean => points.every((each) => each === null);

const lineOf = (series: Series): ChartLine => ({
  figure: series.figure,
  witness: series.witness,
  points: series.points.map((point, n) => ({
    atMs: series.fromMs + n * series.stepSeconds * 1000,
    height: point === null ? null : point * FACTOR[KIND[series.figure]],
  })),
});

/** One chart for each kind and each source of evidence that measured something of it. A mean is shown where no percentile is. */
export function chartsOf(series: readonly Series[]): Chart[] {
  return KINDS.flatMap((kind) =>
    EVIDENCE.flatMap((evidence) => {
      const all = series.filter(
        (each) => KIND[each.figure] === kind && each.evidence === evidence && !isEmpty(each),
      );
      const shown = all.some(({ figure }) => figure !== 'meanMs')
        ? all.filter(({ figure }) => figure !== 'meanMs')
        : all;
      if (shown.length === 0) return [];
      return {
        kind,
        evidence,
        witnesses: [...new Set(shown.map(({ witness }) => witness))],
        lines: shown.sort((a, b) => ORDER.indexOf(a.figure) - ORDER.indexOf(b.figure)).map(lineOf),
      };
    }),
  );
}

/** The figures told at a glance, each by the first evidence that has it. */
const GLANCE: readonly Series['figure'][] = ['perSecond', 'faultRatio', 'p99Ms'];

export function glanceOf(charts: readonly Chart[]): { chart: Chart; line: ChartLine }[] {
  return GLANCE.flatMap((figure) => {
    const chart = charts.find(({ lines }) => lines.some((line) => line.figure === figure));
    const line = chart?.lines.find((each) => each.figure === figure);
    return chart && line ? [{ chart, line }] : [];
  });
}

/** The last step that was measured. */
export const lastMeasured = (points: readonly ChartPoint[]): ChartPoint | undefined =>
  points.findLast(({ height }) => height !== null);

/** Stretches without a gap. */
export function unbroken(points: readonly ChartPoint[]): { atMs: number; height: number }[][] {
  const runs: { atMs: number; height: number }[][] = [];
  let run: { atMs: number; height: number }[] | undefined;
  for (const { atMs, height } of points) {
    if (height === null) run = undefined;
    else if (run) run.push({ atMs, height });
    else runs.push((run = [{ atMs, height }]));
  }
  return runs;
}

/** The highest point of some lines; 0 where there is none. */
export const highest = (lines: readonly Pick<ChartLine, 'points'>[]): number =>
  lines.reduce(
    (most, { points }) => points.reduce((high, { height }) => Math.max(high, height ?? 0), most),
    0,
  );
