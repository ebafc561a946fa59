/**
 * Leader election with a Lease (coordination.k8s.io/v1): of several who want it, one holds it. As client-go does, a lease is held
 * to be expired by how long it has been seen unchanged on one's own clock, never by comparing clocks.
 */
import 'server-only';
import { z } from 'zod';
import type { Answer } from './answer';
import type { ClusterClient } from './connect';
import { resourcePath } from './paths';

export interface LeaseOptions {
  namespace: string;
  name: string;
  /** Another for each process. */
  identity: string;
  /** How long others wait after the holder was last heard of. */
  durationSeconds: number;
  /** Milliseconds that only go forward. */
  now?: () => number;
}

export interface Lease {
  identity: string;
  /** How often the lease has changed hands: later holders have a higher one. */
  term: number;
  /** Whether others still wait. To be asked before every write; false long before somebody else may hold it. */
  isHeld(): boolean;
  /** Resolves when it is no longer held, with the reason in one sentence. */
  lost: Promise<string>;
  /** Gives it up, so that the next one need not wait. */
  release(): Promise<void>;
}

const RESOURCE = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', namespaced: true };

const leaseShape = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string() }),
  spec: z
    .looseObject({
      holderIdentity: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
      leaseTransitions: z.number().nullish(),
      acquireTime: z.string().nullish(),
    })
    .nullish(),
});
type LeaseObject = z.infer<typeof leaseShape>;

/** Of the duration: the holder stops after two thirds without a renewal, and renews after a fifth. */
const DEADLINE = 2 / 3;
const RENEWAL = 1 / 5;

/** Kubernetes' MicroTime. */
const microTime = () => new Date().toISOString().replace('Z', '000Z');

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

class Contender {
  private readonly path: string;
  private readonly list: string;
  private seen: { version: string; atMs: number } | undefined;
  object: LeaseObject | undefined;

  constructor(
    private readonly cluster: ClusterClient,
    readonly options: LeaseOptions,
    readonly now: () => number,
    private readonly signal: AbortSignal,
  ) {
    const { namespace, name } = options;
    this.path = resourcePath(RESOURCE, { namespace, name });
    this.list = resourcePath(RESOURCE, { namespace });
  }

  async read(): Promise<Answer> {
    const answer = await this.cluster.request('GET', this.path, { signal: this.patience() });
    if (answer.ok) this.take(answer.body);
    return answer;
  }

  /** Writes the lease as one's own; fails where somebody was faster. */
  async write(term: number, acquireTime: string): Promise<Answer> {
    const { identity, durationSeconds } = this.options;
    const spec = {
      holderIdentity: identity,
      leaseDurationSeconds: durationSeconds,
      acquireTime,
      renewTime: microTime(),
      leaseTransitions: term,
    };
    return this.send(spec);
  }

  async giveUp(term: number): Promise<Answer> {
    return this.send({
      holderIdentity: '',
      leaseDurationSeconds: 1,
      renewTime: microTime(),
      leaseTransitions: term,
    });
  }

  /** Whether nobody holds it, or whoever did was not heard of for as long as they had it for. */
  isFree(): boolean {
    const { holderIdentity, leaseDurationSeconds } = this.object?.spec ?? {};
    if (!holderIdentity) return true;
    const seenAtMs = this.seen?.atMs ?? this.now();
    return this.now() >= seenAtMs + (leaseDurationSeconds ?? this.options.durationSeconds) * 1000;
  }

  /** A request that hangs must not take the time of the next one. */
  private patience(): AbortSignal {
    return AbortSignal.any([this.signal, AbortSignal.timeout(this.options.durationSeconds * 1000 * RENEWAL)]);
  }

  private async send(spec: object): Promise<Answer> {
    const { namespace, name } = this.options;
    const metadata = { name, namespace };
    const known = this.object;
    const body = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
    const answer =
      known === undefined
        ? await this.cluster.request('POST', this.list, { body, signal: this.patience() })
        : await this.cluster.request('PUT', this.path, {
            body: { ...body, metadata: { ...metadata, resourceVersion: known.metadata.resourceVersion } },
            signal: this.patience(),
          });
    if (answer.ok) this.take(answer.body);
    return answer;
  }

  private take(body: unknown): void {
    const object = leaseShape.parse(body);
    const version = object.metadata.resourceVersion;
    if (this.seen?.version !== version) this.seen = { version, atMs: this.now() };
    this.object = object;
  }
}

const holderOf = ({ object }: Contender): string => object?.spec?.holderIdentity ?? '';

/** One attempt to get the lease; the time when it was sent where that succeeded. */
async function attempt(
  contender: Contender,
): Promise<{ atMs: number; term: number; acquiredAt: string } | undefined> {
  const read = await contender.read();
  if (!read.ok && read.kind !== 'notFound') return undefined;
  if (!read.ok) contender.object = undefined;
  if (!contender.isFree()) return undefined;
  const term = (contender.object?.spec?.leaseTransitions ?? 0) + 1;
  const atMs = contender.now();
  const acquiredAt = microTime();
  const written = await contender.write(term, acquiredAt);
  return written.ok ? { atMs, term, acquiredAt } : undefined;
}

/** Waits until the lease is got, however long that takes; `undefined` when `signal` ends the wait. */
export async function campaign(
  cluster: ClusterClient,
  options: LeaseOptions,
  signal: AbortSignal,
): Promise<Lease | undefined> {
  const now = options.now ?? (() => performance.now());
  const durationMs = options.durationSeconds * 1000;
  const contender = new Contender(cluster, options, now, signal);
  while (!signal.aborted) {
    const got = await attempt(contender);
    if (got) return hold(contender, got, signal, durationMs);
    await pause(durationMs * RENEWAL * (0.8 + 0.4 * Math.random()), signal);
  }
  return undefined;
}

function hold(
  contender: Contender,
  { atMs, term, acquiredAt }: { atMs: number; term: number; acquiredAt: string },
  signal: AbortSignal,
  durationMs: number,
): Lease {
  const { identity } = contender.options;
  let renewedAtMs = atMs;
  let ended = false;
  const isHeld = () => !ended && contender.now() < renewedAtMs + durationMs * DEADLINE;

  /** Renews once; the reason where somebody else holds it now. */
  async function renew(): Promise<string | undefined> {
    const sentMs = contender.now();
    const answer = await contender.write(term, acquiredAt);
    if (answer.ok) {
      renewedAtMs = sentMs;
      return undefined;
    }
    const read = await contender.read();
    if (read.ok && holderOf(contender) !== identity)
      return `${holderOf(contender) || 'nobody'} holds the lease now`;
    return undefined;
  }

  async function keep(): Promise<string> {
    while (!signal.aborted && !ended) {
      await pause(durationMs * RENEWAL, signal);
      if (signal.aborted || ended) break;
      const taken = await renew();
      if (taken !== undefined) return taken;
      if (!isHeld()) return 'the lease could not be renewed in time';
    }
    return 'the lease was given up';
  }

  const lost = keep().then((reason) => {
    ended = true;
    return reason;
  });
  return {
    identity,
    term,
    isHeld,
    lost,
    release: async () => {
      if (ended) return;
      ended = true;
      const given = await contender.giveUp(term);
      // A renewal was under way: what it left behind is given up.
      if (!given.ok && (await contender.read()).ok && holderOf(contender) === identity)
        await contender.giveUp(term);
    },
  };
}
