/** Adding up what several readings of one evidence source say. */
import type { Figures } from './measured';

/** A figure of a sum is told where readings that tell it carry at least this share of the requests. */
const NEARLY_ALL = 0.99;

/** The figures that are means over requests. */
const MEANS = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs'] as const;
const PERCENTILES = ['p50Ms', 'p90Ms', 'p99Ms'] as const;

/**
 * The figures of several streams of requests taken together. Counts and rates are added, ratios and means weighted by
 * requests. Percentiles cannot be added: the sum has them only where one summand carries 99 % of the requests, and a
 * reader that holds histograms merges these before. A figure that summands with traffic do not tell is absent, never
 * taken for zero. Do not add readings of several evidence sources: these see the same requests.
 */
export function combine(all: readonly Figures[]): Figures {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const busy = all.filter(({ requests }) => requests > 0);
  const requests = busy.reduce((sum, each) => sum + each.requests, 0);
  const sum: Figures = { requests };
  const perSecond = added(busy.length > 0 ? busy : all, 'perSecond');
  if (perSecond !== undefined) sum.perSecond = perSecond;
  for (const figure of ['bytesPerSecond', 'connections'] as const) {
    const total = added(all, figure);
    if (total !== undefined) sum[figure] = total;
  }
  for (const figure of MEANS) {
    const mean = weightedMean(busy, figure, requests);
    if (mean !== undefined) sum[figure] = mean;
  }
  const main = busy.find((each) => each.requests >= NEARLY_ALL * requests);
  for (const figure of PERCENTILES) if (main?.[figure] !== undefined) sum[figure] = main[figure];
  return sum;
}

/** Of a sum nothing is known where one summand is not. */
function added(
  all: readonly Figures[],
  figure: 'perSecond' | 'bytesPerSecond' | 'connections',
): number | undefined {
  let total = 0;
  for (const each of all) {
    const amount = each[figure];
    if (amount === undefined) return undefined;
    total += amount;
  }
  return all.length === 0 ? undefined : total;
}

function weightedMean(
  busy: readonly Figures[],
  figure: (typeof MEANS)[number],
  requests: number,
): number | undefined {
  let total = 0;
  let told = 0;
  for (const each of busy) {
    const mean = each[figure];
    if (mean === undefined) continue;
    total += mean * each.requests;
    told += each.requests;
  }
  return told > 0 && told >= NEARLY_ALL * requests ? total / told : undefined;
}

/** Whether anything passed; where requests are not counted (tcp), bytes tell. */
export const hasTraffic = ({ requests, bytesPerSecond = 0 }: Figures): boolean =>
  requests > 0 || bytesPerSecond > 0;
