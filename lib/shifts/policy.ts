/** What holds where a spec leaves something out. */
import type { Analysis, Deadlines, Metric, ShiftSpec, Verify } from './spec';

type Filled<T> = { [field in keyof T]-?: Exclude<T[field], undefined> };

export type MetricPolicy = Filled<Omit<Metric, 'max' | 'min' | 'compare'>> &
  Pick<Metric, 'max' | 'min' | 'compare'>;

export interface AnalysisPolicy extends Filled<Omit<Analysis, 'metrics'>> {
  metrics: MetricPolicy[];
}

export interface Policy {
  analysis: AnalysisPolicy | undefined;
  verify: Filled<Verify>;
  deadlines: Filled<Omit<Deadlines, 'stepSeconds' | 'totalSeconds'>> &
    Pick<Deadlines, 'stepSeconds' | 'totalSeconds'>;
  onFailure: 'rollback' | 'hold';
  onDrift: 'pause' | 'abort' | 'reassert';
}

const metricPolicy = (metric: Metric): MetricPolicy => ({
  ...metric,
  evidence: metric.evidence ?? 'any',
  minSamples: metric.minSamples ?? 10,
  failureLimit: metric.failureLimit ?? 1,
  errorLimit: metric.errorLimit ?? 4,
  noData: metric.noData ?? 'hold',
});

function analysisPolicy(analysis: Analysis): AnalysisPolicy {
  const intervalSeconds = analysis.intervalSeconds ?? 60;
  return {
    intervalSeconds,
    warmUpSeconds: analysis.warmUpSeconds ?? 30,
    windowSeconds: analysis.windowSeconds ?? intervalSeconds,
    lagSeconds: analysis.lagSeconds ?? 60,
    metrics: analysis.metrics.map(metricPolicy),
  };
}

/** The spec's policies with every default filled in. The CRD's descriptions tell the same defaults. */
export function policyOf({ analysis, verify = {}, deadlines = {}, onFailure, onDrift }: ShiftSpec): Policy {
  return {
    analysis: analysis && analysisPolicy(analysis),
    verify: {
      mode: verify.mode ?? 'prefer',
      minSamples: verify.minSamples ?? 30,
      tolerance: verify.tolerance ?? 0.05,
      intervalSeconds: verify.intervalSeconds ?? 15,
      timeoutSeconds: verify.timeoutSeconds ?? 180,
    },
    deadlines: {
      startSeconds: deadlines.startSeconds ?? 600,
      acceptSeconds: deadlines.acceptSeconds ?? 120,
      noDataSeconds: deadlines.noDataSeconds ?? 600,
      onNoData: deadlines.onNoData ?? 'pause',
      stepSeconds: deadlines.stepSeconds,
      totalSeconds: deadlines.totalSeconds,
    },
    onFailure: onFailure ?? 'rollback',
    onDrift: onDrift ?? 'pause',
  };
}
