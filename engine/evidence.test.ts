import { describe, expect, it } from 'vitest';
import { got, measuredOf, shop, traced } from '@/lib/mesh/telemetry/fixtures';
import type { Measured, ProxyName, TimeWindow } from '@/lib/mesh/telemetry/measured';
import type { Question } from '@/lib/shifts';
import type { Evidence } from './evidence';
import { measurePort } from './measure';

const MINUTE = 60_000;
const route = { router: 'cart', route: 'all', from: 'shop/cart-v1', to: 'shop/cart-v2' };
const question = (more: Partial<Question> = {}): Question => ({
  id: '1',
  fromMs: 10 * MINUTE,
  toMs: 12 * MINUTE,
  routes: [route],
  metrics: [{ name: 'faults', figure: 'faultRatio', evidence: 'any' }],
  ...more,
});

interface Asked {
  kind: string;
  window: TimeWindow;
  proxies: readonly ProxyName[];
}

/** Two sources that say what they are told to, and note what they were asked. */
function evidenceOf(says: Partial<Record<'cloudwatch' | 'xray', Measured>>): Evidence & { asked: Asked[] } {
  const asked: Asked[] = [];
  const reader = (kind: 'cloudwatch' | 'xray'): Evidence['readers']['xray'] => ({
    measure: ({ proxies }, window) => {
      asked.push({ kind, window, proxies });
      const result = says[kind];
      const trouble = { operation: kind, kind: 'throttled' as const, detail: 'too much' };
      const spent = { metrics: 0, traces: 0, calls: 1 };
      return Promise.resolve({ result, troubles: result ? [] : [trouble], spent });
    },
  });
  return {
    readers: { cloudwatch: reader('cloudwatch'), xray: reader('xray') },
    spend: () => undefined,
    asked,
  };
}
const measure = (evidence: Evidence, asked: Question) =>
  measurePort(evidence, 'shop', () => [shop()]).measure(asked, AbortSignal.timeout(1_000));
const figures = (requests: number, faultRatio?: number) => ({ requests, ...(faultRatio === undefined ? {} : { faultRatio }) }); // prettier-ignore

describe('what a shift is judged by', () => {
  it('is the first kind of evidence that tells the figure, in the order in which they are believed', async () => {
    const both = evidenceOf({
      cloudwatch: measuredOf(got('cart-v1', figures(500, 0.01)), got('cart-v2', figures(50))),
      xray: measuredOf(got('cart-v1', figures(20, 0.5), 'xray'), got('cart-v2', figures(5, 0.2), 'xray')),
    });
    const { metrics } = await measure(both, question());
    expect(metrics).toEqual([
      { ok: true, metric: 'faults', node: 'shop/cart-v1', samples: 500, evidence: 'cloudwatch', figure: 0.01 },
      { ok: true, metric: 'faults', node: 'shop/cart-v2', samples: 5, evidence: 'xray', figure: 0.2 },
    ]); // prettier-ignore
  });

  it('is asked of none but the kinds that count', async () => {
    const evidence = evidenceOf({ xray: measuredOf(got('cart-v2', figures(5, 0.2), 'xray')) });
    await measure(evidence, question({ metrics: [{ name: 'p99', figure: 'p99Ms', evidence: 'xray' }] }));
    expect(evidence.asked.map(({ kind }) => kind)).toEqual(['xray']);
  });

  it('is asked about as little as its kind allows, in the steps it counts by', async () => {
    const evidence = evidenceOf({ cloudwatch: measuredOf(), xray: measuredOf() });
    await measure(evidence, question({ fromMs: 10.5 * MINUTE, toMs: 12.5 * MINUTE }));
    const [counted, sampled] = evidence.asked;
    expect(counted?.proxies.map(({ awsName }) => awsName)).toEqual(['cart-v1', 'cart-v2']);
    expect(counted?.window).toMatchObject({ fromMs: 11 * MINUTE, toMs: 12 * MINUTE });
    expect(sampled?.proxies.length).toBeGreaterThan(2);
    expect(sampled?.window).toMatchObject({ fromMs: 10.5 * MINUTE, toMs: 12.5 * MINUTE });
  });

  it('counts no share over a step that reaches back before the change', async () => {
    const evidence = evidenceOf({
      cloudwatch: measuredOf(got('cart-v1', 900), got('cart-v2', 100)),
      xray: measuredOf(traced('gateway/front', 'cart-v1', 60), traced('gateway/front', 'cart-v2', 40)),
    });
    const short = { fromMs: 12.2 * MINUTE, toMs: 12.6 * MINUTE, metrics: [] };
    const { shares } = await measure(evidence, question(short));
    expect(shares.map((share) => share.evidence)).not.toContain('cloudwatch');
  });

  it('is an error only where nobody answered', async () => {
    const { metrics } = await measure(evidenceOf({}), question());
    expect(metrics[0]).toMatchObject({ ok: false, message: 'cloudwatch: too much' });
    const half = await measure(evidenceOf({ xray: measuredOf() }), question());
    expect(half.metrics[0]).toMatchObject({ ok: true, samples: 0 });
  });
});
