import { beforeEach, describe, expect, it } from 'vitest';
import type { EvidenceKind, Measured, ProxyName } from '@/lib/mesh/telemetry/measured';
import type { EvidenceReader, Learned, Scope } from '@/lib/telemetry/types';
import { createLedger } from './ledger';
import { createReadings } from './readings';
import type { AskedWindow } from './window';

const MESH = { mesh: 'shop' };
const node = (awsName: string): ProxyName => ({ kind: 'node', awsName });
const live = (toMs: number): AskedWindow => ({
  fromMs: toMs - 300_000,
  toMs,
  stepSeconds: 60,
  key: `5m ${toMs}`,
  live: true,
  settled: false,
  latestMs: toMs,
});

/** A service that answers what it is told to, and counts what it is asked. */
function service(kind: EvidenceKind) {
  const asked: Scope[] = [];
  let trouble = false;
  const measure = (scope: Scope): Promise<Learned<Measured>> => {
    asked.push(scope);
    const spent = { metrics: scope.proxies.length, traces: 0, calls: 1 };
    if (trouble)
      return Promise.resolve({
        troubles: [{ kind: 'throttled', operation: 'GetMetricData', detail: '' }],
        spent,
      });
    const proxies = scope.proxies.map((proxy) => ({
      proxy,
      evidence: kind,
      witness: proxy.awsName,
      figures: { requests: 1 },
    }));
    return Promise.resolve({ result: { proxies, calls: [], strangers: [] }, troubles: [], spent });
  };
  const reader: EvidenceReader = {
    kind,
    measure,
    series: () => Promise.resolve({ troubles: [], spent: { metrics: 0, traces: 0, calls: 0 } }),
    close: () => undefined,
  };
  return { reader, asked, fail: (on: boolean) => void (trouble = on) };
}

let nowMs = 0;
const open = (reader: EvidenceReader) =>
  createReadings(reader, {
    ledger: createLedger(() => nowMs, 60_000, undefined),
    now: () => nowMs,
    ending: new AbortController().signal,
  });

beforeEach(() => {
  nowMs = 1_000_000;
});

describe('readings for everybody', () => {
  it('are made once, however many ask at the same time', async () => {
    const { reader, asked } = service('cloudwatch');
    const readings = open(reader);
    const all = await Promise.all(
      Array.from({ length: 100 }, () => readings.of(MESH, live(600_000), [node('a'), node('b')])),
    );
    expect(asked).toHaveLength(1);
    expect(new Set(all).size).toBe(1);
  });

  it('add only the proxies that nobody has asked about', async () => {
    const { reader, asked } = service('cloudwatch');
    const readings = open(reader);
    await readings.of(MESH, live(600_000), [node('a')]);
    const { measured } = await readings.of(MESH, live(600_000), [node('a'), node('b')]);
    expect(asked.map(({ proxies }) => proxies.map(({ awsName }) => awsName))).toEqual([['a'], ['b']]);
    expect(measured?.proxies.map(({ witness }) => witness)).toEqual(['a', 'b']);
  });

  it('ask X-Ray once for whoever is looked at: it answers for the whole account', async () => {
    const { reader, asked } = service('xray');
    const readings = open(reader);
    await readings.of(MESH, live(600_000), [node('a')]);
    await readings.of(MESH, live(600_000), [node('b')]);
    expect(asked).toHaveLength(1);
  });

  it('begin anew with the next window', async () => {
    const { reader, asked } = service('cloudwatch');
    const readings = open(reader);
    await readings.of(MESH, live(600_000), [node('a')]);
    await readings.of(MESH, live(660_000), [node('a')]);
    expect(asked).toHaveLength(2);
  });

  it('show what was known last while nothing new can be had, and say since when', async () => {
    const { reader, asked, fail } = service('cloudwatch');
    const readings = open(reader);
    await readings.of(MESH, live(600_000), [node('a')]);
    fail(true);
    nowMs += 60_000;
    const stale = await readings.of(MESH, live(660_000), [node('a')]);
    expect(stale).toMatchObject({ readAtMs: 1_000_000, troubles: [{ kind: 'throttled' }] });
    expect(stale.measured?.proxies).toHaveLength(1);
    // One failure is enough for a window: the next try is with the next one.
    await readings.of(MESH, live(660_000), [node('a')]);
    expect(asked).toHaveLength(2);
  });
});
