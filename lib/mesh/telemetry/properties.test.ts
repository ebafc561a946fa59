/** What holds for any measurements of any small mesh. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gateway, gatewayRoute, modelOf, node, route, router, service, to, weighted } from '../fixtures';
import { parseEntityKey } from '../keys';
import type { MeshModel } from '../model';
import { buildTopology } from '../build-topology';
import { laidOver, sent, shop, traced } from './fixtures';
import { healthOf, DEFAULT_THRESHOLDS } from './health';
import type { HealthLevel } from './overlay';
import { CONFIDENCE_95, CONFIDENCE_999, wilson } from './wilson';

const SERVICES = ['s0', 's1', 's2'];
const NODES = ['n0', 'n1', 'n2', 'n3'];
const ROUTERS = ['r0', 'r1'];

const someServices = fc.subarray(SERVICES);
const weightedRoute = (name: string) =>
  fc
    .subarray(NODES, { minLength: 1 })
    .map((names) => route(name, { targets: names.map((each) => weighted(to('node', each), 1)) }));

/** Services lead to a router, a node, or nowhere; nodes and two gateways may send to any of them. */
const meshes: fc.Arbitrary<MeshModel> = fc
  .record({
    providers: fc.tuple(
      ...SERVICES.map(() =>
        fc.oneof(
          fc
            .constantFrom(...ROUTERS)
            .map((name) => ({ kind: 'router' as const, target: to('router', name) })),
          fc.constantFrom(...NODES).map((name) => ({ kind: 'node' as const, target: to('node', name) })),
          fc.constant({ kind: 'none' as const }),
        ),
      ),
    ),
    routes: fc.tuple(...ROUTERS.map(() => fc.tuple(weightedRoute('a'), weightedRoute('b')))),
    backends: fc.tuple(...NODES.map(() => someServices)),
    rows: fc.array(fc.constantFrom(...SERVICES), { maxLength: 4 }),
  })
  .map(({ providers, routes, backends, rows }) =>
    modelOf([
      gateway('g'),
      ...rows.map((name, n) => gatewayRoute(`row${n}`, to('gateway', 'g'), to('service', name))),
      ...SERVICES.map((name, n) => service(name, providers[n] ?? { kind: 'none' })),
      ...ROUTERS.map((name, n) => router(name, routes[n] ?? [])),
      ...NODES.map((name, n) =>
        node(
          name,
          (backends[n] ?? []).map((each) => to('service', each)),
        ),
      ),
    ]),
  );

const callers = fc.constantFrom('gateway/g', ...NODES);
const counts = fc.integer({ min: 1, max: 50 });
const told = fc
  .tuple(callers, fc.constantFrom(...SERVICES, 'unheard'), fc.constantFrom(...NODES), counts)
  .map(([from, name, target, count]) => sent(from, `${name}.shop`, target, count));
const seen = fc
  .tuple(callers, fc.constantFrom(...NODES), counts)
  .map(([from, target, count]) => traced(from, target, count));
