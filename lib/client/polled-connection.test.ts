import { describe, expect, it } from 'vitest';
import type { SourceState } from '@/lib/api/topology';
import { SILENCE_MS } from './connection';
import { polledConnection, worstOf } from './polled-connection';
import type { Asked } from './polled-connection';

const NOW = Date.parse('2026-06-01T12:00:00.000Z');
const ago = (ms: number) => new Date(NOW - ms).toISOString();
const gone = { code: 'E501', detail: 'gone' };

const fine: Asked = { answeredAt: NOW - 1_000, failedAt: 0, tries: 0, problem: undefined };
const failing = (answered: number): Asked => ({
  answeredAt: answered === 0 ? 0 : NOW - answered,
  failedAt: NOW,
  tries: 3,
  problem: gone,
});
const live = { phase: 'live', since: ago(60_000) } as const satisfies SourceState;
const lost: SourceState = { phase: 'reconnecting', since: ago(30_000), currentAsOf: ago(31_000) };

describe('the connection of a page that asks', () => {
  it('is what the source is while the console answers', () => {
    expect(polledConnection(fine, fine, live, true, NOW)).toEqual(live);
    expect(polledConnection(fine, fine, lost, true, NOW)).toEqual({ ...lost, phase: 'stale' });
  });

  it('is stale since the last answer when the console is gone', () => {
    expect(polledConnection(failing(8_000), fine, live, true, NOW).phase).toBe('reconnecting');
    expect(polledConnection(failing(16_000), fine, live, true, NOW)).toMatchObject({
      phase: 'stale',
      currentAsOf: ago(16_000),
      problem: gone,
    });
  });

  it('is stale when the console takes a question and never answers', () => {
    const silent = { ...fine, answeredAt: NOW - SILENCE_MS - 1 };
    expect(polledConnection(silent, silent, live, true, NOW)).toMatchObject({ phase: 'stale' });
  });

  it('minds a list that fails, unless the source says why', () => {
    expect(polledConnection(fine, failing(16_000), live, true, NOW).phase).toBe('stale');
    const refused: SourceState = { phase: 'failed', since: ago(5_000), problem: gone };
    expect(polledConnection(fine, failing(16_000), refused, true, NOW)).toEqual(refused);
  });

  it('is connecting before the first answer and reconnecting when there never was one', () => {
    const unasked: Asked = { answeredAt: 0, failedAt: 0, tries: 0, problem: undefined };
    expect(polledConnection(unasked, undefined, undefined, false, NOW).phase).toBe('connecting');
    expect(polledConnection(failing(0), undefined, undefined, false, NOW).phase).toBe('reconnecting');
  });
});

describe('the worst of several', () => {
  it('is the one to worry about most', () => {
    const stale = { phase: 'stale' as const, since: ago(1) };
    expect(worstOf([live, stale, { phase: 'connecting', since: ago(1) }])).toBe(stale);
    expect(worstOf([])).toBeUndefined();
  });
});
