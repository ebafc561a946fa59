import type { Metric, MetricDataQuery, MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_KNOBS } from '../admin/knobs';
import { Histogram } from '../traffic/histogram';
import { requestsOf, type LinkTally } from '../traffic/tally';
import { startTelemetry, type TelemetryBench } from '../traffic/testing/telemetry';

let bench: TelemetryBench;
let links: LinkTally[];

beforeAll(async () => {
  bench = await startTelemetry();
  const to = bench.nowMs / 1000;
  links = [...(await bench.sandbox.traffic.total('shop', { from: to - 300, to })).links.values()];
});
afterAll(() => bench.stop());
afterEach(() => void bench.sandbox.turn({ ...DEFAULT_KNOBS }));

const cartV1: Record<string, string> = {
  VirtualNode: 'web-v1_shop',
  TargetVirtualNode: 'cart-v1_shop',
  TargetVirtualService: 'cart.shop.svc.cluster.local',
};
const cartLink = () =>
  links.find(({ from, to }) => from?.name === 'web-v1_shop' && to?.name === 'cart-v1_shop') ??
  expect.unreachable('web does not call cart');

/** As statsd names them. */
const query = (
  Id: string,
  metric: string,
  dimensions: Record<string, string>,
  { Stat = 'Sum', Period = 60, type = 'counter' } = {},
): MetricDataQuery => ({
  Id,
  MetricStat: {
    Metric: {
      Namespace: 'CWAgent',
      MetricName: `envoy_appmesh_${metric}`,
      Dimensions: Object.entries({ Mesh: 'shop', ...dimensions, metric_type: type }).map(([Name, Value]) => ({
        Name,
        Value,
      })),
    },
    Period,
    Stat,
  },
});
const timing = (Id: string, Stat: string) =>
  query(Id, 'TargetResponseTime', cartV1, { Stat, Period: 300, type: 'timing' });
const read = async (...MetricDataQueries: MetricDataQuery[]) =>
  (await bench.cloudWatch.getMetricData({ ...bench.last(300), MetricDataQueries })).MetricDataResults ?? [];
const sum = ({ Values = [] }: MetricDataResult = {}) => Values.reduce((total, value) => total + value, 0);
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    ({ name, message }: Error) => ({ name, message }),
  );
async function allMetrics(
  filter: { MetricName?: string; Dimensions?: { Name: string; Value?: string }[] } = {},
) {
  const metrics: Metric[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const page = await bench.cloudWatch.listMetrics({ ...filter, NextToken });
    metrics.push(...(page.Metrics ?? []));
    NextToken = page.NextToken;
    pages++;
  } while (NextToken !== undefined);
  return { metrics, pages };
}

describe('values', () => {
  it('of a target are those of the requests to it', async () => {
    const link = cartLink();
    const [all, ok, wrong, faults, bytes] = await read(
      query('all', 'RequestCountPerTarget', cartV1),
      query('ok', 'HTTPCode_Target_2XX_Count', cartV1),
      query('wrong', 'HTTPCode_Target_4XX_Count', cartV1),
      query('faults', 'HTTPCode_Target_5XX_Count', cartV1),
      query('bytes', 'TargetProcessedBytes', cartV1),
    );
    expect(sum(all)).toBe(requestsOf(link));
    expect(sum(ok)).toBe(link.ok);
    expect(sum(wrong)).toBe(link.error + link.throttle);
    expect(sum(faults)).toBe(link.fault);
    expect(sum(bytes)).toBe(link.requestBytes + link.answerBytes);
    expect(all).toMatchObject({ Id: 'all', StatusCode: 'Complete' });
  });

  it('of a node are all that came to it', async () => {
    const [count] = await read(query('count', 'RequestCount', { VirtualNode: 'cart-v1_shop' }));
    const incoming = links.filter(({ to }) => to?.name === 'cart-v1_shop');
    expect(sum(count)).toBe(incoming.reduce((total, link) => total + requestsOf(link) - link.unreached, 0));
  });

  it('of response times are those of the requests', async () => {
    const link = cartLink();
    const [count, average, most, half, high] = await read(
      timing('count', 'SampleCount'),
      timing('average', 'Average'),
      timing('most', 'Maximum'),
      timing('half', 'p50'),
      timing('high', 'p99'),
    );
    const histogram = new Histogram();
    for (const packed of link.latencies) histogram.addPacked(packed);
    expect(sum(count)).toBe(requestsOf(link));
    expect(sum(average)).toBeCloseTo(link.sumMs / requestsOf(link), 6);
    expect(sum(most)).toBe(link.mostMs);
    expect(sum(half)).toBeCloseTo(histogram.quantileMs(0.5) ?? 0, 6);
    expect(sum(high)).toBeCloseTo(histogram.quantileMs(0.99) ?? 0, 6);
  });

  it('stand latest first unless asked otherwise, at the beginning of their minutes', async () => {
    const MetricDataQueries = [query('a', 'RequestCount', { VirtualNode: 'cart-v1_shop' })];
    const times = async (ScanBy?: 'TimestampAscending') =>
      (
        await bench.cloudWatch.getMetricData({
          ...bench.last(300),
          MetricDataQueries,
          ...(ScanBy && { ScanBy }),
        })
      ).MetricDataResults?.[0]?.Timestamps?.map((time) => (bench.nowMs - time.getTime()) / 60_000);
    expect(await times()).toEqual([1, 2, 3, 4, 5]);
    expect(await times('TimestampAscending')).toEqual([5, 4, 3, 2, 1]);
  });

  it('are missing where nothing happened', async () => {
    const [none, other] = await read(
      query('none', 'RequestCount', { VirtualNode: 'catalog-green_shop' }),
      query('other', 'RequestCount', { VirtualNode: 'cart-v1_shop', Extra: 'dimension' }),
    );
    expect([none?.Values, other?.Values]).toEqual([[], []]);
  });

  it('of the minute under way are those of the seconds that are over', async () => {
    bench.nowMs += 20_000;
    const from = bench.nowMs / 1000 - 20;
    const minute = await bench.sandbox.traffic.total('shop', { from, to: from + 20 });
    const [count] = await read(query('count', 'RequestCount', { VirtualNode: 'cart-v1_shop' }));
    const incoming = [...minute.links.values()].filter(({ to }) => to?.name === 'cart-v1_shop');
    expect(count?.Values?.[0]).toBe(incoming.reduce((total, each) => total + requestsOf(each), 0));
    bench.nowMs -= 20_000;
  });
});

