/** Operations of the X-Ray API that are answered, by request path. */
export const XRAY_PATHS = {
  '/ServiceGraph': 'GetServiceGraph',
  '/TraceSummaries': 'GetTraceSummaries',
  '/Traces': 'BatchGetTraces',
  '/TraceGraph': 'GetTraceGraph',
  '/TimeSeriesServiceStatistics': 'GetTimeSeriesServiceStatistics',
  '/Groups': 'GetGroups',
  '/GetGroup': 'GetGroup',
  '/GetTraceSegmentDestination': 'GetTraceSegmentDestination',
} as const;

export type XRayOperation = (typeof XRAY_PATHS)[keyof typeof XRAY_PATHS];

export const XRAY_OPERATIONS: readonly string[] = Object.values(XRAY_PATHS);

export const isXRayPath = (path: string): path is keyof typeof XRAY_PATHS => Object.hasOwn(XRAY_PATHS, path);
