/** What the knobs do to a request of X-Ray or CloudWatch before it is answered, if it is. */
import type { Knobs, TelemetryMode } from '../kube/types';
import { ACCOUNT, REGION } from '../appmesh/resource-id';

export const TELEMETRY_MODES = [
  'up',
  'down',
  'forbidden',
  'expired',
  'throttled',
  'slow',
  'empty',
  'partial',
] as const satisfies readonly TelemetryMode[];

export interface TelemetryApi {
  /** As in permissions: `xray`, `cloudwatch`. */
  name: string;
  mode: TelemetryMode;
  /** The operations the mode concerns; all when empty. */
  operations: readonly string[];
}

/** A refusal in words that X-Ray and CloudWatch have in common. */
export interface Refusal {
  kind: 'forbidden' | 'expired' | 'throttled';
  message: string;
}

/** The mode as far as it concerns an operation. */
export const modeOf = ({ mode, operations }: TelemetryApi, operation: string): TelemetryMode =>
  operations.length === 0 || operations.includes(operation) || mode === 'down' ? mode : 'up';

/** `chance`: a number from 0 to 1, another for each request. */
export function refusalOf(
  api: TelemetryApi,
  operation: string,
  { telemetryThrottledRatio }: Knobs,
  chance: number,
): Refusal | undefined {
  switch (modeOf(api, operation)) {
    case 'forbidden':
      return {
        kind: 'forbidden',
        message: `User: arn:aws:sts::${ACCOUNT}:assumed-role/sandbox/session is not authorized to perform: ${api.name}:${operation} on resource: arn:aws:${api.name}:${REGION}:${ACCOUNT}:*`,
      };
    case 'expired':
      return { kind: 'expired', message: 'The security token included in the request is expired' };
    case 'throttled':
      return chance < telemetryThrottledRatio ? { kind: 'throttled', message: 'Rate exceeded' } : undefined;
    case 'up':
    case 'down':
    case 'slow':
    case 'empty':
    case 'partial':
      return undefined;
  }
}
