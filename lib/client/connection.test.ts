import { describe, expect, it } from 'vitest';
import type { SourceState } from '@/lib/api/topology';
import { BLIP_MS, connectionOf, SILENCE_MS } from './connection';
import type { Link } from './connection';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');
const ago = (ms: number) => new Date(NOW - ms).toISOString();

const open: Link = {
  phase: 'open',
  since: NOW - 60_000,
  heardAt: NOW,
  attempt: 0,
  retryAt: undefined,
  problem: undefined,
};
const lostFor = (ms: number): Link => ({
  phase: 'lost',
  since: NOW - ms,
  heardAt: NOW - ms - 500,
  attempt: 2,
  retryAt: NOW + 1000,
  problem: { code: 'E501', detail: 'gone' },
});
const live: SourceState = { phase: 'live', since: ago(60_000), currentAsOf: ago(0) };
const phaseOf = (...args: Parameters<typeof connectionOf>) => connectionOf(...args).phase;

describe('the connection', () => {
  it('is what the source is while the link is open', () => {
    expect(connectionOf(open, live, true, NOW)).toEqual({
      phase: 'live',
      since: live.since,
      currentAsOf: ago(0),
    });
    const failed: SourceState = {
      phase: 'failed',
      since: ago(5_000),
      attempt: 3,
      retryAt: ago(-1000),
      problem: { code: 'E202', detail: 'forbidden' },
    };
    expect(connectionOf(open, failed, false, NOW)).toEqual(failed);
    expect(phaseOf(open, { phase: 'connecting', since: ago(1) }, false, NOW)).toBe('connecting');
  });
  it('is connecting before the source said anything', () => {
    expect(phaseOf({ ...open, phase: 'connecting', heardAt: undefined }, undefined, false, NOW)).toBe(
      'connecting',
    );
    expect(phaseOf(open, undefined, false, NOW)).toBe('connecting');
  });
});

describe.each([
  ['the link to the console', (ms: number) => [lostFor(ms), live] as const],
  [
    'the console’s link to the cluster',
    (ms: number) => [open, { phase: 'reconnecting', since: ago(ms) } as SourceState] as const,
  ],
])('trouble of %s', (_, trouble) => {
  it.each([
    [0, 'live'],
    [BLIP_MS - 1, 'live'],
    [BLIP_MS, 'reconnecting'],
    [9_999, 'reconnecting'],
    [10_000, 'stale'],
    [3_600_000, 'stale'],
  ])('that lasts %i ms is shown as %s', (ms, phase) => {
    const [link, source] = trouble(ms);
    expect(phaseOf(link, source, true, NOW)).toBe(phase);
  });
});

describe('a lost link', () => {
  it('tells since when, what was last heard, and when it is tried again', () => {
    expect(connectionOf(lostFor(5_000), live, true, NOW)).toEqual({
      phase: 'reconnecting',
      since: ago(5_000),
      currentAsOf: ago(5_500),
      attempt: 2,
      retryAt: ago(-1000),
      problem: { code: 'E501', detail: 'gone' },
    });
  });
  it('without a picture has nothing that could be stale', () => {
    expect(phaseOf(lostFor(1_000), undefined, false, NOW)).toBe('connecting');
    expect(phaseOf(lostFor(60_000), undefined, false, NOW)).toBe('reconnecting');
  });
  it('counts before what the source said last', () => {
    const failed: SourceState = { phase: 'failed', since: ago(99_000) };
    expect(phaseOf(lostFor(5_000), failed, true, NOW)).toBe('reconnecting');
  });
});

describe('silence', () => {
  it('on an open link makes the picture stale as of the last word', () => {
    const silent = (ms: number): Link => ({ ...open, heardAt: NOW - ms });
    expect(phaseOf(silent(SILENCE_MS), live, true, NOW)).toBe('live');
    expect(connectionOf(silent(SILENCE_MS + 1), live, true, NOW)).toMatchObject({
      phase: 'stale',
      since: ago(SILENCE_MS + 1),
      currentAsOf: ago(SILENCE_MS + 1),
    });
  });
});
