import { describe, expect, it } from 'vitest';
import { openScripted } from '@/lib/aws/scripted-client';
import { createXRayApi } from '@/lib/aws/x-ray';
import type { Asked, Reply, ScriptedApi } from '@/lib/aws/scripted-api';
import type { Scope } from './types';
import { createXRayReader } from './x-ray';

const never = new AbortController().signal;

async function open(answer: (asked: Asked) => Reply, group?: string) {
  const [reader, scripted] = await openScripted(
    (connection) => createXRayReader({ api: createXRayApi(connection), group }),
    answer,
  );
  return { reader, scripted };
}

const scope: Scope = {
  mesh: 'shop',
  proxies: [
    { kind: 'gateway', awsName: 'door_edge' },
    { kind: 'node', awsName: 'front_shop' },
    { kind: 'node', awsName: 'cart_shop' },
  ],
};
const HOUR = 3_600_000;
const window = { fromMs: 1_700_000_000_000, toMs: 1_700_000_300_000, stepSeconds: 60 };

const counted = (total: number, error = 0, fault = 0, throttle = 0, seconds = total * 0.1) => ({
  OkCount: total - error - fault,
  ErrorStatistics: { ThrottleCount: throttle, OtherCount: error - throttle, TotalCount: error },
  FaultStatistics: { OtherCount: fault, TotalCount: fault },
  TotalCount: total,
  TotalResponseTime: seconds,
});
const buckets = (...entries: [seconds: number, count: number][]) =>
  entries.map(([Value, Count]) => ({ Value, Count }));
const proxy = (ReferenceId: number, Name: string, rest: object) => ({
  ReferenceId,
  Name,
  Type: 'AWS::AppMesh::Proxy',
  ...rest,
});

const graph = [
  { ReferenceId: 0, Type: 'client', Edges: [{ ReferenceId: 1, SummaryStatistics: counted(100) }] },
  proxy(1, 'shop/door_edge', {
    SummaryStatistics: counted(100),
    Edges: [{ ReferenceId: 2, SummaryStatistics: counted(100) }],
  }),
  proxy(2, 'shop/front_shop', {
    SummaryStatistics: counted(100, 10, 5, 4, 20),
    ResponseTimeHistogram: buckets([0.1, 50], [0.2, 45], [1, 5]),
    Edges: [
      { ReferenceId: 3, SummaryStatistics: counted(60, 0, 3), ResponseTimeHistogram: buckets([0.05, 60]) },
      { ReferenceId: 4, SummaryStatistics: counted(20), ResponseTimeHistogram: buckets([0.4, 20]) },
      { ReferenceId: 5, SummaryStatistics: counted(7) },
      { ReferenceId: 2, SummaryStatistics: counted(80) },
    ],
  }),
  proxy(3, 'shop/cart_shop', { SummaryStatistics: counted(60, 0, 3), Edges: [] }),
  { ReferenceId: 4, Name: 'shop/cart_shop', Type: 'remote', SummaryStatistics: counted(20) },
  { ReferenceId: 5, Name: 'payments', Type: 'AWS::EKS::Container', SummaryStatistics: counted(9) },
  { ReferenceId: 6, Name: 'unrelated', Type: 'AWS::Lambda', SummaryStatistics: counted(1000) },
  proxy(7, 'shop/gone_shop', { SummaryStatistics: counted(3) }),
  proxy(8, 'other/front_shop', { SummaryStatistics: counted(500) }),
];

const answering =
  (services: unknown) =>
  ({ path }: Asked): Reply => ({ body: path === '/ServiceGraph' ? { Services: services } : {} });

