/** Where requests enter a mesh, and how many. */
import { backendsOf, listenersOf, providerOf, weightedTargetsOf } from './declared-spec';
import { MOST_RPS } from './profile';
import type { Link, MeshPlan, Proxy } from './plan';
import { Draws, mixed } from './random';

export interface Entry {
  proxy: Proxy;
  /** On average over a day. */
  perSecond: number;
  /** Told from outside, or for a worker its own doing, which nobody counts. */
  link: Link;
  counted: boolean;
}

/** Requests per second that one route of a gateway, or a node that nobody calls, brings with it. */
const PER_ROUTE = 4.5;
/** A node without listeners calls by itself, now and then. */
const PER_WORKER = 0.5;

/**
 * Gateways, or in a mesh without any the nodes nobody calls; then what has an rps annotation, and nodes that only call.
 * Never more than 100 requests a second for the whole mesh.
 */
export function entriesOf(plan: MeshPlan): Entry[] {
  const { view, mesh } = plan;
  const gateways = view.list('virtualGateway', mesh);
  const entries: Entry[] = gateways.map((resource) => {
    const gateway = plan.gateway(resource);
    const routes = view.list('gatewayRoute', mesh, resource.id.name).length;
    return entry(gateway, gateway.profile.rps ?? PER_ROUTE * routes);
  });
  const called = calledNodes(plan);
  for (const { id, spec } of view.list('virtualNode', mesh)) {
    const listens = listenersOf(spec).length > 0;
    const annotated = view.factsOf('virtualNode', mesh, id.name).annotation !== undefined;
    const uncalled = gateways.length === 0 && !called.has(id.name);
    if (listens && !annotated && !uncalled) continue;
    const node = plan.node(id.name);
    const usual = listens ? (uncalled ? PER_ROUTE : 0) : PER_WORKER;
    if (node) entries.push(entry(node, node.profile.rps ?? usual, listens));
  }
  const total = entries.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const scale = total > MOST_RPS ? MOST_RPS / total : 1;
  return entries
    .filter(({ perSecond, proxy }) => perSecond > 0 && proxy.ready)
    .map((each) => ({ ...each, perSecond: each.perSecond * scale }));
}

const entry = (proxy: Proxy, perSecond: number, counted = true): Entry => ({
  proxy,
  perSecond,
  counted,
  link: {
    key: `>${proxy.kind} ${proxy.name}`,
    caller: undefined,
    service: undefined,
    target: proxy,
    declared: true,
  },
});

/** Nodes that a service leads to which is among somebody's backends. */
function calledNodes({ view, mesh }: MeshPlan): Set<string> {
  const called = new Set<string>();
  if (view.list('virtualGateway', mesh).length > 0) return called;
  const services = view.list('virtualNode', mesh).flatMap(({ spec }) => backendsOf(spec));
  for (const name of new Set(services)) {
    const { node, router } = providerOf(view.find('virtualService', mesh, name)?.spec);
    if (node !== undefined) called.add(node);
    if (router === undefined) continue;
    for (const route of view.list('route', mesh, router))
      for (const { virtualNode } of weightedTargetsOf(route)) called.add(virtualNode);
  }
  return called;
}

const DAY_S = 86_400;

/** The course of a day as a factor: from two thirds at four in the morning (UTC) to four thirds at four in the afternoon. */
export const ofDay = (second: number) => 1 - Math.cos((2 * Math.PI * (second - DAY_S / 6)) / DAY_S) / 3;

/** How many requests enter there in a second. */
export function arrivals({ proxy, perSecond }: Entry, second: number, seed: number, factor: number): number {
  const draws = new Draws(mixed(seed, proxy.hash, second, 0x5eed));
  return draws.poisson(perSecond * ofDay(second) * factor);
}
