import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrivals, ofDay } from './entries';
import { trafficReport } from './report';
import { startTelemetry, type TelemetryBench } from './testing/telemetry';
import { requestsOf } from './tally';
import type { Span } from './traffic';

interface Report {
  meshes: {
    mesh: string;
    edges: {
      from: { name: string } | null;
      service: string | null;
      to: { name: string } | null;
      declared: boolean;
      requests: number;
      ok: number;
      fault: number;
      p50Ms: number;
    }[];
    entities: { kind: string; name: string; requests: number; p50Ms: number; fault: number }[];
    routes: { router: string; route: string; requests: number; targets: Record<string, number> }[];
  }[];
}

let bench: TelemetryBench;
let cart: string;

beforeAll(async () => {
  bench = await startTelemetry();
  cart = `${bench.url}/apis/appmesh.k8s.aws/v1beta2/namespaces/shop/virtualrouters/cart`;
});
afterAll(() => bench.stop());

const nowS = () => bench.nowMs / 1000;
async function told(span: Span): Promise<Report> {
  const response = await fetch(`${bench.url}/_sandbox/traffic?from=${span.from}&to=${span.to}`);
  return response.json() as Promise<Report>; // the sandbox's own answer
}
const meshIn = (report: Report, mesh = 'shop') =>
  report.meshes.find((each) => each.mesh === mesh) ?? expect.unreachable(`no mesh ${mesh}`);
const routeIn = (report: Report, name: string) =>
  meshIn(report).routes.find(({ route }) => route === name) ?? expect.unreachable(`no route ${name}`);
async function weigh(v1: number, v2: number): Promise<void> {
  const response = await fetch(cart, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json-patch+json' },
    body: JSON.stringify(
      [v1, v2].map((value, index) => ({
        op: 'replace',
        path: `/spec/routes/0/httpRoute/action/weightedTargets/${index}/weight`,
        value,
      })),
    ),
  });
  expect(response.status).toBe(200);
  await fetch(`${bench.url}/_sandbox/settle`, { method: 'POST' });
}

describe('five minutes of the shop', () => {
  let report: Report;
  beforeAll(async () => {
    report = await told({ from: nowS() - 300, to: nowS() });
  });

  it('bring 20 to 40 requests a second in', () => {
    const { requests = 0 } = meshIn(report).entities.find(({ kind }) => kind === 'gateway') ?? {};
    expect(requests / 300).toBeGreaterThan(20);
    expect(requests / 300).toBeLessThan(40);
  });

  it('follow the weights', () => {
    const { requests, targets } = routeIn(report, 'cart');
    expect((targets['cart-v2_shop'] ?? 0) / requests).toBeCloseTo(0.1, 1);
    expect(routeIn(report, 'catalog').targets).toEqual({ 'catalog-blue_shop': expect.any(Number) });
    expect(routeIn(report, 'shipping').targets['shipping-v2_shop']).toBeGreaterThan(0);
  });

  it('never take a route behind a wider one', () => {
    expect(meshIn(report).routes.map(({ route }) => route)).not.toContain('suggest');
  });

  it('fail where nobody is behind a service', () => {
    const lost = meshIn(report).edges.filter(({ to }) => to === null);
    expect(lost.map(({ service }) => service?.split('.')[0])).toContain('wishlist');
    for (const { requests, fault, ok } of lost) expect([fault, ok]).toEqual([requests, 0]);
  });

  it('are the same for everybody who asks', async () => {
    expect(await told({ from: nowS() - 300, to: nowS() })).toEqual(report);
  });

  it('add up from any two parts of them', async () => {
    const first = await told({ from: nowS() - 300, to: nowS() - 137 });
    const second = await told({ from: nowS() - 137, to: nowS() });
    const all = (of: Report) => meshIn(of).edges.reduce((sum, { requests }) => sum + requests, 0);
    expect(all(first) + all(second)).toBe(all(report));
  });
});

