/** How long to wait before the next attempt. */

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Doubles from half a second to 30 s, each shortened by up to half at random so that many clients do not come back at once. `attempt` counts from 1; `random` is 0..1. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return full * (1 - random / 2);
}
