/** Statistics asked of CloudWatch together, and their answers by bucket of time. */
import type { Metric, MetricAnswer, MetricAsk, MetricPoint } from '@/lib/aws/cloudwatch';

/** Stretches of equal length, side by side. */
export interface Buckets {
  fromMs: number;
  stepMs: number;
  count: number;
}

/** Where answers to one question are; several where several metrics are parts of one figure. */
export interface Asked {
  at: readonly number[];
  periodMs: number;
}

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
    const at = metrics.map((metric) => this.asks.push({ metric, statistics, periodSeconds }) - 1);
    return { at, periodMs: periodSeconds * 1000 };
  }
}

/** Per bucket; `undefined` where there are no points in it. */
export type Line = readonly (number | undefined)[];

const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);

/** Sums by the bucket in which a point's period begins. */
function added(points: readonly MetricPoint[], { fromMs, stepMs, count }: Buckets): Line {
  const buckets = Array.from({ length: count }, (): number[] => []);
  for (const { atMs, amount } of points) buckets[Math.floor((atMs - fromMs) / stepMs)]?.push(amount);
  return buckets.map((amounts) => (amounts.length === 0 ? undefined : sum(amounts)));
}

/**
 * Means by bucket, each point weighted by how long its period is in the bucket: CloudWatch may let a long period begin at the
 * start that was asked for, or on the clock.
 */
function averaged(
  points: readonly MetricPoint[],
  periodMs: number,
  { fromMs, stepMs, count }: Buckets,
): Line {
  return Array.from({ length: count }, (_, n) => {
    const start = fromMs + n * stepMs;
    let weights = 0;
    let weighted = 0;
    for (const { atMs, amount } of points) {
      const within = Math.min(atMs + periodMs, start + stepMs) - Math.max(atMs, start);
      if (within <= 0) continue;
      weights += within;
      weighted += within * amount;
    }
    return weights === 0 ? undefined : weighted / weights;
  });
}

/**
 * The answers to a question, parts added up: within a bucket, points are added (`sum`) or averaged (`mean`). `undefined` where
 * it was not asked, or a part could not be read: a sum without it would be wrong.
 */
export function lineOf(
  answers: readonly MetricAnswer[],
  asked: Asked | undefined,
  statistic: string,
  within: 'sum' | 'mean',
  buckets: Buckets,
): Line | undefined {
  if (asked === undefined) return undefined;
  const parts: Line[] = [];
  for (const at of asked.at) {
    const points = answers[at]?.[statistic];
    if (points === undefined) return undefined;
    parts.push(within === 'sum' ? added(points, buckets) : averaged(points, asked.periodMs, buckets));
  }
  return Array.from({ length: buckets.count }, (_, n) => {
    const filled = parts.flatMap((line) => line[n] ?? []);
    return filled.length === 0 ? undefined : sum(filled);
  });
}
