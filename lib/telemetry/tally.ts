/** X-Ray's statistics added up over pieces of a window and over services of one name, and the figures they give. */
import { mergeHistograms, percentileMs } from '@/lib/mesh/telemetry/histogram';
import type { Figures } from '@/lib/mesh/telemetry/measured';
import type { HistogramEntry, XRayStatistics } from '@/lib/aws/x-ray';

export interface Tally {
  statistics: XRayStatistics | undefined;
  /** Shortest first. */
  responseTimes: HistogramEntry[];
}

export const NO_TALLY: Tally = { statistics: undefined, responseTimes: [] };

/** What neither counted stays uncounted. */
const plus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : a + (b ?? 0);

function addStatistics(a: XRayStatistics | undefined, b: XRayStatistics | undefined) {
  if (a === undefined || b === undefined) return a ?? b;
  return {
    total: a.total + b.total,
    error: plus(a.error, b.error),
    throttle: plus(a.throttle, b.throttle),
    fault: plus(a.fault, b.fault),
    responseMs: plus(a.responseMs, b.responseMs),
  };
}

export const addTally = (a: Tally, b: Tally): Tally => ({
  statistics: addStatistics(a.statistics, b.statistics),
  responseTimes: mergeHistograms(a.responseTimes, b.responseTimes),
});

/**
 * Figures of what X-Ray saw: samples, so that there is no rate. Mean: all response times over all requests; percentiles: by
 * rank in the merged histogram (see `percentileMs`). Ratios of no requests are absent. `undefined` where nothing was counted.
 */
export function figuresOf({ statistics, responseTimes }: Tally): Figures | undefined {
  if (statistics === undefined) return undefined;
  const { total, error, throttle, fault, responseMs } = statistics;
  const perRequest = (sum: number | undefined) =>
    sum === undefined || total === 0 ? undefined : sum / total;
  return {
    requests: total,
    errorRatio: perRequest(error),
    faultRatio: perRequest(fault),
    throttleRatio: perRequest(throttle),
    meanMs: perRequest(responseMs),
    p50Ms: percentileMs(responseTimes, 0.5),
    p90Ms: percentileMs(responseTimes, 0.9),
    p99Ms: percentileMs(responseTimes, 0.99),
  };
}
