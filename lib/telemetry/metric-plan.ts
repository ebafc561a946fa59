/** Which statistics are asked about proxies and calls, and how their answers are counted. */
import type { MetricAnswer } from '@/lib/aws/cloudwatch';
import type { CallMetrics, MetricsByName, OwnMetrics } from './metric-catalogue';
import type { CallCount, OwnCount } from './metric-counts';
import { lineOf } from './metric-questions';
import type { Asked, Buckets, MetricQuestions } from './metric-questions';

export interface Periods {
  /** Of counts. */
  countSeconds: number;
  /** Of times and connections, which cannot be added up: as long as the stretch they are told for. */
  timeSeconds: number;
}

const MEAN = 'Average';
const PERCENTILES = { p50Ms: 'p50', p90Ms: 'p90', p99Ms: 'p99' } as const;
const CODES = [
  'HTTPCode_Target_2XX_Count',
  'HTTPCode_Target_3XX_Count',
  'HTTPCode_Target_4XX_Count',
  'HTTPCode_Target_5XX_Count',
] as const;

/**
 * A count of answers: as it is listed. A caller that publishes answers at all does not publish a kind of which there were none;
 * the first of its kind must be seen before it is listed, so that it is asked for where the count of requests is.
 */
function codeMetrics(metrics: MetricsByName, code: (typeof CODES)[number], suffix: string) {
  if (metrics[code] !== undefined) return metrics[code];
  const requests = metrics.RequestCountPerTarget;
  if (requests === undefined || CODES.every((each) => metrics[each] === undefined)) return undefined;
  return requests.map((each) => ({ ...each, name: each.name.replace(suffix, code) }));
}

export interface CallQuestion {
  call: CallMetrics;
  requests: Asked | undefined;
  errors: Asked | undefined;
  faults: Asked | undefined;
  times: Asked | undefined;
  bytes: Asked | undefined;
}

export function askCall(to: MetricQuestions, call: CallMetrics, periods: Periods): CallQuestion {
  const { metrics } = call;
  const { countSeconds, timeSeconds } = periods;
  const codes = (code: (typeof CODES)[number]) =>
    to.ask(codeMetrics(metrics, code, 'RequestCountPerTarget'), ['Sum'], countSeconds);
  // Times of several metrics cannot be put together.
  const times = metrics.TargetResponseTime?.length === 1 ? metrics.TargetResponseTime : undefined;
  return {
    call,
    requests: to.ask(metrics.RequestCountPerTarget, ['Sum'], countSeconds),
    errors: codes('HTTPCode_Target_4XX_Count'),
    faults: codes('HTTPCode_Target_5XX_Count'),
    times: to.ask(times, [MEAN, ...Object.values(PERCENTILES)], timeSeconds),
    bytes: to.ask(metrics.TargetProcessedBytes, ['Sum'], countSeconds),
  };
}

export interface OwnQuestion {
  own: OwnMetrics;
  requests: Asked | undefined;
  bytes: Asked | undefined;
  connections: Asked | undefined;
}

export function askOwn(to: MetricQuestions, own: OwnMetrics, periods: Periods): OwnQuestion {
  const { metrics } = own;
  const requests = [...(metrics.RequestCount ?? []), ...(metrics.GrpcRequestCount ?? [])];
  return {
    own,
    requests: to.ask(requests, ['Sum'], periods.countSeconds),
    bytes: to.ask(metrics.ProcessedBytes, ['Sum'], periods.countSeconds),
    connections: to.ask(metrics.ActiveConnectionCount, [MEAN], periods.timeSeconds),
  };
}

/**
 * Counts by bucket. `silence`: what no point in a bucket means for a counter that is published: 0 over a whole window, where Envoy
 * publishes no counter that did not move; `undefined`, a gap, on a chart. `undefined` where requests were asked and could not be
 * read, or there was nothing to ask.
 */
export function readCall(
  question: CallQuestion,
  answers: readonly MetricAnswer[],
  buckets: Buckets,
  silence: 0 | undefined,
): CallCount[] | undefined {
  const sums = (asked: Asked | undefined) => lineOf(answers, asked, 'Sum', 'sum', buckets);
  const times = (statistic: string) => lineOf(answers, question.times, statistic, 'mean', buckets);
  const requests = sums(question.requests);
  const bytes = sums(question.bytes);
  if (question.requests === undefined ? bytes === undefined : requests === undefined) return undefined;
  const errors = sums(question.errors);
  const faults = sums(question.faults);
  const mean = times(MEAN);
  const [p50, p90, p99] = [times(PERCENTILES.p50Ms), times(PERCENTILES.p90Ms), times(PERCENTILES.p99Ms)];
  return Array.from({ length: buckets.count }, (_, n): CallCount => {
    const sent = requests && (requests[n] ?? silence);
    // Answers of no requests are no answers; of some requests, a kind that was not counted did not come.
    const answered = (line: typeof errors) => (sent === undefined ? undefined : line && (line[n] ?? 0));
    return {
      requests: sent,
      errors: answered(errors),
      faults: answered(faults),
      bytes: bytes && (bytes[n] ?? silence),
      meanMs: mean?.[n],
      p50Ms: p50?.[n],
      p90Ms: p90?.[n],
      p99Ms: p99?.[n],
    };
  });
}

/** Counts by bucket, as in `readCall`. */
export function readOwn(
  question: OwnQuestion,
  answers: readonly MetricAnswer[],
  buckets: Buckets,
  silence: 0 | undefined,
): OwnCount[] | undefined {
  const requests = lineOf(answers, question.requests, 'Sum', 'sum', buckets);
  const bytes = lineOf(answers, question.bytes, 'Sum', 'sum', buckets);
  const connections = lineOf(answers, question.connections, MEAN, 'mean', buckets);
  if (requests === undefined && bytes === undefined && connections === undefined) return undefined;
  return Array.from({ length: buckets.count }, (_, n): OwnCount => ({
    requests: requests && (requests[n] ?? silence),
    bytes: bytes && (bytes[n] ?? silence),
    connections: connections?.[n],
  }));
}
