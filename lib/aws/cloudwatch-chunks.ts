/** How questions about metrics are dealt out to calls of GetMetricData. */
import type { Metric } from './cloudwatch-dto';

/** Statistics of one metric: `Sum`, `Average`, `p99`. */
export interface MetricAsk {
  metric: Metric;
  statistics: readonly string[];
  /** A multiple of 60; for data older than 15 days of 300, older than 63 days of 3600. */
  periodSeconds: number;
}

export interface MetricQuery {
  id: string;
  metric: Metric;
  statistic: string;
  periodSeconds: number;
}

/** Limits of one call: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const QUERIES_MAX = 500;
const POINTS_MAX = 100_800;

/** The id under which a statistic of the `n`th ask is asked; ids begin with a lower-case letter. */
export const queryId = (n: number, statistic: number): string => `q${n}_${statistic}`;

/**
 * Deals asks about a window of `windowMs` out to calls, in order, each within the limits. Together they hold every statistic
 * once. An ask that alone has more points than a call may is a call of its own; the service then answers in pages.
 */
export function chunkQueries(asks: readonly MetricAsk[], windowMs: number): MetricQuery[][] {
  const chunks: MetricQuery[][] = [];
  let points = 0;
  asks.forEach(({ metric, statistics, periodSeconds }, n) => {
    const each = Math.ceil(windowMs / (periodSeconds * 1000));
    statistics.forEach((statistic, s) => {
      const query = { id: queryId(n, s), metric, statistic, periodSeconds };
      const last = chunks.at(-1);
      if (last !== undefined && last.length < QUERIES_MAX && points + each <= POINTS_MAX) {
        last.push(query);
        points += each;
      } else {
        chunks.push([query]);
        points = each;
      }
    });
  });
  return chunks;
}
