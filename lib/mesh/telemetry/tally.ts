/** Readings gathered under what they are about, those of each evidence source apart. */
import { combineSome } from './combine';
import type { Summand } from './combine';
import type { EvidenceKind } from './measured';
import type { Observation } from './overlay';

export interface Said extends Summand {
  evidence: EvidenceKind;
  witness: string;
}

/** Something that a reading is about: its place, and those of all that the reading may as well be about, its own among them. */
export interface Post {
  at: number;
  /** Fewer than two where the reading is about this alone. */
  alternatives: readonly number[];
}

const NONE: readonly number[] = [];
/** Up to so many are compared with each other; that is faster than a set of them. */
const FEW = 6;

const isFirst = (each: string, n: number, all: readonly string[]): boolean => all.indexOf(each) === n;

function distinct(all: string[]): string[] {
  if (all.length > FEW) return [...new Set(all)];
  return all.every(isFirst) ? all : all.filter(isFirst);
}

function begins(numbers: readonly number[], sum: readonly number[], count: number): boolean {
  if (sum.length !== count) return false;
  for (let n = 0; n < count; n += 1) if (sum[n] !== numbers[n]) return false;
  return true;
}

/** What some readings come to, and the next of those whose first reading is the same. */
interface Sum {
  of: readonly number[];
  observation: Observation;
  next: Sum | undefined;
}

/** What readings, by their numbers, come to, each list once: a service, its router and the edge between them have the same. */
export class Sums {
  private readonly alone: (Observation | undefined)[];
  private readonly several: (Sum | undefined)[];

  constructor(private readonly readings: readonly Said[]) {
    this.alone = new Array<undefined>(readings.length);
    this.several = new Array<undefined>(readings.length);
  }

  get(n: number): Said | undefined {
    return this.readings[n];
  }

  /** What one reading says. */
  single(n: number): Observation | undefined {
    const known = this.alone[n];
    if (known !== undefined) return known;
    const said = this.readings[n];
    if (said === undefined) return undefined;
    const { evidence, witness, figures } = said;
    return (this.alone[n] = { evidence, witnesses: [witness], figures });
  }

  /** What two or more say together: the first `count` of `numbers`, each of which is that of a reading. */
  of(numbers: readonly number[], count: number): Observation | undefined {
    const [first = 0] = numbers;
    const alike = this.several[first];
    for (let sum = alike; sum !== undefined; sum = sum.next)
      if (begins(numbers, sum.of, count)) return sum.observation;
    const of = numbers.slice(0, count);
    const evidence = this.readings[first]?.evidence;
    if (evidence === undefined) return undefined;
    const witnesses = distinct(of.map((n) => this.readings[n]?.witness ?? ''));
    const observation: Observation = { evidence, witnesses, figures: combineSome(this.readings, of) };
    this.several[first] = { of, observation, next: alike };
    return observation;
  }
}

/** Numbers of the readings at the place that is looked at. */
const gathered: number[] = [];

/**
 * Readings by place. A place has two chains, one for each source, of links numbered from 1 on: there are as many places as a mesh
 * has entities or edges, and most have a reading or two, so that a list for each would cost more than all the rest.
 */
export class Tally {
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly next: Int32Array;
  /** The number of a link's reading. */
  private readonly reading: Int32Array;
  private readonly shared = new Map<number, (readonly number[])[]>();
  private links = 0;

  /** For so many places, and at most so many times `add`. All readings are added before anything is asked. `sums` may be shared. */
  constructor(
    places: number,
    private readonly sums: Sums,
    mostLinks: number,
  ) {
    this.first = new Int32Array(2 * places);
    this.last = new Int32Array(2 * places);
    this.next = new Int32Array(mostLinks + 1);
    this.reading = new Int32Array(mostLinks + 1);
  }

  /** Puts a reading, by its number, down to a place. */
  add(n: number, { at, alternatives }: Post): void {
    const chain = this.chainOf(at, this.sums.get(n)?.evidence);
    const link = (this.links += 1);
    const before = this.last[chain] ?? 0;
    if (before === 0) this.first[chain] = link;
    else this.next[before] = link;
    this.last[chain] = link;
    this.reading[link] = n;
    if (alternatives.length < 2) return;
    const known = this.shared.get(chain);
    if (known === undefined) this.shared.set(chain, [alternatives]);
    else if (!known.includes(alternatives)) known.push(alternatives);
  }

  requests(at: number, evidence: EvidenceKind): number {
    let sum = 0;
    for (let link = this.first[this.chainOf(at, evidence)] ?? 0; link > 0; link = this.next[link] ?? 0)
      sum += this.said(link)?.figures.requests ?? 0;
    return sum;
  }

  /** Places to which the same traffic was put down; empty where it is told apart. */
  places(at: number, evidence: EvidenceKind): readonly number[] {
    return this.placesOf(this.chainOf(at, evidence));
  }

  /** One observation for each source that says something, in the order of `EVIDENCE`. */
  observations(at: number): Observation[] {
    const counted = this.observation(at, 'cloudwatch');
    const sampled = this.observation(at, 'xray');
    if (counted === undefined) return sampled === undefined ? [] : [sampled];
    return sampled === undefined ? [counted] : [counted, sampled];
  }

  observation(at: number, evidence: EvidenceKind): Observation | undefined {
    const chain = this.chainOf(at, evidence);
    const first = this.first[chain] ?? 0;
    if (first === 0) return undefined;
    if (first === this.last[chain]) return this.withShared(chain, this.sums.single(this.reading[first] ?? 0));
    let count = 0;
    for (let link = first; link > 0; link = this.next[link] ?? 0) gathered[count++] = this.reading[link] ?? 0;
    return this.withShared(chain, this.sums.of(gathered, count));
  }

  private chainOf(at: number, evidence: EvidenceKind | undefined): number {
    return evidence === 'cloudwatch' ? 2 * at : 2 * at + 1;
  }

  private said(link: number): Said | undefined {
    return this.sums.get(this.reading[link] ?? 0);
  }

  private placesOf(chain: number): readonly number[] {
    const lists = this.shared.get(chain);
    if (lists === undefined) return NONE;
    return lists.length === 1 ? (lists[0] ?? NONE) : [...new Set(lists.flat())];
  }

  private withShared(chain: number, observation: Observation | undefined): Observation | undefined {
    if (observation === undefined || this.shared.size === 0 || !this.shared.has(chain)) return observation;
    return { ...observation, sharedWith: this.placesOf(chain).length - 1 };
  }
}