describe('expressions', () => {
  const v1 = query('a', 'RequestCount', { VirtualNode: 'cart-v1_shop' }, { Period: 300 });
  const v2 = query('b', 'RequestCount', { VirtualNode: 'cart-v2_shop' }, { Period: 300 });
  const calculate = async (...expressions: string[]) => {
    const results = await read(
      { ...v1, ReturnData: false },
      { ...v2, ReturnData: false },
      ...expressions.map((Expression, index) => ({ Id: `e${index}`, Expression })),
    );
    return results.map(({ Values = [] }) => Values[0]);
  };

  it('calculate', async () => {
    const [a = 0, b = 0] = (await read(v1, v2)).map(sum);
    expect(
      await calculate('a + b', 'b / (a + b) * 100', 'SUM([a, b])', 'MAX(METRICS())', '-a', 'AVG([a,b]) - 1'),
    ).toEqual([a + b, (b / (a + b)) * 100, a + b, Math.max(a, b), -a, (a + b) / 2 - 1]);
  });

  it('fill gaps, and build on each other', async () => {
    const green = query('g', 'RequestCount', { VirtualNode: 'catalog-green_shop' });
    const [filled, sumOf] = await read(
      { ...green, ReturnData: false },
      { Id: 'f', Expression: 'FILL(g, 0)' },
      { Id: 's', Expression: 'f + 1' },
    );
    expect([filled?.Values, sumOf?.Values]).toEqual([
      [0, 0, 0, 0, 0],
      [1, 1, 1, 1, 1],
    ]);
  });

  it('search', async () => {
    const terms =
      'Namespace="CWAgent" Mesh="shop" VirtualNode="web-v1_shop" MetricName="envoy_appmesh_RequestCountPerTarget"';
    const found = await read({ Id: 'x', Expression: `SEARCH('${terms}', 'Sum', 300)` });
    const called = links.filter(
      ({ from, to, protocol }) => from?.name === 'web-v1_shop' && to && protocol !== 'tcp',
    );
    expect(found.length).toBe(called.length);
    expect(found.reduce((total, each) => total + sum(each), 0)).toBe(
      called.reduce((total, link) => total + requestsOf(link), 0),
    );
    const [total] = await read({ Id: 'x', Expression: `SUM(SEARCH('${terms}', 'Sum', 300))` });
    expect(sum(total)).toBe(called.reduce((count, link) => count + requestsOf(link), 0));
  });

  it.each(['a +', 'nobody * 2', 'MEDIAN(a)', 'SUM(a)', 'a; b'])('are refused: %s', async (Expression) => {
    expect(await failure(read(v1, { Id: 'e', Expression }))).toMatchObject({ name: 'ValidationException' });
  });
});

