/** The steps of a replay: a window cut into pieces that are shown one after another. Pure. */
import type { TimeWindow } from '@/lib/mesh/telemetry/measured';

export interface ReplayStep {
  fromMs: number;
  toMs: number;
}

/** Windows that stand begin and end with a minute. */
const MINUTE_MS = 60_000;
/** More steps than this nobody watches, and each is a question to the evidence. */
const STEPS_MAX = 60;

/**
 * The pieces of a window, oldest first, in whole minutes of the clock: as short as it was measured, longer where there would be
 * too many. What is left of a minute at either end is in none.
 */
export function replaySteps({ fromMs, toMs, stepSeconds }: TimeWindow): ReplayStep[] {
  const end = Math.floor(toMs / MINUTE_MS) * MINUTE_MS;
  const length = end - fromMs;
  const shortest = MINUTE_MS * Math.max(1, Math.round((stepSeconds * 1000) / MINUTE_MS));
  const each = shortest * Math.max(1, Math.ceil(length / shortest / STEPS_MAX));
  const count = Math.max(0, Math.floor(length / each));
  return Array.from({ length: count }, (_, n) => ({
    fromMs: end - (count - n) * each,
    toMs: end - (count - n - 1) * each,
  }));
}

export const SPEEDS = [1, 4, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** How long a step is shown at a speed, in milliseconds. */
export const shownFor = (speed: Speed): number => 4000 / speed;
