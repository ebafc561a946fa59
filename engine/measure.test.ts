import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeasurePort, Question } from '@/lib/shifts';
import { ShiftRig } from './testing/rig';

const MINUTE_MS = 60_000;

let rig: ShiftRig;
let port: MeasurePort;
beforeAll(async () => {
  rig = await ShiftRig.start();
  port = await rig.measures();
}, 60_000);
afterAll(() => rig.stop());

/** The last whole minutes, which the sandbox tells as if its weights had always been so. */
const question = (minutes: number, more: Partial<Question> = {}): Question => {
  const toMs = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  return {
    ...{ id: 'q', fromMs: toMs - minutes * MINUTE_MS, toMs, metrics: [] },
    routes: [{ router: 'cart', route: 'cart', from: 'shop/cart-v1', to: 'shop/cart-v2' }],
    ...more,
  };
};
const ask = (asked: Question) => port.measure(asked, new AbortController().signal);
const shareOf = (counts: Record<string, number> = {}) =>
  (counts['shop/cart-v2'] ?? 0) / Object.values(counts).reduce((sum, each) => sum + each, 0);

describe('the share that arrives', () => {
  it('is told by CloudWatch over whole minutes, whatever X-Ray does', async () => {
    await rig.knobs({ xrayMode: 'down', cloudWatchMode: 'up' });
    const [share] = (await ask(question(5))).shares;
    expect(share?.evidence).toBe('cloudwatch');
    expect(shareOf(share?.counts)).toBeGreaterThan(0.05);
    expect(shareOf(share?.counts)).toBeLessThan(0.15);
  });

  it('is told by X-Ray where CloudWatch is silent', async () => {
    await rig.knobs({ xrayMode: 'up', cloudWatchMode: 'down' });
    const [share] = (await ask(question(5))).shares;
    expect(share?.evidence).toBe('xray');
    expect(Object.values(share?.counts ?? {}).every((count) => count > 0)).toBe(true);
  });

  it('is not told by minutes that began before the change', async () => {
    await rig.knobs({ xrayMode: 'down', cloudWatchMode: 'up' });
    const { toMs } = question(5);
    const [share] = (await ask(question(5, { fromMs: toMs - 95_000, toMs: toMs - 65_000 }))).shares;
    expect(share).toMatchObject({ evidence: 'none' });
    expect(share?.counts).toBeUndefined();
  });

  it('is nobody’s to tell where neither answers, and that is an answer', async () => {
    await rig.knobs({ xrayMode: 'expired', cloudWatchMode: 'forbidden' });
    expect((await ask(question(5))).shares).toMatchObject([{ evidence: 'none' }]);
  });
});

describe('a figure', () => {
  const metrics = (evidence: 'any' | 'cloudwatch' | 'xray') =>
    [{ name: 'faults', figure: 'faultRatio', evidence }] as const;

  it('is asked of the other source where one fails, and an error only where all do', async () => {
    await rig.knobs({ xrayMode: 'throttled', cloudWatchMode: 'up' });
    const any = await ask(question(5, { metrics: metrics('any') }));
    expect(any.metrics).toHaveLength(2);
    for (const answer of any.metrics) expect(answer).toMatchObject({ ok: true, evidence: 'cloudwatch' });
    const xray = await ask(question(5, { metrics: metrics('xray') }));
    for (const answer of xray.metrics) expect(answer).toMatchObject({ ok: false });
  });

  it('of less than a minute is that of the last whole one', async () => {
    await rig.knobs({ xrayMode: 'up', cloudWatchMode: 'up' });
    const { toMs } = question(5);
    const sample = await ask(
      question(5, { fromMs: toMs - 25_000, toMs: toMs - 5_000, metrics: metrics('cloudwatch') }),
    );
    for (const answer of sample.metrics) expect(answer).toMatchObject({ ok: true, evidence: 'cloudwatch' });
    expect(sample.metrics.every((answer) => answer.ok && answer.samples > 0)).toBe(true);
  });
});
