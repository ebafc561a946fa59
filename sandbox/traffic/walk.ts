/** Follows one request through the mesh, from where it enters to everything it sets off. */
import type { Entry } from './entries';
import { linkTo, type Link, type Outgoing, type Proxy, type Target, type Way } from './plan';
import { Draws, mixed } from './random';

/** One attempt to get an answer. Objects are used again for the next request: copy what is to be kept. */
export interface Call {
  link: Link;
  /** Place in the list of the call whose handling made this one; -1 for the one from outside. */
  parent: number;
  /** 0, 1, … for the retries of one call. */
  attempt: number;
  /** Whether somebody handled it. */
  reached: boolean;
  /** As of HTTP; for tcp 200 or 503. */
  status: number;
  /** Since the request entered. */
  startMs: number;
  /** As the caller saw it. */
  ms: number;
  /** As the target saw it. */
  handledMs: number;
  requestBytes: number;
  answerBytes: number;
  way: Way | undefined;
  target: Target | undefined;
  call: Outgoing | undefined;
}

/** A request goes no deeper than this: services may call each other in a circle. */
const DEEPEST = 6;
/** Between two proxies and back. */
const NETWORK_MS = 0.6;
const BACKOFF_MS = 25;
/** When a call that was needed ends in a fault, so does the caller's own answer, as often as this. */
const FAULT_SPREADS = 0.08;
const MOST_CALLS = 400;

export class Walker {
  /** Of the last request, in the order they were made; only the first `size` count. */
  readonly calls: Call[] = [];
  size = 0;
  private readonly draws = new Draws();
  private status = 200;

  constructor(private readonly seed: number) {}

  /** Follows the request that entered as the `index`th there in a second. */
  walk({ proxy, link }: Entry, second: number, index: number): void {
    this.size = 0;
    this.draws.seed(mixed(this.seed, proxy.hash, second, index, 0xca11));
    const call = this.take(link, -1, 0, 0);
    const handledMs = this.handle(proxy, 0, 0, 0);
    this.settle(call, this.status, handledMs, handledMs + NETWORK_MS);
  }

  /** Gives the time it took; the status is left behind. */
  private handle(proxy: Proxy, place: number, startMs: number, depth: number): number {
    const { draws } = this;
    const { profile } = proxy;
    const ownMs = Math.exp(profile.mu + profile.sigma * draws.normal());
    let ms = ownMs / 2;
    if (proxy.kind === 'gateway') {
      ms += this.pass(proxy, place, startMs + ms, depth);
      return ms + ownMs / 2;
    }
    let spoiled = false;
    if (depth < DEEPEST && this.size < MOST_CALLS)
      for (const call of proxy.calls()) {
        if (draws.next() >= call.probability) continue;
        ms += this.make(call, place, startMs + ms, depth + 1);
        if (this.status >= 500 && draws.next() < FAULT_SPREADS) spoiled = true;
      }
    this.status = spoiled ? 502 : this.ownStatus(proxy);
    return ms + ownMs / 2;
  }

  /** A gateway hands on what it gets; without a route for it nobody answers. */
  private pass(gateway: Proxy, place: number, startMs: number, depth: number): number {
    const calls = gateway.calls();
    let chance = this.draws.next();
    for (const call of calls) {
      chance -= call.probability;
      if (chance < 0 || call === calls[calls.length - 1]) return this.make(call, place, startMs, depth + 1);
    }
    this.status = 404;
    return 0;
  }

  private ownStatus({ profile, protocol }: Proxy): number {
    const chance = this.draws.next();
    if (chance < profile.faultRatio)
      return protocol === 'tcp' ? 503 : faultStatus(chance / profile.faultRatio);
    if (protocol === 'tcp') return 200;
    const left = chance - profile.faultRatio;
    if (left < profile.throttleRatio) return 429;
    return left - profile.throttleRatio < profile.errorRatio ? 404 : 200;
  }

  /** Calls a service until there is an answer, or no attempt left. */
  private make(call: Outgoing, parent: number, startMs: number, depth: number): number {
    const { draws } = this;
    const way = chosen(call.service.ways, draws.next());
    const target = way && chosen(way.targets, draws.next());
    const node = target?.node;
    const link = linkTo(call, node);
    const timeoutMs = way?.timeoutMs ?? Infinity;
    const retry = way?.retry;
    let elapsedMs = 0;
    for (let attempt = 0; ; attempt++) {
      const record = this.take(link, parent, startMs + elapsedMs, attempt);
      const place = this.size - 1;
      record.way = way;
      record.target = target;
      record.call = call;
      let handledMs = 0;
      record.reached = node?.ready === true;
      if (record.reached && node)
        handledMs = this.handle(node, place, startMs + elapsedMs + NETWORK_MS / 2, depth);
      else this.status = call.declared ? 503 : 502;
      let ms = handledMs + NETWORK_MS;
      const limitMs = Math.min(retry?.perTryMs ?? Infinity, timeoutMs - elapsedMs);
      if (ms > limitMs) {
        ms = limitMs;
        this.status = 504;
      }
      this.settle(record, this.status, handledMs, ms);
      elapsedMs += ms;
      if (this.status < 400 || !retry || attempt >= retry.most) return elapsedMs;
      if (elapsedMs + BACKOFF_MS >= timeoutMs || !retry.retries(this.status, record.reached))
        return elapsedMs;
      elapsedMs += BACKOFF_MS;
    }
  }

  private take(link: Link, parent: number, startMs: number, attempt: number): Call {
    const place = this.size++;
    const call = (this.calls[place] ??= blank(link));
    call.link = link;
    call.parent = parent;
    call.attempt = attempt;
    call.startMs = startMs;
    call.reached = true;
    call.way = undefined;
    call.target = undefined;
    call.call = undefined;
    return call;
  }

  private settle(call: Call, status: number, handledMs: number, ms: number): void {
    const { draws } = this;
    const answerBytes = call.link.target?.profile.answerBytes ?? 0;
    call.status = status;
    call.handledMs = handledMs;
    call.ms = ms;
    call.requestBytes = 200 + ((draws.next() * 900) | 0);
    call.answerBytes = status >= 400 ? 120 : (answerBytes * (0.4 + 1.2 * draws.next())) | 0;
  }
}

/** The part of 0..1 a chance falls into. */
function chosen<T extends { until: number }>(parts: readonly T[], chance: number): T | undefined {
  for (const part of parts) if (chance < part.until) return part;
  return parts[parts.length - 1];
}

function faultStatus(chance: number): number {
  if (chance < 0.5) return 500;
  return chance < 0.8 ? 503 : 502;
}

const blank = (link: Link): Call => ({
  link,
  parent: -1,
  attempt: 0,
  reached: true,
  status: 200,
  startMs: 0,
  ms: 0,
  handledMs: 0,
  requestBytes: 0,
  answerBytes: 0,
  way: undefined,
  target: undefined,
  call: undefined,
});
