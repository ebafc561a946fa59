import type { Service } from '@aws-sdk/client-xray';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_KNOBS } from '../admin/knobs';
import { startTelemetry, type TelemetryBench } from '../traffic/testing/telemetry';

const PROXY = 'AWS::AppMesh::Proxy';
let bench: TelemetryBench;

beforeAll(async () => {
  bench = await startTelemetry();
});
afterAll(() => bench.stop());
afterEach(() => void bench.sandbox.turn({ ...DEFAULT_KNOBS }));

async function wholeGraph(seconds = 300): Promise<Service[]> {
  const services: Service[] = [];
  let NextToken: string | undefined;
  do {
    const page = await bench.xray.getServiceGraph({ ...bench.last(seconds), NextToken });
    services.push(...(page.Services ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return services;
}
const service = (graph: Service[], name: string, type = PROXY) =>
  graph.find(({ Name, Type }) => Name === name && Type === type) ?? expect.unreachable(`no ${type} ${name}`);
const edge = (graph: Service[], from: Service, to: Service) =>
  from.Edges?.find(({ ReferenceId }) => ReferenceId === to.ReferenceId);
const summaries = (FilterExpression: string, seconds = 300) =>
  bench.xray.getTraceSummaries({ ...bench.last(seconds), FilterExpression });
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call succeeded'),
    ({ name, message }: Error) => ({ name, message }),
  );

describe('the service graph', () => {
  it('has the proxies, whoever calls them from outside, and what was only inferred', async () => {
    const graph = await wholeGraph();
    const edge_ = service(graph, 'shop/edge_shop');
    const client = service(graph, 'shop/edge_shop', 'client');
    expect(edge(graph, client, edge_)?.SummaryStatistics?.TotalCount).toBeGreaterThan(100);
    expect(edge(graph, edge_, service(graph, 'shop/web-v1_shop'))).toBeDefined();
    expect(service(graph, 'shop/cart-redis-v7_shop', 'remote').State).toBe('unknown');
    expect(service(graph, 'shop/cart-v1_shop', 'remote')).toBeDefined();
    expect(service(graph, 'store-terminals', 'AWS::EC2::Instance').Root).toBe(true);
  });

  it('comes in pages whose edges lead to services of any page', async () => {
    const first = await bench.xray.getServiceGraph(bench.last(300));
    expect(first.NextToken).toBeDefined();
    const graph = await wholeGraph();
    const ids = new Set(graph.map(({ ReferenceId }) => ReferenceId));
    expect(ids.size).toBe(graph.length);
    for (const { Edges = [] } of graph)
      for (const { ReferenceId } of Edges) expect(ids).toContain(ReferenceId);
  });

  it('has other ids in every answer', async () => {
    const [first] = await wholeGraph(60);
    const [second] = await wholeGraph(60);
    expect(second?.Name).toBe(first?.Name);
    expect(second?.ReferenceId).not.toBe(first?.ReferenceId);
  });

  it('counts a sample: the first request of each second and 5 % of the others', async () => {
    const to = bench.nowMs / 1000;
    const { links } = await bench.sandbox.traffic.total('shop', { from: to - 300, to });
    const entered = [...links.values()].find(({ from }) => from === undefined);
    const all = entered ? entered.ok + entered.error + entered.fault + entered.throttle : 0;
    const sampled = service(await wholeGraph(), 'shop/edge_shop').SummaryStatistics?.TotalCount ?? 0;
    const expected = 300 + 0.05 * (all - 300);
    expect(sampled).toBeLessThanOrEqual(all);
    expect(Math.abs(sampled - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('adds up: outcomes, histograms and response times', async () => {
    for (const { SummaryStatistics: summary, ResponseTimeHistogram = [] } of await wholeGraph()) {
      if (!summary) continue;
      const { OkCount = 0, ErrorStatistics, FaultStatistics, TotalCount, TotalResponseTime = 0 } = summary;
      expect(OkCount + (ErrorStatistics?.TotalCount ?? 0) + (FaultStatistics?.TotalCount ?? 0)).toBe(
        TotalCount,
      );
      const counted = ResponseTimeHistogram.reduce((sum, { Count = 0 }) => sum + Count, 0);
      expect(counted).toBe(TotalCount);
      const seconds = ResponseTimeHistogram.reduce((sum, { Value = 0, Count = 0 }) => sum + Value * Count, 0);
      expect(Math.abs(seconds - TotalResponseTime)).toBeLessThan(0.001 * counted + 0.05 * TotalResponseTime);
    }
  });

  it('is empty for a group that nothing fits, and smaller for one with a filter', async () => {
    const all = service(await wholeGraph(), 'shop/edge_shop').SummaryStatistics?.TotalCount ?? 0;
    const { Services = [] } = await bench.xray.getServiceGraph({
      ...bench.last(300),
      GroupName: 'failed-requests',
    });
    const failed = Services.find(({ Name, Type }) => Name === 'shop/edge_shop' && Type === PROXY);
    expect(failed?.SummaryStatistics?.OkCount ?? 0).toBe(0);
    expect(failed?.SummaryStatistics?.TotalCount ?? 0).toBeLessThan(all);
    expect((await bench.xray.getGroups({})).Groups).toHaveLength(2);
  });

  it('loses the edges of a node that does not hand on the trace header', async () => {
    bench.sandbox.turn({ xrayLostPropagation: ['web-v1_shop'] });
    const graph = await wholeGraph();
    const web = service(graph, 'shop/web-v1_shop');
    const cart = service(graph, 'shop/cart-v1_shop');
    expect(edge(graph, web, cart)).toBeUndefined();
    expect(edge(graph, service(graph, 'shop/cart-v1_shop', 'client'), cart)).toBeDefined();
  });
});

describe('traces', () => {
  it('are found by filter expressions', async () => {
    const { TraceSummaries: slow = [] } = await summaries(
      'service("shop/cart-v2_shop") AND responsetime > 0.1',
    );
    expect(slow.length).toBeGreaterThan(0);
    for (const { ResponseTime = 0, ServiceIds } of slow) {
      expect(ResponseTime).toBeGreaterThan(0.1);
      expect(ServiceIds).toContainEqual(expect.objectContaining({ Name: 'shop/cart-v2_shop', Type: PROXY }));
    }
    const { TraceSummaries: faults = [] } = await summaries('fault = true');
    expect(faults.every(({ HasFault }) => HasFault)).toBe(true);
    const { TraceSummaries: ok = [] } = await summaries(
      'ok !partial edge("shop/edge_shop", "shop/web-v1_shop")',
    );
    expect(ok.length).toBeGreaterThan(0);
    const { TraceSummaries: none = [] } = await summaries('http.status = 418 or duration < 0');
    expect(none).toEqual([]);
    const cluster = 'cds_ingress_shop_cart-v2_shop_http_8080';
    const { TraceSummaries: annotated = [] } = await summaries(
      `service("shop/cart-v2_shop") { annotation.upstream_cluster = "${cluster}" and (ok or error) }`,
    );
    expect(annotated.length).toBeGreaterThan(0);
  });

  it.each(['colour = "red"', 'service("a"', 'responsetime >', 'edge("a")', 'ok &&', '"alone"'])(
    'are refused for %s',
    async (expression) => {
      expect(await failure(summaries(expression, 10))).toMatchObject({
        name: 'InvalidRequestException',
        message: expect.stringContaining('Invalid filter expression'),
      });
    },
  );

  it('come in pages without any twice', async () => {
    const ids: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await bench.xray.getTraceSummaries({ ...bench.last(120), NextToken });
      ids.push(...(page.TraceSummaries ?? []).map(({ Id }) => Id));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    expect(ids.length).toBeGreaterThan(200);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('have a segment for each proxy and a subsegment for each attempt', async () => {
    const { TraceSummaries: [found] = [] } = await summaries('edge("shop/web-v1_shop", "shop/cart-v1_shop")');
    const { Traces: [trace] = [] } = await bench.xray.batchGetTraces({ TraceIds: [found?.Id ?? ''] });
    const segments = (trace?.Segments ?? []).map(({ Document = '' }) => JSON.parse(Document));
    const cart = segments.find(({ name }) => name === 'shop/cart-v1_shop');
    expect(cart).toMatchObject({
      trace_id: found?.Id,
      origin: PROXY,
      aws: { app_mesh: { mesh_name: 'shop', virtual_node_name: 'cart-v1_shop' } },
      annotations: { direction: 'ingress' },
    });
    const calls = segments.flatMap(({ subsegments = [] }) => subsegments);
    expect(calls.map(({ id }: { id: string }) => id)).toContain(cart.parent_id);
    expect(cart.end_time).toBeGreaterThan(cart.start_time);
  });

  it('that nobody drew are unprocessed', async () => {
    const id = '1-69a6cd7a-000000000000000000000000';
    const { Traces, UnprocessedTraceIds } = await bench.xray.batchGetTraces({ TraceIds: [id] });
    expect([Traces, UnprocessedTraceIds]).toEqual([[], [id]]);
  });

  it('may be broken or too large', async () => {
    const { TraceSummaries: [found] = [] } = await summaries('service("shop/web-v1_shop")', 60);
    const get = async () => (await bench.xray.batchGetTraces({ TraceIds: [found?.Id ?? ''] })).Traces?.[0];
    const whole = await get();
    bench.sandbox.turn({ xrayMalformed: true });
    const broken = (await get())?.Segments?.at(-1)?.Document ?? '';
    expect(() => JSON.parse(broken)).toThrow(SyntaxError);
    bench.sandbox.turn({ xrayMalformed: false, xrayOversized: true });
    const cut = await get();
    expect(cut?.LimitExceeded).toBe(true);
    expect(cut?.Segments?.length).toBeLessThan(whole?.Segments?.length ?? 0);
  });

  it('have a graph of their own', async () => {
    const { TraceSummaries: [found] = [] } = await summaries('service("shop/web-v1_shop")', 60);
    const { Services = [] } = await bench.xray.getTraceGraph({ TraceIds: [found?.Id ?? ''] });
    expect(service(Services, 'shop/web-v1_shop').SummaryStatistics?.TotalCount).toBe(1);
  });

  it('end where nothing is sampled', async () => {
    bench.sandbox.turn({ xraySampling: 0 });
    expect(await wholeGraph(60)).toEqual([]);
  });
});

it('statistics over time add up to those of the graph', async () => {
  const { TimeSeriesServiceStatistics: points = [] } = await bench.xray.getTimeSeriesServiceStatistics({
    ...bench.last(300),
    EntitySelectorExpression: 'edge("shop/edge_shop", "shop/web-v1_shop")',
    Period: 60,
  });
  expect(points).toHaveLength(5);
  const sum = points.reduce((total, { EdgeSummaryStatistics: each }) => total + (each?.TotalCount ?? 0), 0);
  const graph = await wholeGraph();
  const gateway = service(graph, 'shop/edge_shop');
  const seen = ['remote', PROXY].map((type) => {
    const to = graph.find(({ Name, Type }) => Name === 'shop/web-v1_shop' && Type === type);
    return (to && edge(graph, gateway, to)?.SummaryStatistics?.TotalCount) ?? 0;
  });
  expect(sum).toBe(seen.reduce((total, count) => total + count, 0));
});

describe('refusals', () => {
  it('of more than six hours', async () => {
    expect(await failure(bench.xray.getServiceGraph(bench.last(6 * 3600 + 1)))).toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('6 hours'),
    });
  });

  it('of a group that is not there', async () => {
    const call = bench.xray.getServiceGraph({ ...bench.last(60), GroupName: 'nobody' });
    expect(await failure(call)).toMatchObject({ name: 'InvalidRequestException' });
  });

  it.each([
    ['forbidden', 'AccessDeniedException'],
    ['expired', 'ExpiredTokenException'],
    ['throttled', 'ThrottledException'],
  ] as const)('%s: %s, for all operations or those named', async (xrayMode, name) => {
    bench.sandbox.turn({ xrayMode });
    expect(await failure(bench.xray.getGroups({}))).toMatchObject({ name });
    bench.sandbox.turn({ xrayOperations: ['BatchGetTraces'] });
    await bench.xray.getGroups({});
  });

  it('down: connections break, and those of others do not', async () => {
    bench.sandbox.turn({ xrayMode: 'down' });
    await expect(bench.xray.getGroups({})).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect((await fetch(`${bench.url}/api/v1/namespaces`)).status).toBe(200);
  });

  it('empty and partial answer with nothing, and with a part', async () => {
    const whole = await wholeGraph(60);
    bench.sandbox.turn({ xrayMode: 'partial' });
    expect((await wholeGraph(60)).length).toBe(Math.ceil(whole.length / 2));
    bench.sandbox.turn({ xrayMode: 'empty' });
    expect(await wholeGraph(60)).toEqual([]);
  });
});

it('times are those of the clocks of the proxies', async () => {
  bench.sandbox.turn({ telemetryClockSkewSeconds: 120 });
  const { Services = [] } = await bench.xray.getServiceGraph({
    StartTime: new Date(bench.nowMs + 60_000),
    EndTime: new Date(bench.nowMs + 120_000),
  });
  const { StartTime } = service(Services, 'legacy-billing/billing-edge');
  expect(StartTime?.getTime()).toBeGreaterThanOrEqual(bench.nowMs + 60_000);
});
