/** Single figures out of what several evidence sources say, and how edges are drawn by them. Pure. */
import { bestFigure } from '@/lib/mesh/telemetry/health';
import type { EvidenceKind, Figures } from '@/lib/mesh/telemetry/measured';
import type { MeasuredShare, Observation } from '@/lib/mesh/telemetry/overlay';
import type { EdgeFigure } from './telemetry-view';

export interface Quantity {
  /** rpm: requests per minute. samples: requests seen by a source that sees only a part. ratio: 0..1. bytes: per second. */
  unit: 'rpm' | 'samples' | 'ms' | 'ratio' | 'bytes';
  amount: number;
  evidence: EvidenceKind;
}

/** The first reading of a figure by one source, also where it is zero. */
const told = (
  observations: readonly Observation[],
  by: EvidenceKind,
  figure: 'perSecond' | 'requests',
): number | undefined =>
  observations.find(({ evidence, figures }) => evidence === by && figures[figure] !== undefined)?.figures[
    figure
  ];

/** The rate, in requests per minute, also where it is zero; where only samples were seen, how many. Of TCP there is none. */
export function rateOf(observations: readonly Observation[]): Quantity | undefined {
  for (const evidence of ['cloudwatch', 'xray'] as const) {
    const perSecond = told(observations, evidence, 'perSecond');
    if (perSecond !== undefined) return { unit: 'rpm', amount: perSecond * 60, evidence };
  }
  const seen = told(observations, 'xray', 'requests');
  return seen === undefined ? undefined : { unit: 'samples', amount: seen, evidence: 'xray' };
}

const quantity = (
  observations: readonly Observation[],
  figure: keyof Figures,
  unit: Quantity['unit'],
): Quantity | undefined => {
  const found = bestFigure(observations, figure);
  return found && { unit, amount: found.amount, evidence: found.observation.evidence };
};

export const faultsOf = (observations: readonly Observation[]): Quantity | undefined =>
  quantity(observations, 'faultRatio', 'ratio');
export const errorsOf = (observations: readonly Observation[]): Quantity | undefined =>
  quantity(observations, 'errorRatio', 'ratio');
export const p99Of = (observations: readonly Observation[]): Quantity | undefined =>
  quantity(observations, 'p99Ms', 'ms');

export const bytesOf = (observations: readonly Observation[]): Quantity | undefined =>
  quantity(observations, 'bytesPerSecond', 'bytes');

/** A latency for the heat: p99, else the mean, which some evidence tells alone. */
export const latencyOf = (observations: readonly Observation[]): Quantity | undefined =>
  p99Of(observations) ?? quantity(observations, 'meanMs', 'ms');

/** What an edge carries for a figure other than the share; errors has both ratios, faults last. */
export function edgeQuantities(observations: readonly Observation[], figure: EdgeFigure): Quantity[] {
  const found = ((): (Quantity | undefined)[] => {
    switch (figure) {
      case 'rate':
        return [rateOf(observations)];
      case 'p50':
        return [quantity(observations, 'p50Ms', 'ms')];
      case 'p90':
        return [quantity(observations, 'p90Ms', 'ms')];
      case 'p99':
        return [p99Of(observations)];
      case 'errors':
        return [errorsOf(observations), faultsOf(observations)];
      case 'bytes':
        return [bytesOf(observations)];
      case 'share':
        return [];
    }
  })();
  return found.filter((each) => each !== undefined);
}

/** Whether a share's band leaves out what was declared. */
export const isOff = ({ declaredShare, low, high }: MeasuredShare): boolean =>
  low !== undefined && high !== undefined && (declaredShare < low || declaredShare > high);

/** Stroke of an edge by its rate, in pixels: grows with the logarithm, so that 10,000 rpm still fits between cards. */
export const strokeOf = (rate: Quantity | undefined): number =>
  rate === undefined ? 1.2 : Math.min(8, 1.2 + 1.4 * Math.log10(1 + Math.max(0, rate.amount)));

/** Upper ends of the steps of the latency scale, in milliseconds; the last step has none. */
export const HEAT_STEPS_MS = [50, 150, 400, 1000] as const;

/** The step of the latency scale, from 1 on. */
export const heatOf = (ms: number): number => HEAT_STEPS_MS.filter((end) => ms >= end).length + 1;

/** Seconds in which a dash moves on by one: fast where much is sent, `undefined` where nothing is. */
export function paceOf(rate: Quantity | undefined): number | undefined {
  if (rate === undefined || rate.amount <= 0) return undefined;
  return Math.round(100 * Math.max(0.25, 3 - 0.7 * Math.log10(1 + rate.amount))) / 100;
}
