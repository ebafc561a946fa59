import { describe, expect, it } from 'vitest';
import { buildTopology } from '../build-topology';
import {
  gateway,
  gatewayRoute,
  mesh,
  modelOf,
  node,
  route,
  router,
  service,
  to,
  weighted,
} from '../fixtures';
import { gatewayKey, nodeKey, routerKey, serviceKey } from '../keys';
import { edgeKey } from '../topology';
import { got, laidOver, measuredOf, sent, shop, traced, WINDOW } from './fixtures';
import { layOver } from './lay-over';
import type { MeshTelemetry, Observation } from './overlay';

const FRONT = gatewayKey('shop', 'front');
const CART = serviceKey('shop', 'cart');
const ROUTER = routerKey('shop', 'cart');
const V1 = nodeKey('shop', 'cart-v1');
const V2 = nodeKey('shop', 'cart-v2');
const BANK = nodeKey('shop', 'bank');
const BANK_SERVICE = serviceKey('shop', 'bank');

const TO_CART = edgeKey('gateway-route', FRONT, 'gatewayRoute:shop/to-cart', CART);
const CART_ROUTER = edgeKey('provider', CART, undefined, ROUTER);
const TO_V1 = edgeKey('route-target', ROUTER, 'all', V1);
const TO_V2 = edgeKey('route-target', ROUTER, 'all', V2);
const V1_BANK = edgeKey('backend', V1, undefined, BANK_SERVICE);
const V2_BANK = edgeKey('backend', V2, undefined, BANK_SERVICE);
const BANK_NODE = edgeKey('provider', BANK_SERVICE, undefined, BANK);

const requests = (observations: readonly Observation[] | undefined) =>
  observations?.map(({ figures }) => figures.requests);
const onEdge = ({ edges }: MeshTelemetry, key: typeof TO_V1) => requests(edges[key]?.observations);
const codes = ({ findings }: MeshTelemetry) => findings.map(({ code }) => code);

describe('calls', () => {
  const telemetry = laidOver(shop(), [
    sent('gateway/front', 'cart.shop', 'cart-v1', 90),
    sent('gateway/front', 'cart.shop', 'cart-v2', 10),
    sent('cart-v1', 'bank.shop', 'bank', 40),
    sent('cart-v2', 'bank.shop', 'bank', 5),
  ]);

  it('are on every edge they passed', () => {
    expect(onEdge(telemetry, TO_CART)).toEqual([100]);
    expect(onEdge(telemetry, CART_ROUTER)).toEqual([100]);
    expect(onEdge(telemetry, TO_V1)).toEqual([90]);
    expect(onEdge(telemetry, TO_V2)).toEqual([10]);
    expect(onEdge(telemetry, V1_BANK)).toEqual([40]);
    expect(onEdge(telemetry, BANK_NODE)).toEqual([45]);
  });

  it('are summed for services and routers', () => {
    expect(requests(telemetry.entities[CART]?.observations)).toEqual([100]);
    expect(requests(telemetry.entities[ROUTER]?.observations)).toEqual([100]);
    expect(requests(telemetry.entities[BANK_SERVICE]?.observations)).toEqual([45]);
  });

  it('are told as calls, with their services', () => {
    expect(telemetry.calls[0]).toMatchObject({
      source: FRONT,
      target: V1,
      services: [CART],
      declared: true,
      health: 'good',
    });
  });

  it('name their witnesses', () => {
    expect(telemetry.edges[BANK_NODE]?.observations[0]?.witnesses).toEqual([
      'cloudwatch cart-v1 bank.shop bank',
      'cloudwatch cart-v2 bank.shop bank',
    ]);
  });

  it('stand for what their target received, where it says nothing itself', () => {
    expect(requests(telemetry.entities[V1]?.observations)).toEqual([90]);
  });

  it('of X-Ray are put down to the way the picture has', () => {
    const seen = laidOver(shop(), [traced('gateway/front', 'cart-v1', 7)]);
    expect([TO_CART, CART_ROUTER, TO_V1].map((key) => onEdge(seen, key))).toEqual([[7], [7], [7]]);
  });

  it('of two sources are never added up', () => {
    const seen = laidOver(shop(), [
      sent('gateway/front', 'cart.shop', 'cart-v1', 90),
      traced('gateway/front', 'cart-v1', 7),
    ]);
    expect(
      seen.edges[TO_V1]?.observations.map(({ evidence, figures }) => [evidence, figures.requests]),
    ).toEqual([
      ['cloudwatch', 90],
      ['xray', 7],
    ]);
  });
});

