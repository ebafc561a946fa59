import { describe, expect, it } from 'vitest';
import type { SourcePart, SourceState } from '@/lib/api/topology';
import { createGap, SETTLE_MS, standingOfApis } from './changes-gap';

const LIVE: SourceState = { phase: 'live', since: '2026-06-01T12:00:00Z' };
const T = Date.parse('2026-06-01T12:00:10Z');
const AWAY: SourceState = {
  phase: 'reconnecting',
  since: '2026-06-01T12:00:05Z',
  currentAsOf: '2026-06-01T12:00:04Z',
};

describe('the time in which nobody listened', () => {
  it('is none while all is well', () => {
    expect(createGap().at(LIVE, T)).toBeUndefined();
  });

  it('begins when something was heard last, and ends a moment after all is back', () => {
    const gap = createGap();
    gap.open(T);
    gap.open(T + 5_000);
    expect(gap.at(LIVE, T + 9_000)).toBe(T);
    expect(gap.at(LIVE, T + 9_000 + SETTLE_MS)).toBe(T);
    expect(gap.at(LIVE, T + 9_001 + SETTLE_MS)).toBeUndefined();
    expect(gap.at(LIVE, T + 9_002 + SETTLE_MS)).toBeUndefined();
  });

  it('is also that of a console which lost the cluster', () => {
    const gap = createGap();
    expect(gap.at(AWAY, T)).toBe(Date.parse('2026-06-01T12:00:04Z'));
    expect(gap.at(LIVE, T + 60_000)).toBe(Date.parse('2026-06-01T12:00:04Z'));
    expect(gap.at(LIVE, T + 70_000)).toBeUndefined();
  });

  it('never begins later than what is heard, whatever the clocks say', () => {
    expect(createGap().at({ ...AWAY, currentAsOf: '2026-06-01T13:00:00Z' }, T)).toBe(T);
  });

  it('can be forgotten', () => {
    const gap = createGap();
    gap.open(T);
    gap.forget();
    expect(gap.at(LIVE, T + 1)).toBeUndefined();
  });
});

describe('the App Mesh APIs beside a cluster', () => {
  const part = (more: Partial<SourcePart>): SourcePart => ({
    ...{ source: 'api', name: 'api', kind: 'appmesh', phase: 'live' },
    ...more,
  });
  const cluster = part({ kind: 'kubernetes', phase: 'reconnecting', currentAsOf: '2026-06-01T11:00:00Z' });
  const away = part({ phase: 'reconnecting', currentAsOf: '2026-06-01T12:00:04Z' });

  it('leave no gap while they are read, nor where they never were, whatever the cluster does', () => {
    expect(standingOfApis([cluster, part({}), part({ phase: 'failed' })]).phase).toBe('live');
  });

  it('leave one from when the first that is away was read last, until a moment after it is back', () => {
    const later = part({ phase: 'failed', currentAsOf: '2026-06-01T12:00:08Z' });
    const gap = createGap();
    const began = Date.parse('2026-06-01T12:00:04Z');
    expect(gap.at(standingOfApis([cluster, later, away]), T)).toBe(began);
    expect(gap.at(standingOfApis([cluster, part({})]), T + 60_000)).toBe(began);
    expect(gap.at(standingOfApis([cluster, part({})]), T + 60_001 + SETTLE_MS)).toBeUndefined();
  });
});
