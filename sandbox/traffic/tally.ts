/** Counts everything that happened in a mesh in some seconds. */
import type { Entry } from './entries';
import { bucketOf, packed, type Packed } from './histogram';
import type { Link, Target } from './plan';
import type { Call, Walker } from './walk';

export interface Party {
  kind: 'gateway' | 'node';
  name: string;
}

/** What went from one proxy to another by way of a service; each attempt counts. */
export interface LinkTally {
  /** `undefined`: from outside the mesh. */
  from: Party | undefined;
  service: string | undefined;
  /** `undefined`: nobody behind the service. */
  to: Party | undefined;
  protocol: string;
  declared: boolean;
  /** Answers with 2xx, 4xx but 429, 5xx, and 429. */
  ok: number;
  error: number;
  fault: number;
  throttle: number;
  /** Of them those that nobody handled. */
  unreached: number;
  sumMs: number;
  leastMs: number;
  mostMs: number;
  requestBytes: number;
  answerBytes: number;
  /** Of one or more spans of time. */
  latencies: Packed[];
}

export interface TargetTally {
  router: string;
  route: string;
  node: string;
  requests: number;
}

/** Tallies by what tells their subjects apart. */
export interface Tally {
  links: Map<string, LinkTally>;
  targets: Map<string, TargetTally>;
}

export class TallyMaker {
  private readonly links = new Map<Link, { tally: LinkTally; buckets: number[] }>();
  private readonly targets = new Map<Target, TargetTally>();

  /** Counts the request the walker followed last. */
  add(entry: Entry, { calls, size }: Walker): void {
    for (let place = entry.counted ? 0 : 1; place < size; place++) {
      const call = calls[place];
      if (!call) continue;
      const { tally, buckets } = this.tallyOf(call.link);
      count(tally, call);
      buckets.push(bucketOf(call.ms));
      if (call.target && call.attempt === 0) this.countTarget(call, call.target);
    }
  }

  done(): Tally {
    const links = new Map<string, LinkTally>();
    for (const [{ key }, { buckets, tally }] of this.links) {
      tally.latencies = [packed(buckets)];
      addLink(links, key, tally);
    }
    const targets = new Map<string, TargetTally>();
    for (const tally of this.targets.values()) addTarget(targets, tally);
    return { links, targets };
  }

  private tallyOf(link: Link) {
    const known = this.links.get(link);
    if (known) return known;
    const fresh = { tally: blank(link), buckets: [] };
    this.links.set(link, fresh);
    return fresh;
  }

  private countTarget({ way }: Call, target: Target): void {
    if (way?.router === undefined || way.route === undefined) return;
    const known = this.targets.get(target);
    if (known) known.requests++;
    else {
      const { router, route } = way;
      this.targets.set(target, { router, route, node: target.nodeName, requests: 1 });
    }
  }
}

const blank = ({ caller, service, target, declared }: Link): LinkTally => ({
  from: caller && { kind: caller.kind, name: caller.name },
  service,
  to: target && { kind: target.kind, name: target.name },
  protocol: target?.protocol ?? 'http',
  declared,
  ok: 0,
  error: 0,
  fault: 0,
  throttle: 0,
  unreached: 0,
  sumMs: 0,
  leastMs: Infinity,
  mostMs: 0,
  requestBytes: 0,
  answerBytes: 0,
  latencies: [],
});

function count(tally: LinkTally, call: Call): void {
  const { status, ms } = call;
  if (status < 400) tally.ok++;
  else if (status >= 500) tally.fault++;
  else if (status === 429) tally.throttle++;
  else tally.error++;
  if (!call.reached) tally.unreached++;
  tally.sumMs += ms;
  if (ms < tally.leastMs) tally.leastMs = ms;
  if (ms > tally.mostMs) tally.mostMs = ms;
  tally.requestBytes += call.requestBytes;
  tally.answerBytes += call.answerBytes;
}

export const requestsOf = ({ ok, error, fault, throttle }: LinkTally) => ok + error + fault + throttle;

/** Adds what came later to what came before. The counts are changed in place, and `later` is not. */
export function addTally(into: Tally, later: Tally): void {
  for (const [key, tally] of later.links)
    addLink(into.links, key, into.links.has(key) ? tally : { ...tally, latencies: [...tally.latencies] });
  for (const tally of later.targets.values()) addTarget(into.targets, tally);
}

const SUMS = [
  'ok',
  'error',
  'fault',
  'throttle',
  'unreached',
  'sumMs',
  'requestBytes',
  'answerBytes',
] as const;

/** So many times as much of everything, at the same latencies. */
export function timesTally({ links, targets }: Tally, factor: number): Tally {
  const more = ([key, tally]: [string, LinkTally]): [string, LinkTally] => {
    const made = { ...tally, latencies: [...tally.latencies] };
    for (const field of SUMS) made[field] *= factor;
    return [key, made];
  };
  return {
    links: new Map([...links].map(more)),
    targets: new Map([...targets].map(([key, each]) => [key, { ...each, requests: each.requests * factor }])),
  };
}

function addLink(links: Map<string, LinkTally>, key: string, tally: LinkTally): void {
  const known = links.get(key);
  if (!known) return void links.set(key, tally);
  for (const field of SUMS) known[field] += tally[field];
  known.leastMs = Math.min(known.leastMs, tally.leastMs);
  known.mostMs = Math.max(known.mostMs, tally.mostMs);
  known.latencies.push(...tally.latencies);
}

function addTarget(targets: Map<string, TargetTally>, { router, route, node, requests }: TargetTally): void {
  const key = JSON.stringify([router, route, node]);
  targets.set(key, { router, route, node, requests: requests + (targets.get(key)?.requests ?? 0) });
}
