import { describe, expect, it } from 'vitest';
import type { EdgeTelemetry, Observation } from './overlay';
import { edgesTogether } from './together';

const counted = (requests: number, perSecond: number): Observation => ({
  evidence: 'cloudwatch',
  witnesses: [`w${requests}`],
  figures: { requests, perSecond, faultRatio: 0.1 },
});
const edge = (observed: EdgeTelemetry['observed'], ...observations: Observation[]): EdgeTelemetry => ({
  observations,
  observed,
  health: observed === 'yes' ? 'good' : 'idle',
});

describe('edges drawn as one', () => {
  it('carry what all of them carry, each source by itself', () => {
    const sampled: Observation = { evidence: 'xray', witnesses: ['x'], figures: { requests: 3 } };
    const together = edgesTogether([edge('yes', counted(90, 3), sampled), edge('yes', counted(10, 1))]);
    expect(together).toMatchObject({
      observed: 'yes',
      observations: [
        { evidence: 'cloudwatch', witnesses: ['w90', 'w10'], figures: { requests: 100, perSecond: 4 } },
        sampled,
      ],
    });
  });

  it('are silent only where all are, and as ill as the worst', () => {
    const failing = { ...edge('yes', counted(1, 1)), health: 'failing' as const };
    expect(edgesTogether([edge('no'), failing])).toMatchObject({ observed: 'yes', health: 'failing' });
    expect(edgesTogether([edge('no'), edge('unknown')])).toMatchObject({ observed: 'unknown' });
    expect(edgesTogether([edge('no'), edge('no')])).toMatchObject({ observed: 'no', health: 'idle' });
  });

  it('say that a part of it is put down to others as well', () => {
    const shared = { ...counted(5, 1), sharedWith: 2 };
    expect(edgesTogether([edge('yes', shared), edge('yes', counted(1, 1))])?.observations).toMatchObject([
      { sharedWith: 2 },
    ]);
  });

  it('that the evidence does not tell apart are counted once', () => {
    const whole = { ...counted(100, 4), sharedWith: 1 };
    const together = edgesTogether([edge('yes', whole), edge('yes', { ...whole })]);
    expect(together?.observations).toEqual([counted(100, 4)]);
  });

  it('of one are its own, and of none are nothing', () => {
    const one = edge('yes', counted(1, 1));
    expect(edgesTogether([one])).toBe(one);
    expect(edgesTogether([])).toBeUndefined();
  });
});
