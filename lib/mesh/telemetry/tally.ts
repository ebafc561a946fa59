/** Readings gathered under what they are about, those of each evidence source apart. */
import { combineSummands } from './combine';
import type { Summand } from './combine';
import type { EvidenceKind, Figures } from './measured';
import type { Observation } from './overlay';

/** The order in which sources are believed where both tell: CloudWatch counts every request, X-Ray samples. */
export const EVIDENCE: readonly EvidenceKind[] = ['cloudwatch', 'xray'];

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

function distinct(all: string[]): string[] {
  if (all.length === 2) return all[0] === all[1] ? all.slice(1) : all;
  if (all.length > FEW) return [...new Set(all)];
  return all.filter((each, n) => all.indexOf(each) === n);
}

interface Sum {
  witnesses: string[];
  figures: Figures;
}

/** What lists of readings come to, each list once: a service, its router and the edge between them have the same. */
export class Sums {
  private readonly known = new Map<Said, { said: readonly Said[]; sum: Sum }[]>();

  of(said: readonly Said[]): Sum {
    const [first] = said;
    if (first === undefined) return { witnesses: [], figures: combineSummands(said) };
    let alike = this.known.get(first);
    if (alike === undefined) this.known.set(first, (alike = []));
    for (const each of alike)
      if (each.said.length === said.length && each.said.every((one, n) => one === said[n])) return each.sum;
    const witnesses = distinct(said.map(({ witness }) => witness));
    const sum = { witnesses, figures: combineSummands(said) };
    alike.push({ said, sum });
    return sum;
  }
}

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
    private readonly readings: readonly Said[],
    mostLinks: number,
    private readonly sums = new Sums(),
  ) {
    this.first = new Int32Array(2 * places);
    this.last = new Int32Array(2 * places);
    this.next = new Int32Array(mostLinks + 1);
    this.reading = new Int32Array(mostLinks + 1);
  }

  /** Puts a reading, by its number, down to a place. */
  add(n: number, { at, alternatives }: Post): void {
    const chain = this.chainOf(at, this.readings[n]?.evidence);
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

  /** One observation for each source that says something, the one to believe first. */
  observations(at: number): Observation[] {
    const counted = this.observation(at, 'cloudwatch');
    const sampled = this.observation(at, 'xray');
    if (counted === undefined) return sampled === undefined ? [] : [sampled];
    return sampled === undefined ? [counted] : [counted, sampled];
  }

  private observation(at: number, evidence: EvidenceKind): Observation | undefined {
    const chain = this.chainOf(at, evidence);
    const first = this.first[chain] ?? 0;
    const only = first === 0 ? undefined : this.said(first);
    if (only === undefined) return undefined;
    if (first === this.last[chain])
      return this.withShared(chain, { evidence, witnesses: [only.witness], figures: only.figures });
    const all: Said[] = [];
    for (let link = first; link > 0; link = this.next[link] ?? 0) {
      const said = this.said(link);
      if (said !== undefined) all.push(said);
    }
    return this.withShared(chain, { evidence, ...this.sums.of(all) });
  }

  private chainOf(at: number, evidence: EvidenceKind | undefined): number {
    return evidence === 'cloudwatch' ? 2 * at : 2 * at + 1;
  }

  private said(link: number): Said | undefined {
    return this.readings[this.reading[link] ?? 0];
  }

  private placesOf(chain: number): readonly number[] {
    const lists = this.shared.get(chain);
    if (lists === undefined) return NONE;
    return lists.length === 1 ? (lists[0] ?? NONE) : [...new Set(lists.flat())];
  }

  private withShared(chain: number, observation: Observation): Observation {
    if (this.shared.size === 0 || !this.shared.has(chain)) return observation;
    return { ...observation, sharedWith: this.placesOf(chain).length - 1 };
  }
}
