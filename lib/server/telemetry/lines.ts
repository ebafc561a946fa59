/** Lines of several subjects as one. */
import type { Series } from '@/lib/mesh/telemetry/measured';

/** What can be added up; of the rest, percentiles for example, there is none for a sum. */
const ADDITIVE: readonly Series['figure'][] = ['perSecond', 'bytesPerSecond', 'connections'];

const sum = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** The lines of one subject as they are; of several those that can be added, added. */
export function addLines(all: readonly Series[][]): Series[] {
  const told = all.filter((lines) => lines.length > 0);
  const [first = []] = told;
  if (told.length < 2) return first;
  const added = new Map<string, Series>();
  for (const line of told.flat()) {
    if (!ADDITIVE.includes(line.figure)) continue;
    const name = `${line.evidence} ${line.figure}`;
    const known = added.get(name);
    added.set(
      name,
      known === undefined
        ? line
        : {
            ...known,
            witness: `${known.witness} + ${line.witness}`,
            points: known.points.map((point, n) => sum(point, line.points[n] ?? null)),
          },
    );
  }
  return [...added.values()];
}