describe('what the evidence does not tell apart', () => {
  it('is on each of several gateway routes to one service as a whole, and once on the service', () => {
    const model = shop(gatewayRoute('also', to('gateway', 'front'), to('service', 'cart')));
    const seen = laidOver(model, [sent('gateway/front', 'cart.shop', 'cart-v1', 9)]);
    const other = edgeKey('gateway-route', FRONT, 'gatewayRoute:shop/also', CART);
    for (const key of [TO_CART, other])
      expect(seen.edges[key]?.observations).toMatchObject([{ figures: { requests: 9 }, sharedWith: 1 }]);
    expect(seen.edges[CART_ROUTER]?.observations[0]).not.toHaveProperty('sharedWith');
    expect(requests(seen.entities[CART]?.observations)).toEqual([9]);
  });

  it('is on each of several routes to one node, and once on the router', () => {
    const model = shop(
      router('cart', [
        route('a', { targets: [weighted(to('node', 'cart-v1')), weighted(to('node', 'cart-v2'))] }),
        route('b', { targets: [weighted(to('node', 'cart-v1'))] }),
      ]),
    );
    const seen = laidOver(model, [sent('gateway/front', 'cart.shop', 'cart-v1', 9)]);
    for (const row of ['a', 'b'])
      expect(seen.edges[edgeKey('route-target', ROUTER, row, V1)]?.observations).toMatchObject([
        { figures: { requests: 9 }, sharedWith: 1 },
      ]);
    expect(requests(seen.entities[ROUTER]?.observations)).toEqual([9]);
    expect(seen.splits).toMatchObject([{ route: 'a', verdict: 'mixed', count: 9 }]);
  });

  it('is on each of several services that X-Ray’s call may have taken', () => {
    const model = shop(
      service('cart-old', { kind: 'node', target: to('node', 'cart-v1') }),
      gatewayRoute('old', to('gateway', 'front'), to('service', 'cart-old')),
    );
    const seen = laidOver(model, [traced('gateway/front', 'cart-v1', 4)]);
    const old = serviceKey('shop', 'cart-old');
    for (const key of [CART, old])
      expect(seen.entities[key]?.observations).toMatchObject([{ figures: { requests: 4 }, sharedWith: 1 }]);
    for (const key of [TO_CART, CART_ROUTER, TO_V1, edgeKey('provider', old, undefined, V1)])
      expect(seen.edges[key]?.observations).toMatchObject([{ figures: { requests: 4 }, sharedWith: 1 }]);
    expect(requests(seen.entities[V1]?.observations)).toEqual([4]);
  });
});

