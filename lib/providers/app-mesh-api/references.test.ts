import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from '@/lib/mesh/build-topology';
import { findFindings } from '@/lib/mesh/findings';
import { resource, snapshot } from './fixtures';
import { toMeshModel } from './index';
import type { ApiKind, ResourceInput } from './snapshot';

const name = fc.constantFrom('a', 'b', 'c', 'a.b', 'x/y');
const port = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined });

/** A body that fits, or one that does not. */
const spoilt = <T extends object>(spec: fc.Arbitrary<T>): fc.Arbitrary<object> =>
  fc.oneof(
    { weight: 8, arbitrary: spec },
    { weight: 1, arbitrary: fc.constant({ listeners: 7, httpRoute: 7, provider: 7 }) },
  );

const targets = fc.array(fc.record({ virtualNode: name, weight: fc.nat(100), port }), {
  minLength: 1,
  maxLength: 4,
});
const routeSpec = fc
  .tuple(fc.constantFrom('httpRoute', 'http2Route', 'grpcRoute', 'tcpRoute'), targets)
  .map(([field, weightedTargets]) => ({ [field]: { match: {}, action: { weightedTargets } } }));
const gatewayRouteSpec = fc
  .tuple(fc.constantFrom('httpRoute', 'http2Route', 'grpcRoute'), name, port)
  .map(([field, virtualServiceName, at]) => ({
    [field]: { match: {}, action: { target: { virtualService: { virtualServiceName }, port: at } } },
  }));
const serviceSpec = fc.oneof(
  fc.constant({}),
  name.map((virtualNodeName) => ({ provider: { virtualNode: { virtualNodeName } } })),
  name.map((virtualRouterName) => ({ provider: { virtualRouter: { virtualRouterName } } })),
);
const nodeSpec = fc.array(name, { maxLength: 3 }).map((backends) => ({
  backends: backends.map((virtualServiceName) => ({ virtualService: { virtualServiceName } })),
}));

const SPECS: [ApiKind, fc.Arbitrary<object>, boolean][] = [
  ['virtualGateway', fc.constant({ listeners: [] }), false],
  ['gatewayRoute', gatewayRouteSpec, true],
  ['virtualService', serviceSpec, false],
  ['virtualRouter', fc.constant({}), false],
  ['route', routeSpec, true],
  ['virtualNode', nodeSpec, false],
];

/** Parents may hold no slash here, since the fixture takes paths. */
const parent = fc.constantFrom('a', 'b', 'c');

const anySnapshot = fc
  .tuple(
    ...SPECS.map(([kind, spec, below]) =>
      fc.uniqueArray(
        fc
          .tuple(below ? parent : fc.constant(''), below ? parent : name, spoilt(spec))
          .map(([above, own, body]) => made(kind, above, own, body)),
        { maxLength: 4, selector: (each) => `${each.parent ?? ''}|${each.name}` },
      ),
    ),
    fc.subarray<ApiKind>(['virtualNode', 'virtualRouter', 'virtualService', 'virtualGateway']),
  )
  .map((parts) => {
    const unread = parts.at(-1) as ApiKind[]; // the last of the tuple
    const resources = parts.slice(0, -1).flat() as ResourceInput[]; // the others
    return snapshot(
      // What was not read is not there either.
      resources.filter(({ kind }) => !unread.includes(kind)),
      { unread: unread.map((kind) => ({ kind })) },
    );
  });

function made(kind: ApiKind, above: string, own: string, spec: object): ResourceInput {
  const described = resource(kind, above === '' ? 'n' : `${above}/n`, spec);
  return { ...described, name: own };
}

interface Reference {
  from: string;
  to: string;
}

/** Every name a snapshot names, read without the code under test. */
function referencesOf({ kind, name: own, parent: above = '', body }: ResourceInput): Reference[] {
  const text = JSON.stringify((body as { spec: unknown }).spec);
  const named = (field: string) =>
    [...text.matchAll(new RegExp(`"${field}":"([^"]*)"`, 'g'))].map(([, found]) => found ?? '');
  const to = (from: string, kindOfTarget: string, field: string) =>
    named(field).map((each) => ({ from, to: `${kindOfTarget}:/${each}` }));
  switch (kind) {
    case 'route':
      return to(`router:/${above}`, 'node', 'virtualNode');
    case 'gatewayRoute':
      return to(`gateway:/${above}`, 'service', 'virtualServiceName');
    case 'virtualService':
      return [
        ...to(`service:/${own}`, 'node', 'virtualNodeName'),
        ...to(`service:/${own}`, 'router', 'virtualRouterName'),
      ];
    case 'virtualNode':
      return to(`node:/${own}`, 'service', 'virtualServiceName');
    case 'virtualGateway':
    case 'virtualRouter':
      return [];
  }
}

describe('any snapshot of an API', () => {
  it('has every reference as an edge, or a finding on what cannot be read, and no edge else', () => {
    fc.assert(
      fc.property(anySnapshot, (given) => {
        const model = toMeshModel(given);
        const { edges, nodes } = buildTopology(model);
        const unreadable = new Set<string>(model.malformed.map(({ key }) => key));
        const findings = findFindings(model, new Date());
        const drawn = edges.map(({ source, target }) => `${source} -> ${target}`);
        const hidden: string[] = [];
        for (const each of given.resources)
          for (const { from, to } of referencesOf(each)) {
            const edge = `${from} -> ${to}`;
            const at = drawn.indexOf(edge);
            if (at >= 0) drawn.splice(at, 1);
            else hidden.push(from);
          }
        expect(drawn).toEqual([]);
        // A router that cannot be read has no rows; it is named.
        for (const from of hidden) {
          expect(unreadable).toContain(from);
          expect(findings.some(({ code, subject }) => code === 'MD110' && subject === from)).toBe(true);
        }
        const keys = new Set<string>(nodes.map(({ key }) => key));
        for (const { source, target } of edges)
          expect([keys.has(source), keys.has(target)]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('has a finding for every name that leads nowhere, and none for what was not read', () => {
    fc.assert(
      fc.property(anySnapshot, (given) => {
        const model = toMeshModel(given);
        const missing = findFindings(model, new Date()).filter(({ code }) => code === 'MD101');
        const ghosts = buildTopology(model).nodes.flatMap((node) =>
          node.kind === 'unresolved' && node.cause === 'missing' ? [node.key] : [],
        );
        expect([...new Set(missing.flatMap(({ related }) => related))].sort()).toEqual(ghosts.sort());
        for (const kind of model.unread ?? [])
          expect(ghosts.filter((ghost) => ghost.startsWith(`${kind}:`))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('has each thing once', () => {
    fc.assert(
      fc.property(anySnapshot, (given) => {
        const keys = buildTopology(toMeshModel(given)).nodes.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });
});
