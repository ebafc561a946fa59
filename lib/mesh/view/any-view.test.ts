import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { node, service, to } from '../fixtures';
import type { EntityKey } from '../keys';
import { nodeKey, routerKey, serviceKey } from '../keys';
import type { TopologyEdge } from '../topology';
import { applyView } from './apply-view';
import { anyInput, inputOf, routes } from './fixtures';
import type { Hidable, Layer, ViewInput, ViewSpec } from './spec';
import { WHOLE_MESH } from './spec';
import { withSurroundings } from './surroundings';

const n = (name: string) => nodeKey('shop', name);
const s = (name: string) => serviceKey('shop', name);
const r = (name: string) => routerKey('shop', name);

const anySpec = (input: ViewInput): fc.Arbitrary<ViewSpec> => {
  const key = fc.constantFrom<EntityKey>(n('a'), s('a'), r('b'), ...input.nodes.keys());
  const hops = fc.nat(3);
  const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
  return fc.record({
    layer: fc.constantFrom<Layer>('full', 'services', 'calls'),
    grouping: fc.constant<ViewSpec['grouping']>({ by: 'namespace' }),
    focus: maybe(fc.record({ around: fc.array(key, { minLength: 1, maxLength: 2 }), up: hops, down: hops })),
    path: maybe(fc.record({ from: key, to: key })),
    hide: fc.subarray<Hidable>(['idle', 'external', 'healthy']),
    workloads: fc.boolean(),
  });
};
const anyView = anyInput.chain((input) => fc.tuple(fc.constant(input), anySpec(input)));

/** Every chain of edges that starts at something shown, passes folded things only, and ends at something shown: walked naively. */
function chains(input: ViewInput, shown: ReadonlySet<string>): TopologyEdge[][] {
  const edges = [...input.edges.values()];
  const from = (chain: TopologyEdge[]): TopologyEdge[][] => {
    const last = chain.at(-1);
    if (last === undefined || shown.has(last.target)) return [chain];
    return edges.filter(({ source }) => source === last.target).flatMap((edge) => from([...chain, edge]));
  };
  return edges.filter(({ source }) => shown.has(source)).flatMap((edge) => from([edge]));
}

describe('any view', () => {
  it('shows or counts every entity, once', () => {
    fc.assert(
      fc.property(anyView, ([input, spec]) => {
        const shown = applyView(input, spec);
        const hidden = Object.values(shown.hidden).reduce((sum, count) => sum + count, 0);
        const { whole } = withSurroundings(input, true, new Set());
        expect(shown.nodes.size + hidden).toBe(whole.nodes.size);
        expect(shown.why.size).toBe(hidden);
        for (const key of shown.nodes.keys()) expect(shown.why.has(key)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('has an edge for exactly the chains of edges between what is shown, and no edge twice', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom<Layer>('full', 'services', 'calls'), (input, layer) => {
        const shown = applyView(input, { ...WHOLE_MESH, layer });
        const { whole } = withSurroundings(input, false, new Set());
        const all = chains(whole, new Set<string>(shown.nodes.keys()));
        const ends = (source: string, row: string | undefined, target: string) =>
          `${source}|${row ?? ''}|${target}`;
        const wanted = new Map<string, Set<string>>();
        for (const chain of all) {
          const [first] = chain;
          const id = ends(first?.source ?? '', first?.row, chain.at(-1)?.target ?? '');
          const parts = wanted.get(id) ?? new Set();
          for (const { key } of chain) parts.add(key);
          wanted.set(id, parts);
        }
        const got = new Map<string, Set<string>>();
        for (const edge of shown.edges) {
          const id = ends(edge.source, edge.row, edge.target);
          const parts = got.get(id) ?? new Set();
          for (const key of edge.parts) parts.add(key);
          got.set(id, parts);
          expect(edge.edge === undefined).toBe(edge.through.length > 0);
        }
        expect(got).toEqual(wanted);
        expect(new Set(shown.edges.map(({ key }) => key)).size).toBe(shown.edges.length);
      }),
      { numRuns: 300 },
    );
  });

  it('has something shown for every finding, unless that is hidden on request', () => {
    fc.assert(
      fc.property(
        anyInput,
        fc.constantFrom<Layer>('full', 'services', 'calls'),
        fc.subarray<Hidable>(['healthy']),
        (input, layer, hide) => {
          const shown = applyView(input, { ...WHOLE_MESH, layer, hide });
          const carried = new Set(
            [...shown.carried].flatMap(([by, keys]) => (shown.nodes.has(by) ? keys : [])),
          );
          for (const { subject } of input.findings)
            if (input.nodes.has(subject)) expect(shown.nodes.has(subject) || carried.has(subject)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps what it was asked about', () => {
    fc.assert(
      fc.property(anyView, ([input, spec]) => {
        const shown = applyView(input, spec);
        const asked = [...(spec.focus?.around ?? []), ...(spec.path ? [spec.path.from, spec.path.to] : [])];
        for (const key of asked) expect(shown.nodes.has(key)).toBe(input.nodes.has(key));
      }),
      { numRuns: 200 },
    );
  });

  it('hands back the parts that did not change as they were', () => {
    fc.assert(
      fc.property(anyView, ([input, spec]) => {
        const first = applyView(input, spec);
        const again = applyView({ ...input, edges: new Map(input.edges) }, spec, first);
        expect(again.nodes).toBe(first.nodes);
        expect(again.edges).toBe(first.edges);
        expect(again.orphans).toBe(first.orphans);
        expect(again.why).toBe(first.why);
      }),
      { numRuns: 100 },
    );
  });
});

it('keeps what it shows of a mesh of 12,000 nodes that did not change', () => {
  const services = 3_000;
  const mesh = Array.from({ length: services }, (_, i) => [
    node(
      `n${i}`,
      [1, 7, 31].map((step) => to('service', `s${(i + step) % services}`)),
    ),
    node(`m${i}`),
    service(`s${i}`, { kind: 'router', target: to('router', `s${i}`) }),
    routes(`s${i}`, [
      [to('node', `n${i}`), 90],
      [to('node', `m${i}`), 10],
    ]),
  ]).flat();
  const input = inputOf(mesh, []);
  expect([input.nodes.size, input.edges.size]).toEqual([12_000, 18_000]);
  const specs: ViewSpec[] = [
    WHOLE_MESH,
    { ...WHOLE_MESH, layer: 'services' },
    { ...WHOLE_MESH, layer: 'calls', hide: ['idle', 'external', 'healthy'] },
    { ...WHOLE_MESH, focus: { around: [n('n0')], up: 9, down: 9 } },
    { ...WHOLE_MESH, path: { from: n('n0'), to: n('n1500') } },
  ];
  for (const spec of specs) {
    const before = applyView(input, spec);
    const again = applyView(input, spec, before);
    expect(again.edges).toBe(before.edges);
    expect(again.nodes).toBe(before.nodes);
    const hidden = Object.values(again.hidden).reduce((sum, each) => sum + each, 0);
    expect(again.nodes.size + hidden).toBe(12_000);
  }
});
