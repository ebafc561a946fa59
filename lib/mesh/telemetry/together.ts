/** What was measured of several edges that are drawn as one. Pure. */
import { combineSummands } from './combine';
import type { EdgeTelemetry, HealthLevel, Observation } from './overlay';
import { EVIDENCE_KINDS } from './measured';

type Part = Pick<EdgeTelemetry, 'observations' | 'observed' | 'health'>;

/** Worst first. */
const LEVELS: readonly HealthLevel[] = ['failing', 'degraded', 'good', 'idle', 'unknown'];

/**
 * Those that tell of traffic of their own: where the evidence does not tell edges apart, such as two routes to one node, each has
 * the whole of it, by the same witnesses.
 */
function apart(observations: readonly Observation[]): Observation[] {
  const known = new Set<string>();
  return [...observations]
    .sort((a, b) => b.witnesses.length - a.witnesses.length)
    .filter(({ witnesses, sharedWith = 0 }) => {
      const told = sharedWith > 0 && witnesses.every((each) => known.has(each));
      for (const witness of witnesses) known.add(witness);
      return !told;
    });
}

const summed = (observations: readonly Observation[]): Observation[] =>
  EVIDENCE_KINDS.flatMap((evidence) => {
    const all = observations.filter((each) => each.evidence === evidence);
    const said = apart(all);
    const shared = Math.max(0, ...all.map((each) => each.sharedWith ?? 0));
    const sharedWith = Math.max(0, shared - (all.length - said.length));
    if (said.length === 0) return [];
    return {
      evidence,
      witnesses: [...new Set(said.flatMap(({ witnesses }) => witnesses))],
      figures: combineSummands(said),
      ...(sharedWith > 0 ? { sharedWith } : {}),
    };
  });

/**
 * Edges taken together: figures are those of all their traffic (see `combineSummands`; percentiles only where one of them has
 * nearly all of it). One that carries something makes the whole carry something; it is silent where all are. `undefined` for none.
 */
export function edgesTogether(parts: readonly Part[]): Part | undefined {
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only;
  const all = (observed: Part['observed']) => parts.every((part) => part.observed === observed);
  return {
    observations: summed(parts.flatMap(({ observations }) => observations)),
    observed: parts.some(({ observed }) => observed === 'yes') ? 'yes' : all('no') ? 'no' : 'unknown',
    health: LEVELS.find((level) => parts.some(({ health }) => health === level)) ?? 'unknown',
  };
}
