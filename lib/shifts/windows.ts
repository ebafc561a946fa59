/** When weights may go up. */
import type { Weekday, Window } from './spec';

const MINUTE_MS = 60_000;
const DAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const MINUTES_A_DAY = 24 * 60;

/** Minutes of `HH:MM` since midnight; `undefined` for what is none. `24:00` ends a day. */
export function minutesOf(clock: string): number | undefined {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(clock);
  if (match === null) return undefined;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  return minutes > MINUTES_A_DAY ? undefined : minutes;
}

/** Whether a time zone is known here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function localOf(nowMs: number, timeZone: string): { day: number; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  const day = DAYS.findIndex((name) => name === part('weekday'));
  return { day, minutes: Number(part('hour')) * 60 + Number(part('minute')) };
}

function covers(window: Window, nowMs: number): boolean {
  const { days = DAYS, from = '00:00', to = '24:00', timeZone = 'UTC', start, end } = window;
  if (start !== undefined && nowMs < Date.parse(start)) return false;
  if (end !== undefined && nowMs >= Date.parse(end)) return false;
  const [opens = 0, closes = MINUTES_A_DAY] = [minutesOf(from), minutesOf(to)];
  const { day, minutes } = localOf(nowMs, timeZone);
  const on = (which: number) => days.includes(DAYS[(which + 7) % 7] ?? 'Mon');
  if (opens <= closes) return on(day) && minutes >= opens && minutes < closes;
  // Over midnight, a window belongs to the day on which it opens.
  return (on(day) && minutes >= opens) || (on(day - 1) && minutes < closes);
}

/** Whether weights may go up now: within a window that allows, where there are such, and within none that denies. */
export function isOpen(windows: readonly Window[], nowMs: number): boolean {
  const allowing = windows.filter(({ kind }) => kind === 'allow');
  if (allowing.length > 0 && !allowing.some((window) => covers(window, nowMs))) return false;
  return !windows.some((window) => window.kind === 'deny' && covers(window, nowMs));
}

/** When to look again: windows open and close at whole minutes. */
export const nextMinute = (nowMs: number): number => (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS;