describe('what was received', () => {
  it('is the proxy’s own word', () => {
    const seen = laidOver(shop(), [got('cart-v1', 100), sent('gateway/front', 'cart.shop', 'cart-v1', 90)]);
    expect(requests(seen.entities[V1]?.observations)).toEqual([100]);
  });

  it('has the answers from the callers, where these sent nearly all of it', () => {
    const call = sent('gateway/front', 'cart.shop', 'cart-v1', { requests: 95, faultRatio: 0.2, p99Ms: 80 });
    const figures = (own: number) =>
      laidOver(shop(), [got('cart-v1', own), call]).entities[V1]?.observations[0]?.figures;
    expect(figures(100)).toEqual({ requests: 100, faultRatio: 0.2, p99Ms: 80 });
    expect(figures(1000)).toEqual({ requests: 1000 });
  });

  it('by a gateway and a node of one name is kept apart', () => {
    const seen = laidOver(modelOf([gateway('x'), node('x')]), [got('gateway/x', 1), got('x', 2)]);
    expect(requests(seen.entities[gatewayKey('shop', 'x')]?.observations)).toEqual([1]);
    expect(requests(seen.entities[nodeKey('shop', 'x')]?.observations)).toEqual([2]);
  });

  it('by something that only an ARN names is on what is drawn for it', () => {
    const abroad = to('node', 'abroad', 'foreign');
    const model = shop(router('cart', [route('all', { targets: [weighted(abroad)] })]));
    const seen = laidOver(model, [sent('gateway/front', 'cart.shop', 'abroad', 3)]);
    expect(requests(seen.entities[abroad.key]?.observations)).toEqual([3]);
    expect(seen.calls).toMatchObject([{ target: abroad.key, declared: true }]);
  });

  it('by a name that nobody holds is a stranger, with its callers', () => {
    const seen = laidOver(shop(), [traced('cart-v1', 'gone', 3), got('old', 8)]);
    expect(seen.strangers).toEqual([
      { name: 'old', type: 'VirtualNode', evidence: 'cloudwatch', requests: 8, calledBy: [] },
      { name: 'gone', type: 'AWS::AppMesh::Proxy', evidence: 'xray', requests: 3, calledBy: ['cart-v1'] },
    ]);
  });

  it('by strangers is merged over sources of one kind', () => {
    const client = { name: 'client', type: 'client', evidence: 'xray' as const };
    const part = (calledBy: string[]) => ({
      ...measuredOf(),
      strangers: [{ ...client, requests: 2, calledBy }],
    });
    const model = shop();
    const measured = [part(['a']), part(['b', 'a'])];
    const seen = layOver({ model, topology: buildTopology(model), measured, window: WINDOW });
    expect(seen.strangers).toEqual([{ ...client, requests: 4, calledBy: ['a', 'b'] }]);
  });
});

describe('an edge', () => {
  it('is silent where a caller that publishes what it sends sent nothing over it', () => {
    const seen = laidOver(shop(), [got('cart-v2', 10), sent('cart-v1', 'bank.shop', 'bank', 5)]);
    expect(seen.edges[V1_BANK]).toMatchObject({ observed: 'yes', health: 'good' });
    expect(seen.edges[V2_BANK]).toMatchObject({ observed: 'no', health: 'idle' });
    expect(seen.edges[TO_CART]).toMatchObject({ observed: 'unknown', health: 'unknown' });
  });

  it('is silent where the node behind it says that nothing came', () => {
    const seen = laidOver(shop(), [got('cart-v2', 0)]);
    expect(seen.edges[TO_V2]?.observed).toBe('no');
    expect(seen.edges[TO_V1]?.observed).toBe('unknown');
  });

  it('is not known to be silent by X-Ray alone', () => {
    const seen = laidOver(shop(), [got('cart-v2', 0, 'xray'), traced('cart-v1', 'bank', 5)]);
    expect(seen.edges[V2_BANK]?.observed).toBe('unknown');
    expect(seen.edges[TO_V2]?.observed).toBe('unknown');
    expect(seen.entities[V2]?.health).toBe('unknown');
  });

  it('behind a service is silent where all its callers are', () => {
    const seen = laidOver(shop(), [got('gateway/front', 0), sent('cart-v1', 'bank.shop', 'bank', 5)]);
    expect(seen.edges[CART_ROUTER]?.observed).toBe('no');
    expect(seen.edges[TO_V2]?.observed).toBe('no');
    expect(seen.entities[CART]?.health).toBe('idle');
    expect(seen.entities[ROUTER]?.health).toBe('idle');
  });

  it('of which nobody tells is unknown', () => {
    expect(laidOver(shop(), []).edges[TO_V1]).toEqual({
      observations: [],
      observed: 'unknown',
      health: 'unknown',
    });
  });

  it('carries bytes where requests are not counted', () => {
    const seen = laidOver(shop(), [sent('cart-v1', 'bank.shop', 'bank', { requests: 0, bytesPerSecond: 9 })]);
    expect(seen.edges[V1_BANK]?.observed).toBe('yes');
  });
});

