/** X-Ray's answers, as far as they are used. Source: X-Ray API reference 2016-04-12. Times are epoch milliseconds, durations milliseconds. */
import { z } from 'zod';

const count = z.number().nonnegative();
const time = z.date().refine((date) => !Number.isNaN(date.getTime())).transform((date) => date.getTime()); // prettier-ignore
const seconds = z.number().transform((given) => given * 1000);

/** What X-Ray leaves out is absent: an API may leave out what it did not count. */
const statistics = z.object({
  TotalCount: count.optional(),
  TotalResponseTime: seconds.optional(),
  ErrorStatistics: z.object({ TotalCount: count.optional(), ThrottleCount: count.optional() }).optional(),
  FaultStatistics: z.object({ TotalCount: count.optional() }).optional(),
});

/** Counted requests. error: 4xx, throttles among them; fault: 5xx. */
export interface XRayStatistics {
  total: number;
  error?: number | undefined;
  throttle?: number | undefined;
  fault?: number | undefined;
  /** Sum over all requests. */
  responseMs?: number | undefined;
}

const counted = statistics
  .transform(
    ({ TotalCount, TotalResponseTime, ErrorStatistics, FaultStatistics }): XRayStatistics | undefined =>
      TotalCount === undefined
        ? undefined
        : {
            total: TotalCount,
            error: ErrorStatistics?.TotalCount,
            throttle: ErrorStatistics?.ThrottleCount,
            fault: FaultStatistics?.TotalCount,
            responseMs: TotalResponseTime,
          },
  )
  .optional();

/** So many requests took about so long. */
export interface HistogramEntry {
  ms: number;
  count: number;
}

const histogram = z
  .array(z.object({ Value: seconds, Count: count }).transform(({ Value, Count }) => ({ ms: Value, count: Count })))
  .optional()
  .transform((entries): HistogramEntry[] => entries ?? []); // prettier-ignore

const edge = z
  .object({ ReferenceId: z.number(), SummaryStatistics: counted, ResponseTimeHistogram: histogram })
  .transform(({ ReferenceId, SummaryStatistics, ResponseTimeHistogram }) => ({
    to: ReferenceId,
    statistics: SummaryStatistics,
    responseTimes: ResponseTimeHistogram,
  }));

export const xrayService = z
  .object({
    ReferenceId: z.number(),
    Name: z.string().optional(),
    Names: z.array(z.string()).optional(),
    Type: z.string().optional(),
    Edges: z.array(edge).optional(),
    SummaryStatistics: counted,
    ResponseTimeHistogram: histogram,
  })
  .transform(({ ReferenceId, Name, Names, Type, Edges, SummaryStatistics, ResponseTimeHistogram }) => ({
    id: ReferenceId,
    // A client has no name of its own.
    name: Name ?? Names?.[0] ?? Type ?? '',
    type: Type ?? '',
    edges: Edges ?? [],
    statistics: SummaryStatistics,
    responseTimes: ResponseTimeHistogram,
  }));

export type XRayService = z.infer<typeof xrayService>;

export const xrayMoment = z
  .object({
    Timestamp: time,
    EdgeSummaryStatistics: counted,
    ServiceSummaryStatistics: counted,
    ResponseTimeHistogram: histogram,
  })
  .transform(({ Timestamp, EdgeSummaryStatistics, ServiceSummaryStatistics, ResponseTimeHistogram }) => ({
    atMs: Timestamp,
    statistics: ServiceSummaryStatistics ?? EdgeSummaryStatistics,
    responseTimes: ResponseTimeHistogram,
  }));

export type XRayMoment = z.infer<typeof xrayMoment>;

/** One of the three, as the SDK reads a union. */
const annotationText = z
  .object({
    StringValue: z.string().optional(),
    NumberValue: z.number().optional(),
    BooleanValue: z.boolean().optional(),
  })
  .transform(
    ({ StringValue, NumberValue, BooleanValue }) => StringValue ?? String(NumberValue ?? BooleanValue ?? ''),
  );

const annotations = z
  .record(z.string(), z.array(z.object({ AnnotationValue: annotationText.optional() })))
  .optional()
  .transform((given): Record<string, string> =>
    Object.fromEntries(
      Object.entries(given ?? {}).map(([key, found]) => [
        key,
        [...new Set(found.flatMap(({ AnnotationValue }) => AnnotationValue ?? []))].join(', '),
      ]),
    ),
  );

export const xraySummary = z
  .object({
    Id: z.string(),
    StartTime: time.optional(),
    Duration: seconds.optional(),
    ResponseTime: seconds.optional(),
    HasFault: z.boolean().optional(),
    HasError: z.boolean().optional(),
    HasThrottle: z.boolean().optional(),
    IsPartial: z.boolean().optional(),
    Http: z
      .object({
        HttpURL: z.string().optional(),
        HttpStatus: z.number().optional(),
        HttpMethod: z.string().optional(),
      })
      .optional(),
    Annotations: annotations,
    ServiceIds: z.array(z.object({ Name: z.string().optional(), Type: z.string().optional() })).optional(),
  })
  .transform((found) => ({
    id: found.Id,
    startMs: found.StartTime,
    durationMs: found.Duration,
    responseMs: found.ResponseTime,
    fault: found.HasFault ?? false,
    error: found.HasError ?? false,
    throttle: found.HasThrottle ?? false,
    partial: found.IsPartial ?? false,
    http: found.Http && { method: found.Http.HttpMethod, url: found.Http.HttpURL, status: found.Http.HttpStatus },
    annotations: found.Annotations,
    services: (found.ServiceIds ?? []).flatMap(({ Name }) => Name ?? []),
  })); // prettier-ignore

export type XRaySummary = z.infer<typeof xraySummary>;

/** Documents stay text: each is read by itself. */
export const xrayTrace = z
  .object({
    Id: z.string(),
    Duration: seconds.optional(),
    LimitExceeded: z.boolean().optional(),
    Segments: z.array(z.object({ Id: z.string().catch(''), Document: z.string().catch('') })).optional(),
  })
  .transform(({ Id, Duration, LimitExceeded, Segments }) => ({
    id: Id,
    durationMs: Duration,
    limitExceeded: LimitExceeded ?? false,
    segments: (Segments ?? []).map((segment) => ({ id: segment.Id, document: segment.Document })),
  }));

export type XRayTrace = z.infer<typeof xrayTrace>;

export const xrayGroup = z
  .object({ GroupName: z.string(), FilterExpression: z.string().optional() })
  .transform(({ GroupName, FilterExpression }) => ({ name: GroupName, expression: FilterExpression ?? '' }));

export type XRayGroup = z.infer<typeof xrayGroup>;
