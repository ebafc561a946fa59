/** Statistics asked of CloudWatch together, and their answers by bucket of time. */
import type { Metric, MetricAnswer, MetricAsk, MetricPoint } from '@/lib/aws/cloudwatch';

/** Stretches of equal length, side by side. */
export interface Buckets {
  fromMs: number;
  stepMs: number;
  count: number;
}

/** Where answers to one question are; several where several metrics are parts of one figure. */
export type Asked = readonly number[];

/** Collects questions, so that all are sent at once. */
export class MetricQuestions {
  readonly asks: MetricAsk[] = [];

  /** `undefined` where there is no such metric: then there is nothing to read either. */
  ask(
    metrics: readonly Metric[] | undefined,
    statistics: readonly string[],
    periodSeconds: number,
  ): Asked | undefined {
    if (metrics === undefined || metrics.length === 0) return undefined;
    return metrics.map((metric) => this.asks.push({ metric, statistics, periodSeconds }) - 1);
  }
}

/** Per bucket; `undefined` where there are no points in it. */
export type Line = readonly (number | undefined)[];

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);

/**
 * The answers to a question, parts added up: within a bucket, points are added (`sum`) or averaged (`mean`). `undefined` where
 * it was not asked, or a part could not be read: a sum without it would be wrong.
 */
export function lineOf(
  answers: readonly MetricAnswer[],
  asked: Asked | undefined,
  statistic: string,
  within: 'sum' | 'mean',
  { fromMs, stepMs, count }: Buckets,
): Line | undefined {
  const parts: MetricPoint[][] = [];
  for (const at of asked ?? []) {
    const points = answers[at]?.[statistic];
    if (points === undefined) return undefined;
    parts.push(points);
  }
  if (parts.length === 0) return undefined;
  const perPart = parts.map((points) => {
    const buckets = Array.from({ length: count }, (): number[] => []);
    for (const { atMs, amount } of points) buckets[Math.floor((atMs - fromMs) / stepMs)]?.push(amount);
    return buckets;
  });
  return Array.from({ length: count }, (_, n) => {
    const filled = perPart.flatMap((buckets) => {
      const amounts = buckets[n] ?? [];
      if (amounts.length === 0) return [];
      return [within === 'sum' ? sum(amounts) : sum(amounts) / amounts.length];
    });
    return filled.length === 0 ? undefined : sum(filled);
  });
}
