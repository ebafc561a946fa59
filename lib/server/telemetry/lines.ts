/** Lines of several subjects as one. */
import type { Series } from '@/lib/mesh/telemetry/measured';

/** What can be added up. */
const ADDITIVE: readonly Series['figure'][] = ['perSecond', 'bytesPerSecond', 'connections'];
/** Means over requests: of several, each counts by its requests. Of percentiles there is none for a sum. */
const MEANS: readonly Series['figure'][] = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs'];

const sum = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

type Lines = readonly Series[];

const lineOf = (lines: Lines, like: Series, figure = like.figure): Series | undefined =>
  lines.find((line) => line.figure === figure && line.evidence === like.evidence);

/** One step of a mean over several, each by its rate; null where nobody had requests. */
function meanAt(all: readonly Lines[], like: Series, step: number): number | null {
  let weight = 0;
  let total = 0;
  for (const lines of all) {
    const rate = lineOf(lines, like, 'perSecond')?.points[step] ?? 0;
    const mean = lineOf(lines, like)?.points[step] ?? null;
    if (rate === 0 || mean === null) continue;
    weight += rate;
    total += rate * mean;
  }
  return weight === 0 ? null : total / weight;
}

/**
 * The lines of one subject as they are; of several those that can be put together. X-Ray, which tells no rates, has no means
 * of several.
 */
export function addLines(all: readonly Series[][]): Series[] {
  const told = all.filter((lines) => lines.length > 0);
  const [first = []] = told;
  if (told.length < 2) return first;
  const put = new Map<string, Series>();
  for (const line of told.flat()) {
    const name = `${line.evidence} ${line.figure}`;
    const known = put.get(name);
    const witness = known === undefined ? line.witness : `${known.witness} + ${line.witness}`;
    if (ADDITIVE.includes(line.figure))
      put.set(name, {
        ...line,
        witness,
        points: known?.points.map((point, n) => sum(point, line.points[n] ?? null)) ?? line.points,
      });
    else if (MEANS.includes(line.figure) && told.some((lines) => lineOf(lines, line, 'perSecond')))
      put.set(name, { ...line, witness, points: line.points.map((_, step) => meanAt(told, line, step)) });
  }
  return [...put.values()];
}