describe('health', () => {
  const healthOf = (...readings: Parameters<typeof measuredOf>) =>
    laidOver(shop(), readings).entities[V1]?.health;

  it('believes CloudWatch before X-Ray, and whoever tells the latency', () => {
    expect(
      healthOf(
        got('cart-v1', { requests: 9, faultRatio: 0 }),
        got('cart-v1', { requests: 3, faultRatio: 1 }, 'xray'),
      ),
    ).toBe('good');
    expect(healthOf(got('cart-v1', 9), got('cart-v1', { requests: 3, p99Ms: 5000 }, 'xray'))).toBe('failing');
    expect(healthOf(got('cart-v1', { requests: 9, errorRatio: 0.2 }))).toBe('degraded');
  });

  it('is idle where nothing came, and unknown where nobody measured', () => {
    expect(healthOf(got('cart-v1', 0))).toBe('idle');
    expect(healthOf(got('cart-v2', 1))).toBe('unknown');
  });

  it('is by the thresholds an object sets for itself, on it and on what leads to it', () => {
    const slow = node('cart-v1', [to('service', 'bank')], { thresholds: { p99Ms: { degraded: 10 } } });
    const seen = laidOver(shop(slow), [
      sent('gateway/front', 'cart.shop', 'cart-v1', { requests: 9, p99Ms: 20 }),
    ]);
    expect([seen.entities[V1]?.health, seen.edges[TO_V1]?.health, seen.entities[CART]?.health]).toEqual([
      'degraded',
      'degraded',
      'good',
    ]);
  });
});

describe('MD601, traffic that nothing declares', () => {
  const stray = sent('bank', 'cart.shop', 'cart-v1', 12);

  it('is on the caller, and worse where egress is denied', () => {
    const seen = laidOver(shop(), [stray]);
    expect(seen.calls).toMatchObject([{ source: BANK, target: V1, declared: false }]);
    expect(seen.findings).toEqual([
      {
        id: `MD601|${BANK}|${V1}|${CART}`,
        code: 'MD601',
        severity: 'error',
        subject: BANK,
        related: [V1, CART],
        details: { to: 'cart.shop', target: 'shop/cart-v1', requests: 12, egress: 'deny', caller: 'node' },
      },
    ]);
    const open = { ...shop(), mesh: mesh({ egress: 'allow' }) };
    expect(laidOver(open, [stray]).findings).toMatchObject([{ code: 'MD601', severity: 'warning' }]);
  });

  it('counts for the edges behind what is not declared', () => {
    expect(onEdge(laidOver(shop(), [stray]), TO_V1)).toEqual([12]);
  });

  it('is said once where both sources saw it', () => {
    expect(codes(laidOver(shop(), [stray, traced('bank', 'cart-v1', 3)]))).toEqual(['MD601']);
  });

  it('is told of X-Ray’s calls without a service', () => {
    expect(laidOver(shop(), [traced('bank', 'cart-v1', 3)]).findings).toMatchObject([
      { code: 'MD601', related: [V1], details: { to: 'shop/cart-v1' } },
    ]);
  });

  it('is not said where the caller may reach it over what the picture does not show', () => {
    const caller = node('user', [to('service', 'abroad', 'foreign')]);
    expect(codes(laidOver(shop(caller), [traced('user', 'bank', 3)]))).toEqual([]);
  });

  it('is not said of a gateway whose routes were not all read', () => {
    const model = { ...shop(), unread: ['gatewayRoute' as const] };
    expect(codes(laidOver(model, [sent('gateway/front', 'bank.shop', 'bank', 3)]))).toEqual([]);
  });

  it('is not said where nothing was sent', () => {
    expect(codes(laidOver(shop(), [sent('bank', 'cart.shop', 'cart-v1', 0)]))).toEqual([]);
  });
});

describe('MD603 and MD604', () => {
  it('tell figure and threshold', () => {
    const seen = laidOver(shop(), [got('cart-v1', { requests: 50, faultRatio: 0.1, p99Ms: 1500 })]);
    expect(seen.findings).toMatchObject([
      {
        code: 'MD603',
        severity: 'error',
        subject: V1,
        details: { faultRatio: 0.1, limit: 0.05, requests: 50 },
      },
      { code: 'MD604', severity: 'warning', subject: V1, details: { p99Ms: 1500, limitMs: 1000 } },
    ]);
  });

  it('are a warning while something is degraded', () => {
    expect(laidOver(shop(), [got('cart-v1', { requests: 50, faultRatio: 0.02 })]).findings).toMatchObject([
      { code: 'MD603', severity: 'warning', details: { limit: 0.01 } },
    ]);
  });

  it('are not said of what does well', () => {
    expect(
      codes(laidOver(shop(), [got('cart-v1', { requests: 50, faultRatio: 0.01, p99Ms: 1000 })])),
    ).toEqual([]);
  });
});
