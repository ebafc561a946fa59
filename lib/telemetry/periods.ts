/** Which periods CloudWatch still has, and windows with edges that fit them. */
import type { Stretch } from '@/lib/aws/windows';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** CloudWatch keeps minutes for 15 days, five minutes for 63 and hours for 455. Source: API reference, GetMetricStatistics. */
export function finestPeriodSeconds(fromMs: number, nowMs: number): 60 | 300 | 3600 {
  const ageMs = nowMs - fromMs;
  if (ageMs >= 63 * DAY_MS) return 3600;
  return ageMs >= 15 * DAY_MS ? 300 : 60;
}

/** A period of at least `stepSeconds` that is kept, as a multiple of the finest one. */
export function periodFor(stepSeconds: number, fromMs: number, nowMs: number): number {
  const finest = finestPeriodSeconds(fromMs, nowMs);
  return Math.max(finest, Math.ceil(stepSeconds / finest) * finest);
}

/** Both edges back to a multiple of `gridSeconds`, so that nothing unfinished is counted; at least one grid step long. */
export function alignBack({ fromMs, toMs }: Stretch, gridSeconds: number): Stretch {
  const gridMs = gridSeconds * 1000;
  const from = Math.floor(fromMs / gridMs) * gridMs;
  return { fromMs: from, toMs: Math.max(from + gridMs, Math.floor(toMs / gridMs) * gridMs) };
}

/** A grid for measuring a whole window: coarser for longer ones, so that no more points are asked than it is worth. */
export function gridFor({ fromMs, toMs }: Stretch, nowMs: number): number {
  const lengthMs = toMs - fromMs;
  const grid = lengthMs > DAY_MS ? 3600 : lengthMs > 3 * HOUR_MS ? 300 : 60;
  return Math.max(grid, finestPeriodSeconds(fromMs, nowMs));
}
