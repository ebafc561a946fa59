/** Adding up what several readings of one evidence source say. */
import { pooledPercentilesMs } from './histogram';
import type { Bucket } from './histogram';
import type { Figures } from './measured';

/** A figure of a sum is told where readings that tell it carry at least this share of the requests. */
const NEARLY_ALL = 0.99;

type Amount = (figures: Figures) => number | undefined;

/** What is added up: figures, and how long the answers took, where that is told. */
export interface Summand {
  figures: Figures;
  responseTimes?: readonly Bucket[] | undefined;
}

const SHARES = [0.5, 0.9, 0.99];

/**
 * The figures of several streams of requests taken together. Counts and rates are added, ratios and means weighted by
 * requests. Percentiles cannot be added: the sum has those of all response times together where each stream tells its own,
 * and else those of the one that carries 99 % of the requests, if there is one. A figure that summands with traffic do not tell
 * is absent, never taken for zero. Do not add readings of several evidence sources: these see the same requests.
 */
export function combineSummands(summands: readonly Summand[]): Figures {
  const sum = combine(summands.map(({ figures }) => figures));
  const told: (readonly Bucket[])[] = [];
  for (const { figures, responseTimes } of summands) {
    if (figures.requests <= 0) continue;
    if (responseTimes === undefined || responseTimes.length === 0) return sum;
    told.push(responseTimes);
  }
  if (told.length < 2) return sum;
  const [p50Ms, p90Ms, p99Ms] = pooledPercentilesMs(told, SHARES);
  return { ...sum, p50Ms, p90Ms, p99Ms };
}

/** The same of figures alone. */
export function combine(all: readonly Figures[]): Figures {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  let requests = 0;
  for (const each of all) if (each.requests > 0) requests += each.requests;
  const sum: Figures = { requests };
  const perSecond = added(all, perSecondOf, requests > 0);
  if (perSecond !== undefined) sum.perSecond = perSecond;
  const bytesPerSecond = added(all, bytesPerSecondOf);
  if (bytesPerSecond !== undefined) sum.bytesPerSecond = bytesPerSecond;
  const connections = added(all, connectionsOf);
  if (connections !== undefined) sum.connections = connections;
  if (requests === 0) return sum;
  const errorRatio = weightedMean(all, errorRatioOf, requests);
  if (errorRatio !== undefined) sum.errorRatio = errorRatio;
  const faultRatio = weightedMean(all, faultRatioOf, requests);
  if (faultRatio !== undefined) sum.faultRatio = faultRatio;
  const throttleRatio = weightedMean(all, throttleRatioOf, requests);
  if (throttleRatio !== undefined) sum.throttleRatio = throttleRatio;
  const meanMs = weightedMean(all, meanMsOf, requests);
  if (meanMs !== undefined) sum.meanMs = meanMs;
  const main = all.find((each) => each.requests > 0 && each.requests >= NEARLY_ALL * requests);
  if (main?.p50Ms !== undefined) sum.p50Ms = main.p50Ms;
  if (main?.p90Ms !== undefined) sum.p90Ms = main.p90Ms;
  if (main?.p99Ms !== undefined) sum.p99Ms = main.p99Ms;
  return sum;
}

// Asked by name and not by a list of names: this is done for every edge and entity of a mesh.
const perSecondOf: Amount = ({ perSecond }) => perSecond;
const bytesPerSecondOf: Amount = ({ bytesPerSecond }) => bytesPerSecond;
const connectionsOf: Amount = ({ connections }) => connections;
const errorRatioOf: Amount = ({ errorRatio }) => errorRatio;
const faultRatioOf: Amount = ({ faultRatio }) => faultRatio;
const throttleRatioOf: Amount = ({ throttleRatio }) => throttleRatio;
const meanMsOf: Amount = ({ meanMs }) => meanMs;

/** Of a sum nothing is known where one summand is not; `busyOnly` leaves out those without requests. */
function added(all: readonly Figures[], amountOf: Amount, busyOnly = false): number | undefined {
  let total = 0;
  for (const each of all) {
    if (busyOnly && each.requests <= 0) continue;
    const amount = amountOf(each);
    if (amount === undefined) return undefined;
    total += amount;
  }
  return all.length === 0 ? undefined : total;
}

function weightedMean(all: readonly Figures[], meanOf: Amount, requests: number): number | undefined {
  let total = 0;
  let told = 0;
  for (const each of all) {
    const mean = each.requests > 0 ? meanOf(each) : undefined;
    if (mean === undefined) continue;
    total += mean * each.requests;
    told += each.requests;
  }
  return told > 0 && told >= NEARLY_ALL * requests ? total / told : undefined;
}

/** Whether anything passed; where requests are not counted (tcp), bytes tell. */
export const hasTraffic = ({ requests, bytesPerSecond = 0 }: Figures): boolean =>
  requests > 0 || bytesPerSecond > 0;
