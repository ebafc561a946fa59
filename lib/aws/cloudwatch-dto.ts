/** CloudWatch's answers, as far as they are used. Source: CloudWatch API reference 2010-08-01. Times are epoch milliseconds. */
import { z } from 'zod';

export interface Dimension {
  name: string;
  content: string;
}

/** A metric as it was published: CloudWatch finds it by exactly these dimensions. */
export interface Metric {
  namespace: string;
  name: string;
  dimensions: readonly Dimension[];
}

export const listedMetric = z
  .object({
    Namespace: z.string(),
    MetricName: z.string(),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).optional(),
  })
  .transform(({ Namespace, MetricName, Dimensions }): Metric => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: (Dimensions ?? []).map(({ Name, Value }) => ({ name: Name, content: Value })),
  }));

/** What a metric came to in the period that begins at `atMs`. */
export interface MetricPoint {
  atMs: number;
  amount: number;
}

const message = z.object({ Code: z.string().optional(), Value: z.string().optional() });

export const metricRow = z
  .object({
    Id: z.string(),
    Timestamps: z.array(z.date()).optional(),
    Values: z.array(z.number()).optional(),
    StatusCode: z.enum(['Complete', 'PartialData', 'Forbidden', 'InternalError']).catch('InternalError'),
    Messages: z.array(message).optional(),
  })
  .transform(({ Id, Timestamps = [], Values = [], StatusCode, Messages = [] }) => ({
    id: Id,
    status: StatusCode,
    points: Timestamps.flatMap((date, n): MetricPoint[] => {
      const amount = Values[n];
      return amount === undefined ? [] : [{ atMs: date.getTime(), amount }];
    }),
    said: Messages.flatMap(({ Code, Value }) => Value ?? Code ?? []),
  }));

export type MetricRow = z.infer<typeof metricRow>;
