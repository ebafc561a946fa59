/** Evidence from X-Ray: sampled requests, good for who calls whom, for ratios and for latency; not for rates. */
import 'server-only';
import type { Series, TimeWindow } from '@/lib/mesh/telemetry/measured';
import type { XRayApi, XRayMoment } from '@/lib/aws/x-ray';
import { edgeSelector, namesOf, serviceSelector } from './proxy-names';
import { addTally, figuresOf, NO_TALLY } from './tally';
import type { EvidenceReader, Learned, Scope, SeriesSubject, Spent, Trouble } from './types';
import { measureGraphs } from './x-ray-graph';

export interface XRayReaderOptions {
  api: XRayApi;
  /** Only what this X-Ray group holds. */
  group?: string | undefined;
}

const FIGURES = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms'] as const;

/** X-Ray aggregates by these; the finer one, where the step is no multiple of five minutes. */
const periodFor = (stepSeconds: number): 60 | 300 => (stepSeconds % 300 === 0 ? 300 : 60);

const spent = (calls: number): Spent => ({ metrics: 0, traces: 0, calls });

/** Selectors for a subject, the likelier first: of a shared mesh it is not known whether its names carry the owner. */
function selectorsOf(scope: Scope, { from, to }: SeriesSubject): string[] {
  if (from === undefined && to === undefined) return [];
  const starts = from === undefined ? [] : namesOf(scope, from.awsName);
  const ends = to === undefined ? [] : namesOf(scope, to);
  if (to === undefined) return starts.map(serviceSelector);
  if (from === undefined) return ends.map(serviceSelector);
  return starts.map((start, n) => edgeSelector(start, ends[n] ?? start));
}

function seriesOf(moments: readonly XRayMoment[], witness: string, window: TimeWindow): Series[] {
  const stepSeconds = Math.max(60, window.stepSeconds);
  const stepMs = stepSeconds * 1000;
  const steps = Math.max(0, Math.ceil((window.toMs - window.fromMs) / stepMs));
  const tallies = Array.from({ length: steps }, () => NO_TALLY);
  for (const { atMs, statistics, responseTimes } of moments) {
    const step = Math.floor((atMs - window.fromMs) / stepMs);
    const tally = tallies[step];
    if (tally) tallies[step] = addTally(tally, { statistics, responseTimes });
  }
  const figures = tallies.map(figuresOf);
  return FIGURES.map((figure) => ({
    figure,
    evidence: 'xray' as const,
    witness,
    fromMs: window.fromMs,
    stepSeconds,
    points: figures.map((of) => of?.[figure] ?? null),
  })).filter(({ points }) => points.some((point) => point !== null));
}

/**
 * Reads the service graph and its statistics over time. Calls to X-Ray: one per 6 h of the window and page. Neither is billed.
 * `series` cannot tell services apart: a named one is ignored.
 */
export function createXRayReader({ api, group }: XRayReaderOptions): EvidenceReader {
  return {
    kind: 'xray',

    async measure(scope, window, signal) {
      const { result: graphs, troubles, calls } = await api.serviceGraphs(window, group, signal);
      if (graphs === undefined) return { troubles, spent: spent(calls) };
      const { measured, loose } = measureGraphs(graphs, scope);
      const detail = `${loose} edges lead to services that are not in the answer`;
      const looseEnds: Trouble[] =
        // Of pages that failed, this is no news.
        loose > 0 && troubles.length === 0
          ? [{ kind: 'malformed', operation: 'GetServiceGraph', detail }]
          : [];
      return { result: measured, troubles: [...troubles, ...looseEnds], spent: spent(calls) };
    },

    async series(scope, subject, window, signal) {
      let calls = 0;
      const troubles: Trouble[] = [];
      let learned: Learned<Series[]> | undefined;
      for (const selector of selectorsOf(scope, subject)) {
        const reading = await api.timeSeries(window, selector, periodFor(window.stepSeconds), group, signal);
        calls += reading.calls;
        troubles.push(...reading.troubles);
        const lines = reading.result && seriesOf(reading.result, selector, window);
        learned = { result: lines ?? learned?.result, troubles, spent: spent(calls) };
        if (lines === undefined || lines.length > 0) break;
      }
      return learned ?? { result: [], troubles, spent: spent(calls) };
    },

    close: () => api.close(),
  };
}
