/** Telemetry: what was measured, charts, traces; and how each evidence source is doing. */
import { z } from 'zod';
import type { MeshTelemetry } from '@/lib/mesh/telemetry/overlay';
import type { Series } from '@/lib/mesh/telemetry/measured';
import type { Trace, TraceSummary } from '@/lib/mesh/telemetry/trace';

/** What the server's own code made; it is checked where it is made. */
const made = <T>() => z.custom<T>((candidate) => typeof candidate === 'object' && candidate !== null);

export const evidenceKind = z.enum(['xray', 'cloudwatch']);

/**
 * off: not configured. ok. partial: answered in part. failed: nothing was learned; what is shown, if anything, is from `readAt`.
 * Codes of what is wrong: E611 no credentials, E612 expired credentials, E613 not allowed, E614 throttled, E615 unknown region or
 * no answer, E616 clocks differ, E617 group gone, E618 answer not understood, E619 budget reached.
 */
export const evidence = z.object({
  kind: evidenceKind,
  phase: z.enum(['off', 'ok', 'partial', 'failed']),
  problem: z.object({ code: z.string(), operation: z.string().optional(), detail: z.string() }).optional(),
  /** ISO 8601: when it was last read. */
  readAt: z.string().optional(),
  /** Only a part of the requests is seen (X-Ray). */
  sampled: z.boolean(),
  /** Seconds between readings now, and whether the budget made it slower. */
  everySeconds: z.number(),
  slowed: z.boolean(),
  /** Asked for in the last hour (metrics; traces scanned), its price in USD at list prices, and the budget where one is set. */
  cost: z.object({ units: z.number(), usdPerHour: z.number(), budgetUsdPerHour: z.number().optional() }),
});
export type Evidence = z.infer<typeof evidence>;

export const timeWindow = z.object({ fromMs: z.number(), toMs: z.number(), stepSeconds: z.number() });

/** GET …/telemetry?window=5m | from=&to= (ISO 8601 or epoch ms). */
export const telemetryAnswer = z.object({
  window: timeWindow,
  telemetry: made<MeshTelemetry>(),
  evidence: z.array(evidence),
  /** Milliseconds after which asking again may bring something new. */
  freshForMs: z.number(),
});
export type TelemetryAnswer = z.infer<typeof telemetryAnswer>;

/** GET …/metrics?key=ENTITY_OR_EDGE_KEY (repeatable, at most 8)&window | from,to. `lines[n]` is of `keys[n]`. */
export const metricsAnswer = z.object({
  window: timeWindow,
  charts: z.array(z.object({ key: z.string(), series: z.array(made<Series>()) })),
  evidence: z.array(evidence),
});
export type MetricsAnswer = z.infer<typeof metricsAnswer>;

/** GET …/traces?key&status&minMs&maxMs&filter&window | from,to&token. `filter` is an X-Ray filter expression, passed on. */
export const tracesAnswer = z.object({
  window: timeWindow,
  traces: z.array(made<TraceSummary>()),
  /** The X-Ray filter expression that was asked. */
  expression: z.string(),
  nextToken: z.string().optional(),
  scanned: z.number(),
  evidence: z.array(evidence),
  /** Traces in the X-Ray console, for a person who may log in there. */
  consoleUrl: z.string().optional(),
});
export type TracesAnswer = z.infer<typeof tracesAnswer>;

/** GET …/traces/{id} */
export const traceAnswer = z.object({ trace: made<Trace>(), consoleUrl: z.string().optional() });
export type TraceAnswer = z.infer<typeof traceAnswer>;
