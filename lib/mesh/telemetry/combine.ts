/** Adding up what several readings of one evidence source say. */
import { pooledPercentilesMs } from './histogram';
import type { Bucket } from './histogram';
import type { Figures } from './measured';

/** A figure of a sum is told where readings that tell it carry at least this share of the requests. */
const NEARLY_ALL = 0.99;

/** What is added up: figures, and how long the answers took, where that is told. */
export interface Summand {
  figures: Figures;
  responseTimes?: readonly Bucket[] | undefined;
}

const SHARES = [0.5, 0.9, 0.99];
const NOTHING: Summand = { figures: { requests: 0 } };
const NEVER: readonly Bucket[] = [];
const timesOf = ({ figures, responseTimes = NEVER }: Summand): readonly Bucket[] =>
  figures.requests > 0 ? responseTimes : NEVER;
/** Of an amount that somebody did not tell; whatever is added to it stays that. */
const UNTOLD = NaN;

/**
 * The figures of several streams of requests taken together. Counts and rates are added, ratios and means weighted by
 * requests. Percentiles cannot be added: the sum has those of all response times together where each stream tells its own,
 * and else those of the one that carries 99 % of the requests, if there is one. A figure that summands with traffic do not tell
 * is absent, never taken for zero. Do not add readings of several evidence sources: these see the same requests.
 */
export const combineSummands = (summands: readonly Summand[]): Figures =>
  combineSome(summands, [...summands.keys()]);

/** The same of some of them, by their places in the list. */
export function combineSome(summands: readonly Summand[], which: readonly number[]): Figures {
  const sum = combine(summands, which);
  let busy = 0;
  for (const n of which) {
    const { figures, responseTimes } = summands[n] ?? NOTHING;
    if (figures.requests <= 0) continue;
    if (responseTimes === undefined || responseTimes.length === 0) return sum;
    busy += 1;
  }
  if (busy < 2) return sum;
  const told = which.map((n) => timesOf(summands[n] ?? NOTHING));
  [sum.p50Ms, sum.p90Ms, sum.p99Ms] = pooledPercentilesMs(told, SHARES);
  return sum;
}

/** A sum under way: of each weighted figure, its product with the requests, and the requests of those that tell it. */
const WEIGHTED = ['errorRatio', 'faultRatio', 'throttleRatio', 'meanMs'] as const;
const products = new Float64Array(WEIGHTED.length);
const tellers = new Float64Array(WEIGHTED.length);

/** Without the response times. One pass without an object of its own: this is done for every edge and entity of a mesh. */
function combine(all: readonly Summand[], which: readonly number[]): Figures {
  const first = all[which[0] ?? -1]?.figures;
  if (first !== undefined && which.length === 1) return first;
  let requests = 0;
  let perSecond = 0;
  let perSecondBusy = 0;
  let bytesPerSecond = 0;
  let connections = 0;
  let main = first;
  products.fill(0);
  tellers.fill(0);
  for (const n of which) {
    const { figures } = all[n] ?? NOTHING;
    perSecond += figures.perSecond ?? UNTOLD;
    bytesPerSecond += figures.bytesPerSecond ?? UNTOLD;
    connections += figures.connections ?? UNTOLD;
    const count = figures.requests;
    if (count <= 0) continue;
    requests += count;
    perSecondBusy += figures.perSecond ?? UNTOLD;
    weigh(0, figures.errorRatio, count);
    weigh(1, figures.faultRatio, count);
    weigh(2, figures.throttleRatio, count);
    weigh(3, figures.meanMs, count);
    if (main === undefined || count > main.requests) main = figures;
  }
  const sum: Figures = { requests };
  if (first === undefined) return sum;
  // A stream without requests need not tell their rate.
  const rate = requests > 0 ? perSecondBusy : perSecond;
  if (!Number.isNaN(rate)) sum.perSecond = rate;
  if (!Number.isNaN(bytesPerSecond)) sum.bytesPerSecond = bytesPerSecond;
  if (!Number.isNaN(connections)) sum.connections = connections;
  if (requests === 0) return sum;
  for (let n = 0; n < WEIGHTED.length; n += 1) {
    const figure = WEIGHTED[n];
    const told = tellers[n] ?? 0;
    if (figure !== undefined && told >= NEARLY_ALL * requests) sum[figure] = (products[n] ?? 0) / told;
  }
  if (main === undefined || main.requests < NEARLY_ALL * requests) return sum;
  if (main.p50Ms !== undefined) sum.p50Ms = main.p50Ms;
  if (main.p90Ms !== undefined) sum.p90Ms = main.p90Ms;
  if (main.p99Ms !== undefined) sum.p99Ms = main.p99Ms;
  return sum;
}

function weigh(n: number, mean: number | undefined, requests: number): void {
  if (mean === undefined) return;
  products[n] = (products[n] ?? 0) + mean * requests;
  tellers[n] = (tellers[n] ?? 0) + requests;
}

/** Whether anything passed; where requests are not counted (tcp), bytes tell. */
export const hasTraffic = ({ requests, bytesPerSecond = 0 }: Figures): boolean =>
  requests > 0 || bytesPerSecond > 0;
