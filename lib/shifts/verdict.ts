/** What one sample says of one metric. */
import type { MetricAnswer } from './measure';
import type { MetricPolicy } from './policy';
import type { Measurement, Verdict } from './status';

/** A verdict with its numbers; `baselineFails`: the other node breaks the absolute limits as well. */
export type Judged = Pick<
  Measurement,
  'metric' | 'node' | 'verdict' | 'figure' | 'baseline' | 'limit' | 'samples' | 'evidence' | 'message'
> & { baselineFails: boolean };

type Told = Extract<MetricAnswer, { ok: true }>;

interface Broken {
  limit: number;
  message: string;
}

/** The absolute limit that a figure breaks. */
function absolute({ max, min }: MetricPolicy, figure: number): Broken | undefined {
  if (max !== undefined && figure > max) return { limit: max, message: `${figure} is above ${max}` };
  if (min !== undefined && figure < min) return { limit: min, message: `${figure} is below ${min}` };
  return undefined;
}

const enough = (
  answer: MetricAnswer | undefined,
  { minSamples }: MetricPolicy,
): answer is Told & { figure: number } =>
  answer?.ok === true && answer.figure !== undefined && answer.samples >= minSamples;

/** Judges `of`, the node that gains traffic, beside `baseline`, the one that loses it. Both answers are of this metric. */
export function judge(
  metric: MetricPolicy,
  node: string,
  of: MetricAnswer | undefined,
  baseline: MetricAnswer | undefined,
): Judged {
  const told = { metric: metric.name, node, baselineFails: false };
  const noData = (message: string, answer: MetricAnswer | undefined): Judged => ({
    ...told,
    verdict: (metric.noData === 'hold' ? 'noData' : metric.noData) satisfies Verdict,
    message,
    ...(answer?.ok === true ? { samples: answer.samples, evidence: answer.evidence } : {}),
  });
  if (of?.ok === false) return { ...told, verdict: 'error', message: of.message };
  if (!enough(of, metric)) return noData(`fewer than ${metric.minSamples} requests tell it`, of);

  const { figure, samples, evidence } = of;
  const known = { ...told, figure, samples, evidence };
  const other = enough(baseline, metric) ? baseline.figure : undefined;
  const seen = other === undefined ? known : { ...known, baseline: other };
  const broken = absolute(metric, figure);
  if (broken !== undefined) {
    const baselineFails = other !== undefined && absolute(metric, other) !== undefined;
    return { ...seen, ...broken, verdict: 'fail', baselineFails };
  }
  const { compare } = metric;
  if (compare === undefined) return { ...seen, ...limitOf(metric), verdict: 'pass' };
  if (baseline?.ok === false) return { ...known, verdict: 'error', message: baseline.message };
  if (other === undefined)
    return noData(`fewer than ${metric.minSamples} requests tell it of the baseline`, of);
  const limit = other * (compare.maxRatio ?? 1) + (compare.maxIncrease ?? 0);
  if (figure <= limit) return { ...seen, limit, verdict: 'pass' };
  return {
    ...seen,
    limit,
    verdict: 'fail',
    message: `${figure} is above ${limit}, from a baseline of ${other}`,
  };
}

const limitOf = ({ max, min }: MetricPolicy) => {
  const limit = max ?? min;
  return limit === undefined ? {} : { limit };
};
