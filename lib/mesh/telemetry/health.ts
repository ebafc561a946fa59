/** How well something does, by what was measured of it. */
import { hasTraffic } from './combine';
import type { HealthLevel, Limits, Observation, OwnThresholds, Thresholds } from './overlay';

/** In force where nothing else was configured. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  faultRatio: { degraded: 0.01, failing: 0.05 },
  errorRatio: { degraded: 0.1, failing: 0.3 },
  p99Ms: { degraded: 1_000, failing: 3_000 },
};

const JUDGED = ['faultRatio', 'errorRatio', 'p99Ms'] as const;
export type JudgedFigure = (typeof JUDGED)[number];

/** One own limit moves the common other one along, so that failing is never below degraded. */
function limitsWith(common: Limits, own: Partial<Record<keyof Limits, number | undefined>> = {}): Limits {
  const { degraded = Math.min(common.degraded, own.failing ?? common.degraded), failing = common.failing } =
    own;
  return { degraded, failing: Math.max(failing, degraded) };
}

/** Thresholds of one thing: its own where it has them. */
export function thresholdsWith(common: Thresholds, own: OwnThresholds | undefined): Thresholds {
  if (own === undefined) return common;
  return {
    faultRatio: limitsWith(common.faultRatio, own.faultRatio),
    errorRatio: limitsWith(common.errorRatio, own.errorRatio),
    p99Ms: limitsWith(common.p99Ms, own.p99Ms),
  };
}

/** The observation of the best evidence that tells a figure: see `bestFigure`. */
function bestObservation(
  observations: readonly Observation[],
  figure: keyof Observation['figures'],
): Observation | undefined {
  let sampled: Observation | undefined;
  for (const observation of observations) {
    if (observation.figures[figure] === undefined || !hasTraffic(observation.figures)) continue;
    if (observation.evidence === 'cloudwatch') return observation;
    sampled ??= observation;
  }
  return sampled;
}

/**
 * A figure by the best evidence that tells it: CloudWatch, which counts every request, before X-Ray, which samples. Nothing
 * is told of something that had no traffic.
 */
export function bestFigure<Figure extends keyof Observation['figures']>(
  observations: readonly Observation[],
  figure: Figure,
): { amount: number; observation: Observation } | undefined {
  const observation = bestObservation(observations, figure);
  const amount = observation?.figures[figure];
  return observation === undefined || amount === undefined ? undefined : { amount, observation };
}

export function levelOf(
  observations: readonly Observation[],
  figure: JudgedFigure,
  thresholds: Thresholds,
): 'good' | 'degraded' | 'failing' {
  const amount = bestObservation(observations, figure)?.figures[figure];
  if (amount === undefined) return 'good';
  const { degraded, failing } = thresholds[figure];
  return amount > failing ? 'failing' : amount > degraded ? 'degraded' : 'good';
}

const hadTraffic = ({ figures }: Observation): boolean => hasTraffic(figures);

/** Nothing came, by a source that would have seen it. X-Ray samples, and proves no silence. */
export const saysNothingCame = (observations: readonly Observation[]): boolean =>
  observations.some(({ evidence }) => evidence === 'cloudwatch') && !observations.some(hadTraffic);

/** The worst of what its figures say; a figure that nobody tells says nothing. */
export function healthOf(observations: readonly Observation[], thresholds: Thresholds): HealthLevel {
  if (!observations.some(hadTraffic)) return saysNothingCame(observations) ? 'idle' : 'unknown';
  let worst: HealthLevel = 'good';
  for (const figure of JUDGED) {
    const level = levelOf(observations, figure, thresholds);
    if (level === 'failing') return level;
    if (level === 'degraded') worst = level;
  }
  return worst;
}