describe('measuring with X-Ray', () => {
  it('tells what proxies received, with ratios, mean and percentiles', async () => {
    const { reader } = await open(answering(graph));
    const { result, troubles, spent } = await reader.measure(scope, window, never);
    expect(troubles).toEqual([]);
    expect(spent).toEqual({ metrics: 0, traces: 0, calls: 1 });
    expect(result?.proxies.find((each) => each.proxy.awsName === 'front_shop')).toEqual({
      proxy: { kind: 'node', awsName: 'front_shop' },
      evidence: 'xray',
      witness: 'service("shop/front_shop")',
      figures: {
        requests: 100,
        errorRatio: 0.1,
        faultRatio: 0.05,
        throttleRatio: 0.04,
        meanMs: 200,
        p50Ms: 100,
        p90Ms: 200,
        p99Ms: 1000,
      },
    });
  });

  it('folds the twins that X-Ray infers into the proxy of their name', async () => {
    const { reader } = await open(answering(graph));
    const { result } = await reader.measure(scope, window, never);
    const cart = result?.proxies.filter((each) => each.proxy.awsName === 'cart_shop');
    expect(cart?.map(({ figures }) => figures.requests)).toEqual([80]);
    expect(result?.calls.map(({ from, to, witness }) => [from.awsName, to, witness])).toEqual([
      ['door_edge', 'front_shop', 'edge("shop/door_edge", "shop/front_shop")'],
      ['front_shop', 'cart_shop', 'edge("shop/front_shop", "shop/cart_shop")'],
    ]);
    expect(result?.calls[1]?.figures).toMatchObject({
      requests: 80,
      faultRatio: 3 / 80,
      p50Ms: 50,
      p90Ms: 400,
    });
  });

  it('names what is no proxy of the mesh, and leaves the rest of the account alone', async () => {
    const { reader } = await open(answering(graph));
    const { result } = await reader.measure(scope, window, never);
    expect(result?.strangers).toEqual([
      { name: 'client', type: 'client', evidence: 'xray', requests: 100, calledBy: [] },
      {
        name: 'payments',
        type: 'AWS::EKS::Container',
        evidence: 'xray',
        requests: 9,
        calledBy: ['front_shop'],
      },
      { name: 'shop/gone_shop', type: 'AWS::AppMesh::Proxy', evidence: 'xray', requests: 3, calledBy: [] },
    ]);
  });

  it('knows a shared mesh by its owner', async () => {
    const named = (name: string) => [proxy(0, name, { SummaryStatistics: counted(1) })];
    const of = async (name: string, owner?: string) => {
      const { reader } = await open(answering(named(name)));
      return (await reader.measure({ ...scope, owner }, window, never)).result?.proxies.length;
    };
    expect(await of('shop@111122223333/cart_shop', '111122223333')).toBe(1);
    expect(await of('shop/cart_shop', '111122223333')).toBe(1);
    expect(await of('shop@111122223333/cart_shop')).toBe(1);
    expect(await of('shop@444455556666/cart_shop', '111122223333')).toBe(0);
  });

  it('adds up the pieces of a long window, each with ids of its own', async () => {
    let piece = 0;
    const { reader, scripted } = await open(() => {
      piece += 1;
      return {
        body: {
          Services: [
            proxy(piece, 'shop/front_shop', { SummaryStatistics: counted(10), Edges: [{ ReferenceId: piece + 5, SummaryStatistics: counted(4) }] }),
            proxy(piece + 5, 'shop/cart_shop', { SummaryStatistics: counted(4) }),
          ],
        },
      }; // prettier-ignore
    });
    const { result, spent } = await reader.measure(
      scope,
      { ...window, toMs: window.fromMs + 13 * HOUR },
      never,
    );
    expect(spent.calls).toBe(3);
    expect(result?.proxies.map(({ figures }) => figures.requests)).toEqual([30, 12]);
    expect(result?.calls.map(({ figures }) => figures.requests)).toEqual([12]);
    const asked = scripted.asked.map(({ body }) => JSON.parse(body));
    expect(asked.map(({ StartTime, EndTime }) => EndTime - StartTime).sort()).toEqual([21600, 21600, 3600]);
  });

  it('leaves out an entry that cannot be read, and says so', async () => {
    const { reader } = await open(answering([{ Name: 'shop/cart_shop' }, graph[1], graph[2]]));
    const { result, troubles } = await reader.measure(scope, window, never);
    expect(result?.proxies.map((each) => each.proxy.awsName)).toEqual(['door_edge', 'front_shop']);
    expect(troubles).toMatchObject([{ kind: 'malformed', operation: 'GetServiceGraph' }]);
  });

  it('keeps what came before a page that fails', async () => {
    const { reader } = await open(({ body }) =>
      JSON.parse(body).NextToken === undefined
        ? { body: { Services: graph, NextToken: 'more' } }
        : { status: 429, errorType: 'ThrottledException', body: { Message: 'slow down' } },
    );
    const { result, troubles } = await reader.measure(scope, window, never);
    expect(result?.proxies).toHaveLength(3);
    expect(troubles).toEqual([{ kind: 'throttled', operation: 'GetServiceGraph', detail: 'slow down' }]);
  });

  it('says that its group is gone', async () => {
    const { reader, scripted } = await open(
      () => ({ status: 400, errorType: 'InvalidRequestException', body: { Message: 'Group not found' } }),
      'shop-only',
    );
    const { result, troubles } = await reader.measure(scope, window, never);
    expect(result).toBeUndefined();
    expect(troubles).toEqual([
      { kind: 'groupGone', operation: 'GetServiceGraph', detail: 'Group not found' },
    ]);
    expect(JSON.parse(scripted.asked[0]?.body ?? '')).toMatchObject({ GroupName: 'shop-only' });
  });
});

describe('lines from X-Ray', () => {
  const moment = (second: number, statistics: object, ms = 0.1) => ({
    Timestamp: window.fromMs / 1000 + second,
    ServiceSummaryStatistics: statistics,
    ResponseTimeHistogram: buckets([ms, 1]),
  });
  const selectors = ({ asked }: ScriptedApi) =>
    asked.map(({ body }) => JSON.parse(body).EntitySelectorExpression);

  it('has a point per step and null where nothing was seen', async () => {
    const { reader, scripted } = await open(() => ({
      body: { TimeSeriesServiceStatistics: [moment(0, counted(10, 0, 5)), moment(120, counted(10), 0.3)] },
    }));
    const from = { kind: 'node', awsName: 'front_shop' } as const;
    const { result } = await reader.series(scope, { from }, window, never);
    const line = (figure: string) => result?.find((each) => each.figure === figure);
    expect(line('faultRatio')).toEqual({
      figure: 'faultRatio',
      evidence: 'xray',
      witness: 'service("shop/front_shop")',
      fromMs: window.fromMs,
      stepSeconds: 60,
      points: [0.5, null, 0, null, null],
    });
    expect(line('p99Ms')?.points).toEqual([100, null, 300, null, null]);
    expect(line('perSecond')).toBeUndefined();
    expect(selectors(scripted)).toEqual(['service("shop/front_shop")']);
  });

  it('asks for the call between two proxies, under the owner first where the mesh is shared', async () => {
    const { reader, scripted } = await open(() => ({ body: { TimeSeriesServiceStatistics: [] } }));
    const from = { kind: 'node', awsName: 'front_shop' } as const;
    await reader.series({ ...scope, owner: '1' }, { from, to: 'cart_shop' }, window, never);
    expect(selectors(scripted)).toEqual([
      'edge("shop@1/front_shop", "shop@1/cart_shop")',
      'edge("shop/front_shop", "shop/cart_shop")',
    ]);
  });
});
