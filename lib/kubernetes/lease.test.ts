import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { campaign } from './lease';
import { startScriptedCluster } from './scripted-cluster';
import type { Asked, ScriptedCluster } from './scripted-cluster';

/** A cluster that keeps one lease, as an API server would. */
class LeaseServer {
  lease: { metadata: { resourceVersion: string }; spec: Record<string, unknown> } | undefined;
  /** Answers nothing but errors. */
  down = false;
  writes = 0;
  reads = 0;
  private version = 0;

  constructor(private readonly scripted: ScriptedCluster) {
    void this.serve();
  }

  private async serve(): Promise<void> {
    for (;;) this.answer(await this.scripted.next());
  }

  private answer({ method, body, json }: Asked): void {
    if (this.down) return json({ message: 'etcd is away' }, 500);
    if (method === 'GET') this.reads += 1;
    if (method === 'GET') return this.lease ? json(this.lease) : json({ message: 'no lease' }, 404);
    const given = JSON.parse(body) as {
      metadata: { resourceVersion?: string };
      spec: Record<string, unknown>;
    };
    if (method === 'POST' && this.lease) return json({ message: 'is there' }, 409);
    if (method === 'PUT' && given.metadata.resourceVersion !== this.lease?.metadata.resourceVersion)
      return json({ message: 'modified' }, 409);
    this.put(given.spec);
    json(this.lease);
  }

  put(spec: Record<string, unknown>): void {
    this.writes += 1;
    this.version += 1;
    this.lease = { metadata: { resourceVersion: String(this.version) }, spec };
  }
}

let scripted: ScriptedCluster;
let server: LeaseServer;
let abort: AbortController;

beforeEach(async () => {
  scripted = await startScriptedCluster();
  server = new LeaseServer(scripted);
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  await scripted.stop();
});

const run = (identity: string, durationSeconds = 0.4) =>
  campaign(
    scripted.cluster,
    { namespace: 'default', name: 'engine', identity, durationSeconds },
    abort.signal,
  );
const other = { holderIdentity: 'other', leaseDurationSeconds: 1, leaseTransitions: 7 };

describe('a lease', () => {
  it('is got where there is none, and renewed', async () => {
    const lease = await run('a');
    expect([lease?.term, lease?.isHeld()]).toEqual([1, true]);
    expect(server.lease?.spec).toMatchObject({
      holderIdentity: 'a',
      acquireTime: expect.stringMatching(/^\d{4}-.*\.\d{6}Z$/),
    });
    await expect.poll(() => server.writes, { interval: 10 }).toBeGreaterThan(3);
    expect(lease?.isHeld()).toBe(true);
  });

  it('is got from who was not heard of for its time, with the next term', async () => {
    server.put(other);
    const since = performance.now();
    const lease = await run('a');
    expect(performance.now() - since).toBeGreaterThanOrEqual(1000);
    expect(lease?.term).toBe(8);
  });

  it('is not got from who renews it', async () => {
    server.put(other);
    const renewing = setInterval(() => server.put(other), 100);
    let got = false;
    void run('a').then(() => (got = true));
    // Asked every 80 ms or so, these take longer than the second the lease is given for.
    await expect.poll(() => server.reads, { interval: 10, timeout: 10_000 }).toBeGreaterThan(20);
    clearInterval(renewing);
    expect(got).toBe(false);
  });

  it('is got by one of two', async () => {
    const both = [run('a'), run('b')];
    const first = await Promise.race(both);
    expect(server.lease?.spec['holderIdentity']).toBe(first?.identity);
    await first?.release();
    const [a, b] = await Promise.all(both);
    expect([a?.term, b?.term].sort()).toEqual([1, 2]);
    expect([a, b].filter((each) => each?.isHeld())).toHaveLength(1);
  });

  it('is lost to who took it', async () => {
    const lease = await run('a');
    server.put(other);
    expect(await lease?.lost).toBe('other holds the lease now');
    expect(lease?.isHeld()).toBe(false);
  });

  it('is no longer held before another may have it, when nothing can be renewed', async () => {
    const lease = await run('a', 0.6);
    server.down = true;
    const since = performance.now();
    expect(await lease?.lost).toBe('the lease could not be renewed in time');
    expect(performance.now() - since).toBeLessThan(600);
  });

  it('is free at once when it is given up', async () => {
    const first = await run('a', 30);
    await first?.release();
    expect(first?.isHeld()).toBe(false);
    expect((await run('b', 30))?.term).toBe(2);
  });
});