const readings = fc.array(fc.oneof(told, seen), { maxLength: 12 });

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe('measurements of any mesh', () => {
  it('are never lost: a call is on an edge, or told as undeclared', () => {
    fc.assert(
      fc.property(meshes, fc.oneof(told, seen), (model, reading) => {
        const { edges, calls } = laidOver(model, [reading]);
        const carried = Object.values(edges).some(({ observations }) => observations.length > 0);
        expect(calls).toHaveLength(1);
        expect(carried || calls[0]?.declared === false).toBe(true);
      }),
    );
  });

  it('of calls are those of the readings', () => {
    fc.assert(
      fc.property(meshes, readings, (model, all) => {
        const { calls } = laidOver(model, all);
        const figures = calls.flatMap(({ observations }) =>
          observations.map((each) => each.figures.requests),
        );
        expect(sum(figures)).toBe(sum(all.map((each) => each.figures.requests)));
      }),
    );
  });

  it('of a router are the sum over its targets', () => {
    fc.assert(
      fc.property(meshes, readings, (model, all) => {
        const { entities, edges } = laidOver(model, all);
        const topology = buildTopology(model);
        const led = new Set(
          topology.edges
            .filter(({ kind }) => kind === 'route-target')
            .map((edge) => `${edge.source}|${edge.target}`),
        );
        // Only what went where the routes lead, and what the evidence puts down to one router.
        const fits = all.every(
          (each) =>
            each.service !== undefined &&
            SERVICES.includes(each.service.replace('.shop', '')) &&
            topology.edges
              .filter(
                ({ kind, source }) =>
                  kind === 'provider' &&
                  source === `service:shop/${(each.service ?? '').replace('.shop', '')}`,
              )
              .every(({ target }) => target.startsWith('node:') || led.has(`${target}|node:shop/${each.to}`)),
        );
        fc.pre(fits);
        for (const name of ROUTERS) {
          const key = `router:shop/${name}`;
          const targets = new Map(
            topology.edges
              .filter(({ kind, source }) => kind === 'route-target' && source === key)
              .map((edge) => [edge.target, edges[edge.key]?.observations[0]?.figures.requests ?? 0]),
          );
          const whole = Object.entries(entities).find(([each]) => each === key)?.[1].observations[0]?.figures
            .requests;
          expect(sum([...targets.values()])).toBe(whole ?? 0);
        }
      }),
    );
  });

  it('count no reading twice for one entity', () => {
    fc.assert(
      fc.property(meshes, readings, (model, all) => {
        const { entities } = laidOver(model, all);
        for (const evidence of ['cloudwatch', 'xray']) {
          const most = sum(
            all.filter((each) => each.evidence === evidence).map((each) => each.figures.requests),
          );
          for (const { observations } of Object.values(entities))
            for (const each of observations)
              if (each.evidence === evidence) expect(each.figures.requests).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  it('are the same in any order', () => {
    fc.assert(
      fc.property(meshes, readings, (model, all) => {
        const facts = (list: typeof all) => {
          const { entities, edges, findings } = laidOver(model, list);
          const figures = (record: typeof entities | typeof edges) =>
            Object.entries(record).map(([key, { health, observations }]) => [
              parseEntityKey(key)?.name ?? key,
              health,
              observations.map((each) => [each.evidence, each.figures, each.sharedWith]),
            ]);
          return [figures(entities), figures(edges), findings];
        };
        expect(facts([...all].reverse())).toEqual(facts(all));
      }),
    );
  });
});

describe('the verdict on a split', () => {
  it('is the same whichever target comes first', () => {
    const verdict = (a: number, b: number, weight: number, names: readonly [string, string]) => {
      const targets = [
        { ...weighted(to('node', names[0]), weight), share: weight / 100 },
        { ...weighted(to('node', names[1]), 100 - weight), share: (100 - weight) / 100 },
      ];
      const model = shop(router('cart', [route('all', { targets })]));
      const calls = [
        sent('gateway/front', 'cart.shop', names[0], a),
        sent('gateway/front', 'cart.shop', names[1], b),
      ];
      const { splits, findings } = laidOver(model, calls);
      return [splits[0]?.verdict, findings.map(({ code }) => code)];
    };
    const count = fc.nat({ max: 400 });
    fc.assert(
      fc.property(count, count, fc.nat({ max: 100 }), (a, b, weight) => {
        expect(verdict(a, b, weight, ['cart-v1', 'cart-v2'])).toEqual(
          verdict(b, a, 100 - weight, ['cart-v2', 'cart-v1']),
        );
      }),
    );
  });
});

describe('a band', () => {
  const counted = fc
    .tuple(fc.nat({ max: 5_000_000 }), fc.nat({ max: 5_000_000 }))
    .filter(([hits, misses]) => hits + misses > 0);

  it('holds the estimate, lies within 0 and 1, and is wider for more confidence', () => {
    fc.assert(
      fc.property(counted, ([hits, misses]) => {
        const count = hits + misses;
        const { low, high } = wilson(hits, count, CONFIDENCE_95);
        const wide = wilson(hits, count, CONFIDENCE_999);
        expect(low).toBeLessThanOrEqual(hits / count);
        expect(high).toBeGreaterThanOrEqual(hits / count);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(wide.low).toBeLessThanOrEqual(low);
        expect(wide.high).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  it('is the same from the other side', () => {
    fc.assert(
      fc.property(counted, ([hits, misses]) => {
        const one = wilson(hits, hits + misses, CONFIDENCE_95);
        const other = wilson(misses, hits + misses, CONFIDENCE_95);
        expect(one.low).toBeCloseTo(1 - other.high, 9);
      }),
    );
  });
});

describe('health', () => {
  it('gets no better when a figure gets worse', () => {
    const ORDER: HealthLevel[] = ['good', 'degraded', 'failing'];
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });
    const figures = fc.record({ faultRatio: ratio, errorRatio: ratio, p99Ms: fc.nat({ max: 5000 }) });
    const figure = fc.constantFrom('faultRatio' as const, 'errorRatio' as const, 'p99Ms' as const);
    const rank = (said: { faultRatio: number; errorRatio: number; p99Ms: number }) => {
      const observation = {
        evidence: 'cloudwatch' as const,
        witnesses: [],
        figures: { requests: 9, ...said },
      };
      return ORDER.indexOf(healthOf([observation], DEFAULT_THRESHOLDS));
    };
    fc.assert(
      fc.property(figures, figure, fc.nat({ max: 3 }), (said, which, more) => {
        expect(rank({ ...said, [which]: said[which] + more })).toBeGreaterThanOrEqual(rank(said));
      }),
    );
  });
});
