/** Small measurements for the tests of this folder, and a mesh they are about. */
import { buildTopology } from '../build-topology';
import { gateway, gatewayRoute, modelOf, node, route, router, service, to, weighted } from '../fixtures';
import type { Entity, MeshModel } from '../model';
import { layOver } from './lay-over';
import type { LayOverInput } from './lay-over';
import type { CallReading, EvidenceKind, Figures, Measured, ProxyReading, TimeWindow } from './measured';
import type { MeshTelemetry } from './overlay';

export const WINDOW: TimeWindow = { fromMs: 1_000_000, toMs: 1_300_000, stepSeconds: 60 };

const split = (name: string, weight: number) => ({
  ...weighted(to('node', name), weight),
  share: weight / 100,
});

/** front → cart service → cart router → cart-v1 90, cart-v2 10 → bank service → bank. */
export const shop = (...more: Entity[]): MeshModel =>
  modelOf([
    gateway('front'),
    gatewayRoute('to-cart', to('gateway', 'front'), to('service', 'cart')),
    service('cart', { kind: 'router', target: to('router', 'cart') }),
    router('cart', [route('all', { targets: [split('cart-v1', 90), split('cart-v2', 10)] })]),
    node('cart-v1', [to('service', 'bank')]),
    node('cart-v2', [to('service', 'bank')]),
    service('bank', { kind: 'node', target: to('node', 'bank') }),
    node('bank'),
    ...more,
  ]);

type Said = number | (Partial<Figures> & { requests: number });
const figuresOf = (said: Said): Figures => (typeof said === 'number' ? { requests: said } : said);

/** A caller `gateway/NAME`, or the name of a node. */
function proxyOf(name: string): ProxyReading['proxy'] {
  return name.startsWith('gateway/')
    ? { kind: 'gateway', awsName: name.slice('gateway/'.length) }
    : { kind: 'node', awsName: name };
}

export const got = (name: string, said: Said, evidence: EvidenceKind = 'cloudwatch'): ProxyReading => ({
  evidence,
  witness: `${evidence} ${name}`,
  figures: figuresOf(said),
  proxy: proxyOf(name),
});

/** A call that CloudWatch tells with its service. */
export const sent = (from: string, host: string, target: string, said: Said): CallReading => ({
  evidence: 'cloudwatch',
  witness: `cloudwatch ${from} ${host} ${target}`,
  figures: figuresOf(said),
  from: proxyOf(from),
  service: host,
  to: target,
});

/** A call that X-Ray saw. */
export const traced = (from: string, target: string, said: Said): CallReading => ({
  evidence: 'xray',
  witness: `xray ${from} ${target}`,
  figures: figuresOf(said),
  from: proxyOf(from),
  to: target,
});

export const measuredOf = (...readings: (ProxyReading | CallReading)[]): Measured => ({
  proxies: readings.filter((each): each is ProxyReading => 'proxy' in each),
  calls: readings.filter((each): each is CallReading => 'from' in each),
  strangers: [],
});

/** What readings come to on a mesh. */
export const laidOver = (
  model: MeshModel,
  readings: readonly (ProxyReading | CallReading)[],
  more: Partial<LayOverInput> = {},
): MeshTelemetry =>
  layOver({
    model,
    topology: buildTopology(model),
    measured: [measuredOf(...readings)],
    window: WINDOW,
    ...more,
  });
