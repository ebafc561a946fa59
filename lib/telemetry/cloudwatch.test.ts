import { describe, expect, it } from 'vitest';
import { createCloudWatchApi } from '@/lib/aws/cloudwatch';
import type { Asked, Reply } from '@/lib/aws/scripted-api';
import { openScripted } from '@/lib/aws/scripted-client';
import { createCloudWatchReader } from './cloudwatch';
import type { CloudWatchReaderOptions } from './cloudwatch';
import type { Scope } from './types';

const never = new AbortController().signal;
const MINUTE = 60_000;
const now = 1_700_000_040_000 + 10 * MINUTE;
const window = { fromMs: now - 5 * MINUTE, toMs: now, stepSeconds: 60 };

/** A series as CloudWatch keeps it: its own dimensions beside the mesh, and what it answers for a statistic. */
interface Kept {
  namespace?: string;
  name: string;
  dimensions: Record<string, string>;
  /** By minutes since the start of the window, for `Sum`; by statistic, for the rest. */
  sums?: Record<number, number>;
  statistics?: Record<string, number>;
  status?: string;
}

interface Query {
  Id: string;
  MetricStat: {
    Metric: { Namespace: string; MetricName: string; Dimensions: { Name: string; Value: string }[] };
    Period: number;
    Stat: string;
  };
}

const dimensionsOf = ({ dimensions }: Kept) =>
  Object.entries({ Mesh: 'shop', ...dimensions }).map(([Name, Value]) => ({ Name, Value }));

/** CloudWatch with these series: a metric is found by exactly its dimensions. */
async function open(series: Kept[], options: Partial<CloudWatchReaderOptions> = {}) {
  const queries: Query[] = [];
  const answer = ({ operation, body }: Asked): Reply => {
    const asked = JSON.parse(body);
    if (operation === 'ListMetrics') {
      const found = series.filter(
        (each) => each.name === asked.MetricName && (asked.Namespace ?? each.namespace ?? 'mesh') === (each.namespace ?? 'mesh'),
      ); // prettier-ignore
      return {
        body: {
          Metrics: found.map((each) => ({
            Namespace: each.namespace ?? 'mesh',
            MetricName: each.name,
            Dimensions: dimensionsOf(each),
          })),
        },
      };
    }
    queries.push(...asked.MetricDataQueries);
    const results = asked.MetricDataQueries.map(({ Id, MetricStat: { Metric, Stat } }: Query) => {
      const kept = series.find(
        (each) =>
          each.name === Metric.MetricName &&
          JSON.stringify(dimensionsOf(each)) === JSON.stringify(Metric.Dimensions),
      );
      const single = kept?.statistics?.[Stat];
      const points =
        Stat === 'Sum'
          ? Object.entries(kept?.sums ?? {})
          : single === undefined
            ? []
            : [['0', single] as const];
      return {
        Id,
        Label: Metric.MetricName,
        Timestamps: points.map(([minute]) => asked.StartTime + Number(minute) * 60),
        Values: points.map(([, amount]) => amount),
        StatusCode: kept?.status ?? 'Complete',
      };
    });
    return { body: { MetricDataResults: results } };
  };
  const [reader, scripted] = await openScripted(
    (connection) =>
      createCloudWatchReader({ api: createCloudWatchApi(connection), now: () => now, ...options }),
    answer,
  );
  return { reader, scripted, queries };
}

const scope: Scope = {
  mesh: 'shop',
  proxies: [
    { kind: 'gateway', awsName: 'door' },
    { kind: 'node', awsName: 'front' },
    { kind: 'node', awsName: 'cart' },
  ],
};

const COUNTER = { metric_type: 'counter' };
const own = (metric: string, VirtualNode: string, sums: Record<number, number>): Kept => ({
  name: `envoy_appmesh_${metric}`,
  dimensions: { VirtualNode, ...COUNTER },
  sums,
});
const to = (caller: Record<string, string>, service: string, node: string) => ({
  ...caller,
  TargetVirtualService: service,
  TargetVirtualNode: node,
});
const sent = (metric: string, call: Record<string, string>, sums: Record<number, number>): Kept => ({
  name: `envoy_appmesh_${metric}`,
  dimensions: { ...call, ...COUNTER },
  sums,
});
const times = (call: Record<string, string>, statistics: Record<string, number>): Kept => ({
  name: 'envoy_appmesh_TargetResponseTime',
  dimensions: { ...call, metric_type: 'timing' },
  statistics,
});

const doorToFront = to({ VirtualGateway: 'door' }, 'front.shop', 'front');
const frontToCart = to({ VirtualNode: 'front' }, 'cart.shop', 'cart');

