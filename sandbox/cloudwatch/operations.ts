/** Operations of the CloudWatch API that are answered. */
export const CLOUDWATCH_OPERATIONS = ['GetMetricData', 'ListMetrics'] as const;

export type CloudWatchOperation = (typeof CLOUDWATCH_OPERATIONS)[number];

const TARGET = 'GraniteServiceVersion20100801.';

/** The operation a header names; `undefined` when it names none of this API. */
export const isCloudWatchTarget = (target: string | string[] | undefined): target is string =>
  typeof target === 'string' && target.startsWith(TARGET);

export const operationOf = (target: string): CloudWatchOperation | undefined =>
  CLOUDWATCH_OPERATIONS.find((operation) => target === TARGET + operation);
