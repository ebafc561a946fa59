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

/** The same of figures alone. One pass: this is done for every edge and entity of a mesh. */
export function combine(all: readonly Figures[]): Figures {
  const [only] = all;
  if (only !== undefined && all.length === 1) return only;
  const sum = new Sum();
  for (const figures of all) sum.take(figures);
  return sum.told(all.length);
}

/** A sum under way. Of amounts, nothing is known once one summand does not tell it; of means, what carries nearly all tells. */
class Sum {
  private requests = 0;
  private perSecond: number | undefined = 0;
  private perSecondBusy: number | undefined = 0;
  private bytesPerSecond: number | undefined = 0;
  private connections: number | undefined = 0;
  private readonly errors = new Mean();
  private readonly faults = new Mean();
  private readonly throttles = new Mean();
  private readonly lengths = new Mean();
  private main: Figures | undefined;

  take(figures: Figures): void {
    const { requests, perSecond, bytesPerSecond, connections } = figures;
    this.perSecond = plus(this.perSecond, perSecond);
    this.bytesPerSecond = plus(this.bytesPerSecond, bytesPerSecond);
    this.connections = plus(this.connections, connections);
    if (requests <= 0) return;
    this.requests += requests;
    this.perSecondBusy = plus(this.perSecondBusy, perSecond);
    this.errors.take(figures.errorRatio, requests);
    this.faults.take(figures.faultRatio, requests);
    this.throttles.take(figures.throttleRatio, requests);
    this.lengths.take(figures.meanMs, requests);
    if (this.main === undefined || requests > this.main.requests) this.main = figures;
  }

  told(summands: number): Figures {
    const { requests, bytesPerSecond, connections } = this;
    const sum: Figures = { requests };
    if (summands === 0) return sum;
    // A stream without requests need not tell their rate.
    const perSecond = requests > 0 ? this.perSecondBusy : this.perSecond;
    if (perSecond !== undefined) sum.perSecond = perSecond;
    if (bytesPerSecond !== undefined) sum.bytesPerSecond = bytesPerSecond;
    if (connections !== undefined) sum.connections = connections;
    if (requests === 0) return sum;
    const errorRatio = this.errors.of(requests);
    if (errorRatio !== undefined) sum.errorRatio = errorRatio;
    const faultRatio = this.faults.of(requests);
    if (faultRatio !== undefined) sum.faultRatio = faultRatio;
    const throttleRatio = this.throttles.of(requests);
    if (throttleRatio !== undefined) sum.throttleRatio = throttleRatio;
    const meanMs = this.lengths.of(requests);
    if (meanMs !== undefined) sum.meanMs = meanMs;
    const { main } = this;
    if (main === undefined || main.requests < NEARLY_ALL * requests) return sum;
    if (main.p50Ms !== undefined) sum.p50Ms = main.p50Ms;
    if (main.p90Ms !== undefined) sum.p90Ms = main.p90Ms;
    if (main.p99Ms !== undefined) sum.p99Ms = main.p99Ms;
    return sum;
  }
}

const plus = (sum: number | undefined, amount: number | undefined): number | undefined =>
  sum === undefined || amount === undefined ? undefined : sum + amount;

/** A mean weighted by requests. */
class Mean {
  private total = 0;
  private told = 0;

  take(mean: number | undefined, requests: number): void {
    if (mean === undefined) return;
    this.total += mean * requests;
    this.told += requests;
  }

  of(requests: number): number | undefined {
    return this.told > 0 && this.told >= NEARLY_ALL * requests ? this.total / this.told : undefined;
  }
}

/** Whether anything passed; where requests are not counted (tcp), bytes tell. */
export const hasTraffic = ({ requests, bytesPerSecond = 0 }: Figures): boolean =>
  requests > 0 || bytesPerSecond > 0;