describe('metrics', () => {
  it('are listed in pages of 500', async () => {
    const { metrics, pages } = await allMetrics();
    expect(metrics.length).toBeGreaterThan(500);
    expect(pages).toBe(Math.ceil(metrics.length / 500));
    const texts = metrics.map((metric) => JSON.stringify(metric));
    expect(new Set(texts).size).toBe(metrics.length);
  });

  it('are found by name and dimensions, and every one has values', async () => {
    const { metrics } = await allMetrics({
      MetricName: 'envoy_appmesh_TargetResponseTime',
      Dimensions: [{ Name: 'TargetVirtualNode', Value: 'cart-v2_shop' }, { Name: 'VirtualNode' }],
    });
    expect(metrics.length).toBeGreaterThan(0);
    const results = await read(
      ...metrics.map((Metric, index) => ({
        Id: `m${index}`,
        MetricStat: { Metric, Period: 300, Stat: 'p90' },
      })),
    );
    expect(results.some(({ Values }) => (Values?.[0] ?? 0) > 0)).toBe(true);
  });

  it('are named as the pipeline names them', async () => {
    const names = async (cloudWatchNames: 'prometheus' | 'adot') => {
      bench.sandbox.turn({ cloudWatchNames });
      const { metrics } = await allMetrics({ Dimensions: [{ Name: 'VirtualNode', Value: 'web-v1_shop' }] });
      for (const { Dimensions = [] } of metrics)
        expect(Dimensions.map(({ Name }) => Name)).not.toContain('metric_type');
      return new Set(metrics.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`));
    };
    const prometheus = await names('prometheus');
    expect(prometheus).toContain('ContainerInsights/Prometheus envoy_appmesh_RequestCount');
    expect(prometheus).not.toContain('ContainerInsights/Prometheus envoy_appmesh_TargetResponseTime');
    expect(await names('adot')).toContain('AppMesh envoy.appmesh.TargetResponseTime');
  });
});

describe('limits and refusals', () => {
  const one = query('a', 'RequestCount', { VirtualNode: 'cart-v1_shop' });

  it('values come in pages', async () => {
    const values: number[] = [];
    const codes: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await bench.cloudWatch.getMetricData({
        ...bench.last(300),
        MetricDataQueries: [one, { ...one, Id: 'b' }],
        MaxDatapoints: 4,
        NextToken,
      });
      for (const { Values = [], StatusCode } of page.MetricDataResults ?? []) {
        values.push(...Values);
        codes.push(StatusCode);
      }
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(values).toHaveLength(10);
    expect(codes).toEqual(['PartialData', 'Complete', 'PartialData', 'Complete']);
  });

  it.each([
    ['a period that is no multiple of 60', { ...one, MetricStat: { ...one.MetricStat, Period: 90 } }],
    ['a statistic that is none', { ...one, MetricStat: { ...one.MetricStat, Stat: 'Median' } }],
    ['an id that begins with a capital', { ...one, Id: 'A' }],
    ['an expression and a metric', { ...one, Expression: 'a' }],
  ])('refuses %s', async (_, wrong) => {
    expect(await failure(read(wrong as MetricDataQuery))).toMatchObject({ name: 'ValidationException' }); // wrong on purpose
  });

  it('refuses more than 500 queries, two of one id, and times in the wrong order', async () => {
    const many = Array.from({ length: 501 }, (_, index) => ({ ...one, Id: `a${index}` }));
    const wrong = { StartTime: new Date(bench.nowMs), EndTime: new Date(bench.nowMs - 1000) };
    for (const call of [
      read(...many),
      read(one, one),
      bench.cloudWatch.getMetricData({ ...wrong, MetricDataQueries: [one] }),
    ])
      expect(await failure(call)).toMatchObject({ name: 'ValidationException' });
    const strange = bench.cloudWatch.listMetrics({ NextToken: 'strange' });
    expect(await failure(strange)).toMatchObject({ name: 'InvalidNextToken' });
  });

  it.each([
    ['forbidden', 'AccessDeniedException'],
    ['expired', 'ExpiredTokenException'],
    ['throttled', 'ThrottlingException'],
  ] as const)('%s: %s, for all operations or those named', async (cloudWatchMode, name) => {
    bench.sandbox.turn({ cloudWatchMode });
    expect(await failure(read(one))).toMatchObject({ name });
    bench.sandbox.turn({ cloudWatchOperations: ['ListMetrics'] });
    await read(one);
  });

  it('down: connections break', async () => {
    bench.sandbox.turn({ cloudWatchMode: 'down' });
    await expect(read(one)).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  it('empty has no values, and partial some', async () => {
    bench.sandbox.turn({ cloudWatchMode: 'empty' });
    expect((await read(one))[0]?.Values).toEqual([]);
    bench.sandbox.turn({ cloudWatchMode: 'partial' });
    const results = await read(one, { ...one, Id: 'b' }, { ...one, Id: 'c' });
    expect(results.map(({ StatusCode, Values = [] }) => [StatusCode, Values.length])).toEqual([
      ['PartialData', 3],
      ['PartialData', 3],
      ['InternalError', 0],
    ]);
  });
});
