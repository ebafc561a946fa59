/** The traffic of the sandbox: what happened in any second of the last day, and in some of those before, drawn when somebody asks. */
import type { InMemoryControlPlane } from '../appmesh/control-plane';
import type { InProcessCluster } from '../kube/cluster';
import type { Knobs } from '../kube/types';
import { DeclaredLog } from './declared-log';
import { arrivals, type Entry } from './entries';
import type { MeshPlan } from './plan';
import { slices } from './slices';
import { addTally, TallyMaker, timesTally, type Tally } from './tally';
import { Walker } from './walk';

/** How far back the past can be asked for. */
const REMEMBERED_S = 30 * 24 * 3600;
/** So far back every second is drawn. */
const WHOLE_S = 24 * 3600;
/** Before that, one minute in so many, which stands for the others. */
const THINNED = 180;
const MINUTE_S = 60;
/** Links of minutes that are kept; a day of `shop` is about 100,000. */
const MOST_KEPT = 250_000;

export interface TrafficOptions {
  api: InMemoryControlPlane;
  cluster: InProcessCluster;
  now: () => Date;
  knobs: () => Knobs;
}

export interface Span {
  /** Epoch seconds; `to` is not part of it. */
  from: number;
  to: number;
}

/**
 * What happens in a second depends on the seed, the second, and the mesh as declared then, and on nothing else. All that a
 * request sets off counts for the second in which it entered.
 */
export class Traffic {
  private readonly log: DeclaredLog;
  private readonly minutes = new Map<string, Tally>();
  private kept = 0;
  private readonly rates: { since: number; factor: number }[];

  constructor(private readonly options: TrafficOptions) {
    this.log = new DeclaredLog(options);
    this.rates = [{ since: -Infinity, factor: options.knobs().trafficRate }];
  }

  /** The second under way: nothing is told of it before it is over. */
  get currentSecond(): number {
    return Math.floor(this.options.now().getTime() / 1000);
  }

  /** The part of a span that is over and not forgotten. */
  known({ from, to }: Span): Span {
    const { currentSecond } = this;
    return {
      from: Math.max(Math.floor(from), currentSecond - REMEMBERED_S),
      to: Math.min(Math.ceil(to), currentSecond),
    };
  }

  /** The next second from this one on that is drawn: of what is long ago, minutes here and there. */
  nextDrawn(second: number): number {
    if (second >= this.currentSecond - WHOLE_S) return second;
    const minute = Math.floor(second / MINUTE_S);
    if (minute % THINNED === 0) return second;
    const next = (Math.floor(minute / THINNED) + 1) * THINNED * MINUTE_S;
    return Math.min(next, this.currentSecond - WHOLE_S);
  }

  /** Meshes there were at the beginning or at the end of a span. */
  meshNames(span: Span): string[] {
    const { from, to } = this.known(span);
    if (from >= to) return [];
    return [...new Set([...this.log.at(from).meshNames(), ...this.log.at(to - 1).meshNames()])];
  }

  plan(mesh: string, second: number): MeshPlan {
    return this.log.at(second).plan(mesh);
  }

  arrivals(entry: Entry, second: number): number {
    const rate = this.rates.findLast(({ since }) => since <= second);
    return arrivals(entry, second, this.options.knobs().trafficSeed, rate?.factor ?? 1);
  }

  walker(): Walker {
    return new Walker(this.options.knobs().trafficSeed);
  }

  /** To be called after a knob was turned: another rate holds from the next second on, another seed is another past. */
  knobsTurned(before: Knobs, after: Knobs): void {
    if (before.trafficRate !== after.trafficRate)
      this.rates.push({ since: this.currentSecond + 1, factor: after.trafficRate });
    if (before.trafficSeed === after.trafficSeed) return;
    this.minutes.clear();
    this.kept = 0;
  }

  stop(): void {
    this.log.stop();
  }

  /** Visits the minutes of a span in order, the first and the last as far as they belong to it. */
  async eachMinute(mesh: string, span: Span, visit: (startsAt: number, tally: Tally) => void): Promise<void> {
    const { from, to } = this.known(span);
    const breathe = slices();
    for (let at = this.nextDrawn(from); at < to; at = this.nextDrawn(at)) {
      // What stands for others counts for them.
      const thinned = at < this.currentSecond - WHOLE_S;
      const minute = Math.floor(at / MINUTE_S) * MINUTE_S;
      const end = Math.min(minute + MINUTE_S, to);
      const whole = end - at === MINUTE_S;
      const kept = whole ? this.minutes.get(keyOf(mesh, at)) : undefined;
      const { trafficSeed: seed } = this.options.knobs();
      const tally = kept ?? (await this.draw(mesh, { from: at, to: end }, breathe));
      if (whole && !kept && seed === this.options.knobs().trafficSeed) this.keep(mesh, at, tally);
      visit(minute, thinned ? timesTally(tally, THINNED) : tally);
      at = end;
      await breathe();
    }
  }

  async total(mesh: string, span: Span): Promise<Tally> {
    const total: Tally = { links: new Map(), targets: new Map() };
    await this.eachMinute(mesh, span, (_, tally) => addTally(total, tally));
    return total;
  }

  private keep(mesh: string, at: number, tally: Tally): void {
    const key = keyOf(mesh, at);
    if (this.minutes.has(key)) return;
    this.minutes.set(key, tally);
    this.kept += tally.links.size;
    for (const [oldest, { links }] of this.minutes) {
      if (this.kept <= MOST_KEPT) break;
      this.minutes.delete(oldest);
      this.kept -= links.size;
    }
  }

  private async draw(
    mesh: string,
    { from, to }: Span,
    breathe: () => Promise<void> | undefined,
  ): Promise<Tally> {
    const maker = new TallyMaker();
    const walker = this.walker();
    for (let second = from; second < to; second++) {
      for (const entry of this.plan(mesh, second).entries) {
        const count = this.arrivals(entry, second);
        for (let index = 0; index < count; index++) {
          walker.walk(entry, second, index);
          maker.add(entry, walker);
        }
      }
      const pause = breathe();
      if (pause) await pause;
    }
    return maker.done();
  }
}

const keyOf = (mesh: string, minute: number) => `${minute} ${mesh}`;
