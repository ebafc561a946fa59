/** Axes: where their marks stand. Pure. */

/** Marks from 0 up to at least `most`, in steps of 1, 2 or 5 times a power of ten, `about` of them. */
export function heightMarks(most: number, about = 4): number[] {
  if (!(most > 0) || !Number.isFinite(most)) return [0, 1];
  const rough = most / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, n) => Number((n * step).toPrecision(12)));
}

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/**
 * Marks at round times of the day between two moments, at most `most` of them. `offsetMinutes`: what the reader's clock is
 * behind UTC, as `Date.getTimezoneOffset` tells.
 */
export function timeMarks(fromMs: number, toMs: number, most: number, offsetMinutes: number): number[] {
  const step = STEPS.find((each) => (toMs - fromMs) / each <= most) ?? Math.ceil((toMs - fromMs) / most);
  const offset = offsetMinutes * MINUTE;
  const first = Math.ceil((fromMs - offset) / step) * step + offset;
  const marks: number[] = [];
  for (let at = first; at <= toMs; at += step) marks.push(at);
  return marks;
}

/** Marks of a logarithmic axis: 1, 3, 10, 30 … from below `least` to above `most`; both above 0. */
export function logMarks(least: number, most: number): number[] {
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power++)
    for (const digit of [1, 3]) marks.push(Number((digit * 10 ** power).toPrecision(12)));
  const first = Math.max(
    0,
    marks.findLastIndex((mark) => mark <= least),
  );
  const last = marks.findIndex((mark) => mark >= most);
  return marks.slice(first, last === -1 ? undefined : Math.max(last, first + 1) + 1);
}
