import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from './ledger';

const MINUTE = 60_000;
let nowMs = 0;
const open = (budget?: number) => createLedger(() => nowMs, MINUTE, budget);
const metrics = (count: number) => ({ metrics: count, traces: 0, calls: 1 });

beforeEach(() => {
  nowMs = 1_000_000_000;
});

describe('the books', () => {
  it('price what was asked for within the last hour', () => {
    const ledger = open();
    ledger.add('cloudwatch', metrics(10_000));
    ledger.add('xray', { metrics: 0, traces: 1_000_000, calls: 3 });
    expect(ledger.of('cloudwatch')).toEqual({ units: 10_000, usdPerHour: 0.1 });
    expect(ledger.of('xray')).toEqual({ units: 1_000_000, usdPerHour: 0.5 });
    nowMs += 60 * MINUTE;
    expect(ledger.of('cloudwatch')).toEqual({ units: 0, usdPerHour: 0 });
  });

  it('slow nothing without a budget', () => {
    const ledger = open();
    ledger.add('cloudwatch', metrics(1_000_000));
    expect([ledger.everyMs(), ledger.slowed()]).toEqual([MINUTE, false]);
  });

  it('slow the refresh as a budget is used, and let go as hours pass', () => {
    const ledger = open(1);
    ledger.add('cloudwatch', metrics(79_000));
    expect(ledger.slowed()).toBe(false);
    ledger.add('cloudwatch', metrics(1_000));
    expect([ledger.everyMs(), ledger.slowed()]).toEqual([4 * MINUTE, true]);
    ledger.add('cloudwatch', metrics(20_000));
    expect(ledger.everyMs()).toBe(15 * MINUTE);
    nowMs += 60 * MINUTE;
    expect([ledger.everyMs(), ledger.slowed()]).toEqual([MINUTE, false]);
  });
});
