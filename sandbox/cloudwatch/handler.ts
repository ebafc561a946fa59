/** One request of the CloudWatch API, from its operation to its answer. */
import type { Knobs, TelemetryMode } from '../kube/types';
import type { Traffic } from '../traffic/traffic';
import { getMetricData } from './get-metric-data';
import { listMetrics } from './list-metrics';
import type { CloudWatchOperation } from './operations';
import type { Fields } from './requests';

export interface CloudWatchState {
  traffic: Traffic;
  knobs: Knobs;
  /** As far as it concerns the operation. */
  mode: TelemetryMode;
}

/** Refusals are thrown as AwsError. */
export function answer(
  state: CloudWatchState,
  operation: CloudWatchOperation,
  fields: Fields,
): Promise<object> {
  switch (operation) {
    case 'GetMetricData':
      return getMetricData(state, fields);
    case 'ListMetrics':
      return listMetrics(state, fields);
  }
}
