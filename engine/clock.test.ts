import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClusterClient } from '@/lib/kubernetes';
import { clocked } from './clock';

beforeEach(() => void vi.useFakeTimers({ now: Date.parse('2026-06-01T12:00:00.200Z') }));
afterEach(() => void vi.useRealTimers());

/** A server whose clock is so far ahead of this machine's; it tells whole seconds, as the Date header does. */
const serverAhead = (ms: () => number): ClusterClient => ({
  ...{ name: 'test', server: 'http://test' },
  request: () =>
    Promise.resolve({
      ...{ ok: true, status: 200, body: {} },
      dateMs: Math.floor((Date.now() + ms()) / 1000) * 1000,
    }),
  open: () => Promise.reject(new Error('nobody watches')),
});

describe('the cluster’s clock', () => {
  it.each([
    ['is followed where this machine’s is an hour behind', 3_600_000],
    ['is followed where this machine’s is ahead', -90_000],
  ])('%s', async (_, ms) => {
    const { cluster, clock } = clocked(serverAhead(() => ms));
    await cluster.request('GET', '/');
    expect(Math.abs(clock.now() - (Date.now() + ms))).toBeLessThan(1_000);
    vi.advanceTimersByTime(60_000);
    expect(Math.abs(clock.now() - (Date.now() + ms))).toBeLessThan(1_000);
  });

  it('is this machine’s own where both agree, so that timers do not jump by parts of a second', async () => {
    const { cluster, clock } = clocked(serverAhead(() => 700));
    await cluster.request('GET', '/');
    expect(clock.now()).toBe(Date.now());
  });

  it('is taken anew when this machine’s is put right', async () => {
    let ahead = 600_000;
    const { cluster, clock } = clocked(serverAhead(() => ahead));
    await cluster.request('GET', '/');
    ahead = 0;
    await cluster.request('GET', '/');
    expect(clock.now()).toBe(Date.now());
  });
});
