/** Meshes for the tests of this folder. */
import fc from 'fast-check';
import { buildTopology } from '../build-topology';
import type { Finding } from '../finding';
import { findFindings } from '../findings';
import { gateway, gatewayRoute, modelOf, node, NOW, route, router, service, to, weighted } from '../fixtures';
import type { Entity, MeshNode, Router, Target, WeightedTarget, Workload } from '../model';
import type { ViewInput } from './spec';

/** The picture of a mesh, as a view reads it. */
export function inputOf(entities: readonly Entity[], findings?: readonly Finding[]): ViewInput {
  const model = modelOf([...entities]);
  const { nodes, edges } = buildTopology(model);
  return {
    nodes: new Map(nodes.map((each) => [each.key, each])),
    edges: new Map(edges.map((each) => [each.key, each])),
    findings: findings ?? findFindings(model, NOW),
  };
}

/** A router with one route per argument, each of `[node, weight]` pairs; shares are worked out. */
export function routes(name: string, ...lists: (readonly [target: Target, weight: number])[][]): Router {
  return router(
    name,
    lists.map((list, n) => {
      const total = list.reduce((sum, [, weight]) => sum + weight, 0);
      const targets = list.map(([target, weight]): WeightedTarget => ({
        ...weighted(target, weight),
        share: total === 0 ? 0 : weight / total,
      }));
      return route(`r${n}`, { targets });
    }),
  );
}

const NAMES = ['a', 'b', 'c', 'd'] as const;
const name = fc.constantFrom(...NAMES);
const reference = (kind: 'gateway' | 'service' | 'router' | 'node') =>
  fc
    .tuple(name, fc.constantFrom('ok', 'ok', 'ok', 'missing', 'foreign', 'unset'))
    .map(([own, resolution]) => to(kind, own, resolution));
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });

const owner = (own: string) => ({ kind: 'Deployment', namespace: 'shop', name: own, total: 2, ready: 1 });
const pods = fc.constantFrom<Workload>(
  { owners: [owner('a'), owner('b')], total: 2, ready: 1, withProxy: 2, withoutProxy: 0 },
  { owners: [owner('b')], total: 2, ready: 2, withProxy: 2, withoutProxy: 0 },
  { owners: [], total: 2, ready: 1, withProxy: 1, withoutProxy: 1 },
);

const standing = fc.constantFrom<Pick<MeshNode, 'discovery' | 'beyond' | 'kubernetesService'>>(
  { discovery: { kind: 'none' } },
  { discovery: { kind: 'dns', hostname: 'api.example.com' }, beyond: 'host' },
  { discovery: { kind: 'dns', hostname: 'a.shop.svc' }, beyond: 'noService' },
  { discovery: { kind: 'dns', hostname: 'b' }, kubernetesService: 'shop/b' },
);

/** Any mesh with up to four objects of each kind. */
export const anyInput: fc.Arbitrary<ViewInput> = fc
  .tuple(
    some(fc.tuple(name, some(reference('service')), pods, standing)),
    some(fc.tuple(name, some(some(fc.tuple(reference('node'), fc.constantFrom(0, 1, 3)))))),
    some(fc.tuple(name, fc.constantFrom('router', 'node', 'none'), reference('router'), reference('node'))),
    some(fc.tuple(name, reference('gateway'), reference('service'))),
    some(name),
  )
  .map(([nodes, routers, services, gatewayRoutes, gateways]) =>
    inputOf([
      ...nodes.map(([own, backends, workload, more]) => node(own, backends, { workload, ...more })),
      ...routers.map(([own, lists]) => routes(own, ...lists)),
      ...services.map(([own, kind, toRouter, toNode]) =>
        service(own, kind === 'none' ? { kind } : { kind, target: kind === 'router' ? toRouter : toNode }),
      ),
      ...gatewayRoutes.map(([own, from, target]) => gatewayRoute(own, from, target)),
      ...gateways.map((own) => gateway(own)),
    ]),
  );