it('a change of weights shows in the next second and leaves the past as it was', async () => {
  const before = { from: nowS() - 60, to: nowS() };
  const past = await told(before);
  bench.sandbox.turn({ reconcileDelayMs: 0 });
  await weigh(0, 100);
  const changedS = nowS() + 1;
  bench.nowMs += 61_000;
  const { targets } = routeIn(await told({ from: changedS, to: changedS + 60 }), 'cart');
  expect(targets).toEqual({ 'cart-v2_shop': expect.any(Number) });
  expect(await told(before)).toEqual(past);
  await weigh(90, 10);
});

it('without any weight left, nobody answers', async () => {
  await weigh(0, 0);
  bench.nowMs += 31_000;
  const { edges, routes } = meshIn(await told({ from: nowS() - 30, to: nowS() }));
  expect(routes.map(({ route }) => route)).not.toContain('cart');
  const calls = edges.filter(({ service }) => service?.startsWith('cart.') === true);
  expect(calls.length).toBeGreaterThan(0);
  for (const { to, fault, requests } of calls) expect([to, fault]).toEqual([null, requests]);
  await weigh(90, 10);
  bench.nowMs += 1_000;
});

it('nothing is told of the second under way, nor of what is more than thirty days ago', () => {
  const { traffic } = bench.sandbox;
  expect(traffic.known({ from: nowS() - 2, to: nowS() + 60 })).toEqual({ from: nowS() - 2, to: nowS() });
  expect(traffic.known({ from: 0, to: nowS() }).from).toBe(nowS() - 30 * 86_400);
});

it('of what is more than a day ago a minute in three hours is drawn, and counts for all of them', async () => {
  const { traffic } = bench.sandbox;
  const from = Math.floor((nowS() - 5 * 86_400) / 10_800) * 10_800;
  const minutes: number[] = [];
  let requests = 0;
  await traffic.eachMinute('shop', { from, to: from + 6 * 3600 }, (minute, { links }) => {
    minutes.push(minute);
    for (const link of links.values()) if (link.from === undefined) requests += requestsOf(link);
  });
  expect(minutes).toEqual([from, from + 10_800]);
  // 27 requests a second, give or take the time of the day and chance.
  expect(requests / (6 * 3600)).toBeGreaterThan(13);
  expect(requests / (6 * 3600)).toBeLessThan(41);
  expect(traffic.nextDrawn(nowS() - 86_400)).toBe(nowS() - 86_400);
});

it('another seed is another past, and a rate of zero ends all traffic', async () => {
  const span = { from: nowS() - 10, to: nowS() };
  const one = await trafficReport(bench.sandbox.traffic, span);
  bench.sandbox.turn({ trafficSeed: 2 });
  expect(await trafficReport(bench.sandbox.traffic, span)).not.toEqual(one);
  bench.sandbox.turn({ trafficSeed: 1, trafficRate: 0 });
  expect(await trafficReport(bench.sandbox.traffic, span)).toEqual(one);
  bench.nowMs += 11_000;
  expect(meshIn(await told({ from: nowS() - 10, to: nowS() })).edges).toEqual([]);
  bench.sandbox.turn({ trafficRate: 1 });
});

it('a node that nobody declared a call to is seen all the same', async () => {
  const { edges } = meshIn(await told({ from: nowS() - 60, to: nowS() }));
  const undeclared = edges.filter(({ declared }) => !declared);
  expect(undeclared).toMatchObject([
    { from: { name: 'reviews-v1_shop' }, to: { name: 'catalog-blue_shop' } },
  ]);
});

it('a question about what is no time is refused', async () => {
  const response = await fetch(`${bench.url}/_sandbox/traffic?from=yesterday`);
  expect(response.status).toBe(400);
});

it('a day has its course', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => ofDay(hour * 3600));
  expect(Math.min(...hours)).toBeCloseTo(2 / 3);
  expect(hours.indexOf(Math.max(...hours))).toBe(16);
});

it('arrivals depend on the second and the seed alone', () => {
  const [entry] = bench.sandbox.traffic.plan('shop', nowS() - 1).entries;
  if (!entry) return expect.unreachable('nothing enters');
  const counts = (seed: number) =>
    Array.from({ length: 50 }, (_, second) => arrivals(entry, second, seed, 1));
  expect(counts(7)).toEqual(counts(7));
  expect(counts(7)).not.toEqual(counts(8));
});
