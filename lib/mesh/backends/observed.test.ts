import { describe, expect, it } from 'vitest';
import { node } from '../fixtures';
import type { CallTelemetry, MeshTelemetry, Observation } from '../telemetry/overlay';
import { edgeKey } from '../topology';
import { backend, listOf, n, s } from './fixtures';
import { seenCall, seenCalls } from './observed';

const NONE: MeshTelemetry = { entities: {}, edges: {}, calls: [], splits: [], strangers: [], findings: [] };
const counted = (requests: number, more: Partial<Observation> = {}): Observation => ({
  evidence: 'cloudwatch',
  witnesses: [],
  figures: { requests, perSecond: requests / 300 },
  ...more,
});
const sampled = (requests: number): Observation => ({
  evidence: 'xray',
  witnesses: [],
  figures: { requests, faultRatio: 0.5 },
});
const undeclared = (services: string[], observations: Observation[]): CallTelemetry => ({
  source: n('a'),
  target: n('c'),
  services: services.map(s),
  declared: false,
  observations,
  health: 'good',
});

describe('observed calls', () => {
  const list = listOf([node('a', [backend('b')]), node('c')]);
  const along = (observations: Observation[], observed: 'yes' | 'no' | 'unknown' = 'yes') => ({
    ...NONE,
    edges: {
      [edgeKey('backend', n('a'), undefined, s('b'))]: { observations, observed, health: 'good' as const },
    },
  });

  it('are counted where something counts, and else sampled', () => {
    const both = seenCalls(list, along([sampled(7), counted(600)]));
    expect(seenCall(both, n('a'), s('b'))).toMatchObject({
      seen: 'yes',
      requests: 600,
      perMinute: 120,
      sampled: false,
      evidence: ['xray', 'cloudwatch'],
    });
    const one = seenCalls(list, along([sampled(7)]));
    expect(seenCall(one, n('a'), s('b'))).toMatchObject({ requests: 7, sampled: true, faultRatio: 0.5 });
    expect(seenCall(one, n('a'), s('b'))?.perMinute).toBeUndefined();
  });

  it('tell silence from not knowing', () => {
    expect(seenCall(seenCalls(list, along([], 'no')), n('a'), s('b'))?.seen).toBe('no');
    expect(seenCall(seenCalls(list, along([], 'unknown')), n('a'), s('b'))?.seen).toBe('unknown');
    expect(seenCalls(list, undefined).size).toBe(0);
  });

  it('that nothing declares are put down to the service that leads there', () => {
    const calls = seenCalls(list, { ...NONE, calls: [undeclared([], [sampled(3)])] });
    expect(seenCall(calls, n('a'), s('c'))).toMatchObject({ seen: 'yes', among: 1, sampled: true });
  });

  it('that nothing declares keep the service they name', () => {
    const calls = seenCalls(list, { ...NONE, calls: [undeclared(['d'], [counted(30)])] });
    expect(seenCall(calls, n('a'), s('d'))).toMatchObject({ seen: 'yes', requests: 30, among: 1 });
    expect(seenCall(calls, n('a'), s('c'))).toBeUndefined();
  });
});