const statsd: Kept[] = [
  own('RequestCount', 'front', { 0: 300, 1: 300 }),
  own('ProcessedBytes', 'front', { 0: 3000 }),
  {
    name: 'envoy_appmesh_ActiveConnectionCount',
    dimensions: { VirtualNode: 'front', metric_type: 'gauge' },
    statistics: { Average: 12 },
  },
  sent('RequestCountPerTarget', doorToFront, { 0: 300, 1: 300 }),
  sent('HTTPCode_Target_2XX_Count', doorToFront, { 0: 540 }),
  sent('HTTPCode_Target_4XX_Count', doorToFront, { 0: 30 }),
  sent('HTTPCode_Target_5XX_Count', doorToFront, { 1: 6 }),
  times(doorToFront, { Average: 40, p50: 30, p90: 80, p99: 200 }),
  sent('RequestCountPerTarget', frontToCart, { 2: 60 }),
  sent('HTTPCode_Target_2XX_Count', frontToCart, { 2: 60 }),
  sent('TargetProcessedBytes', frontToCart, { 2: 600 }),
];

describe('measuring with CloudWatch', () => {
  it('tells what each proxy sent, by service and node', async () => {
    const { reader } = await open(statsd);
    const { result, troubles } = await reader.measure(scope, window, never);
    expect(troubles).toEqual([]);
    expect(result?.calls).toEqual([
      {
        from: { kind: 'gateway', awsName: 'door' },
        service: 'front.shop',
        to: 'front',
        evidence: 'cloudwatch',
        witness:
          'mesh envoy_appmesh_RequestCountPerTarget{Mesh=shop, VirtualGateway=door, TargetVirtualService=front.shop, TargetVirtualNode=front, metric_type=counter}',
        figures: {
          requests: 600,
          perSecond: 2,
          errorRatio: 0.05,
          faultRatio: 0.01,
          meanMs: 40,
          p50Ms: 30,
          p90Ms: 80,
          p99Ms: 200,
        },
      },
      expect.objectContaining({
        service: 'cart.shop',
        to: 'cart',
        figures: { requests: 60, perSecond: 0.2, errorRatio: 0, faultRatio: 0, bytesPerSecond: 2 },
      }),
    ]);
  });

  it('tells what each proxy received: its own counts, and its callers’ answers and latency', async () => {
    const { reader } = await open(statsd);
    const { result } = await reader.measure(scope, window, never);
    const received = Object.fromEntries(
      (result?.proxies ?? []).map(({ proxy, figures }) => [proxy.awsName, figures]),
    );
    expect(received).toEqual({
      front: {
        requests: 600,
        perSecond: 2,
        errorRatio: 0.05,
        faultRatio: 0.01,
        meanMs: 40,
        p50Ms: 30,
        p90Ms: 80,
        p99Ms: 200,
        bytesPerSecond: 10,
        connections: 12,
      },
      cart: { requests: 60, perSecond: 0.2, errorRatio: 0, faultRatio: 0, bytesPerSecond: 2 },
    });
  });

  it('asks for a kind of fault of which there were none when it looked', async () => {
    const { reader, queries } = await open(statsd);
    await reader.measure(scope, window, never);
    const faults = queries.filter(({ MetricStat }) => MetricStat.Metric.MetricName.endsWith('5XX_Count'));
    expect(faults.map(({ MetricStat }) => MetricStat.Metric.Dimensions.at(-2)?.Value)).toEqual([
      'front',
      'cart',
    ]);
  });

  it('says nothing of answers and latency where they are not published', async () => {
    const { reader } = await open([sent('RequestCountPerTarget', frontToCart, { 0: 30 })]);
    const { result } = await reader.measure(scope, window, never);
    expect(result?.calls[0]?.figures).toEqual({ requests: 30, perSecond: 0.1 });
  });

  it('finds the spelling with dots and no further dimensions', async () => {
    const dotted = statsd.map(({ name, dimensions: { metric_type: _, ...dimensions }, ...rest }) => ({
      ...rest,
      name: name.replaceAll('_appmesh_', '.appmesh.').replace('envoy_', 'envoy.'),
      namespace: 'adot',
      dimensions,
    }));
    const { reader } = await open(dotted);
    const { result } = await reader.measure(scope, window, never);
    expect(result?.calls.map(({ figures }) => figures.requests)).toEqual([600, 60]);
    expect(result?.calls[0]?.witness).toMatch(/^adot envoy\.appmesh\.RequestCountPerTarget\{/);
  });

  it('counts a mesh once that is published twice', async () => {
    const twice = [...statsd, ...statsd.slice(0, 4).map((each) => ({ ...each, namespace: 'second' }))];
    const { reader } = await open(twice);
    const { result } = await reader.measure(scope, window, never);
    expect(result?.calls.map(({ figures }) => figures.requests)).toEqual([600, 60]);
  });

  it('tells a silent counter as none, and a proxy without metrics not at all', async () => {
    const { reader } = await open([own('RequestCount', 'front', {})]);
    const { result } = await reader.measure(scope, window, never);
    expect(result?.proxies).toMatchObject([
      { proxy: { awsName: 'front' }, figures: { requests: 0, perSecond: 0 } },
    ]);
  });

  it('leaves out a call whose requests may not be read', async () => {
    const [first, ...rest] = statsd.slice(8);
    if (first === undefined) throw new Error('no series');
    const { reader } = await open([{ ...first, status: 'Forbidden' }, ...rest]);
    const { result, troubles } = await reader.measure(scope, window, never);
    expect(result?.calls).toEqual([]);
    expect(troubles).toEqual([
      { kind: 'forbidden', operation: 'GetMetricData', detail: 'envoy_appmesh_RequestCountPerTarget Sum' },
    ]);
  });

  it('lists once in a quarter of an hour', async () => {
    let at = now;
    const { reader, scripted } = await open(statsd, { now: () => at });
    const lists = () => scripted.asked.filter(({ operation }) => operation === 'ListMetrics').length;
    const measured = { ...scope, proxies: scope.proxies.filter(({ kind }) => kind === 'node') };
    await reader.measure(measured, window, never);
    const first = lists();
    at += 14 * MINUTE;
    await reader.measure(measured, window, never);
    expect(lists()).toBe(first);
    at += 2 * MINUTE;
    await reader.measure(measured, window, never);
    expect(lists()).toBe(2 * first);
  });

  it('looks again sooner for a proxy that publishes nothing yet', async () => {
    let at = now;
    const { reader, scripted } = await open(statsd, { now: () => at });
    await reader.measure(scope, window, never);
    const first = scripted.asked.length;
    at += 3 * MINUTE;
    await reader.measure(scope, window, never);
    expect(scripted.asked.length).toBe(2 * first);
  });

  it('looks again every two minutes, whether a reading comes a little early or late', async () => {
    let at = now;
    const { reader, scripted } = await open(statsd, { now: () => at });
    const lists = () => scripted.asked.filter(({ operation }) => operation === 'ListMetrics').length;
    await reader.measure(scope, window, never);
    const first = lists();
    for (const sinceMs of [MINUTE + 300, 2 * MINUTE - 200, 3 * MINUTE, 4 * MINUTE - 300]) {
      at = now + sinceMs;
      await reader.measure(scope, window, never);
    }
    expect(lists()).toBe(3 * first);
  });

  it('lists once for windows that are read at a time', async () => {
    const { reader, scripted } = await open(statsd);
    const later = { ...window, fromMs: window.fromMs + MINUTE };
    const [one, other] = await Promise.all([
      reader.measure(scope, window, never),
      reader.measure(scope, later, never),
    ]);
    expect(one.spent.calls + other.spent.calls).toBe(scripted.asked.length);
    const lists = scripted.asked.filter(({ operation }) => operation === 'ListMetrics');
    expect(new Set(lists.map(({ body }) => body)).size).toBe(lists.length);
  });
});

describe('lines from CloudWatch', () => {
  it('has gaps where nothing was published', async () => {
    const { reader } = await open(statsd);
    const from = { kind: 'gateway', awsName: 'door' } as const;
    const { result } = await reader.series(
      scope,
      { from, service: 'front.shop', to: 'front' },
      window,
      never,
    );
    const line = (figure: string) => result?.find((each) => each.figure === figure);
    expect(line('perSecond')).toMatchObject({
      fromMs: window.fromMs,
      stepSeconds: 60,
      points: [5, 5, null, null, null],
    });
    expect(line('faultRatio')?.points).toEqual([0, 0.02, null, null, null]);
    expect(line('bytesPerSecond')).toBeUndefined();
  });

  it('draws what a proxy received, with its connections', async () => {
    const { reader } = await open(statsd);
    const from = { kind: 'node', awsName: 'front' } as const;
    const { result } = await reader.series(scope, { from }, window, never);
    expect(result?.map(({ figure }) => figure)).toEqual([
      'perSecond', 'errorRatio', 'faultRatio', 'meanMs', 'p50Ms', 'p90Ms', 'p99Ms', 'bytesPerSecond', 'connections',
    ]); // prettier-ignore
  });

  it('uses a coarser step where CloudWatch keeps no finer one', async () => {
    const { reader, queries } = await open(statsd);
    const old = now - 20 * 86_400_000;
    const from = { kind: 'node', awsName: 'front' } as const;
    await reader.series(scope, { from }, { fromMs: old, toMs: old + 3_600_000, stepSeconds: 60 }, never);
    expect(new Set(queries.map(({ MetricStat }) => MetricStat.Period))).toEqual(new Set([300]));
  });
});
