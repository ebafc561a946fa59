import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LayoutInput } from './types';
import { decodeGraph, decodePositions, encodeGraph, encodePositions } from './wire';

const place = fc.record({ x: fc.integer(), y: fc.integer() });
const graphs = fc
  .uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[a-z:/.-]{1,12}$/),
      group: fc.constantFrom('', 'a', 'b/c', 'arn:x'),
      role: fc.constantFrom('gateway' as const, 'service' as const, 'router' as const, 'node' as const),
      width: fc.integer({ min: 1, max: 400 }),
      height: fc.double({ min: 1, max: 400, noNaN: true }),
      mark: fc.constantFrom(true, undefined),
      shelf: fc.constantFrom(true, undefined),
      labelled: fc.constantFrom(true, undefined),
    }),
    { maxLength: 20, selector: (node) => node.id },
  )
  .chain((nodes) => {
    const id = fc.constantFrom(...(nodes.length > 0 ? nodes.map((node) => node.id) : ['none']));
    const sourceY = fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined });
    return fc.record({
      nodes: fc.constant(nodes),
      edges: fc.array(fc.record({ source: id, target: id, sourceY }), { maxLength: nodes.length * 2 }),
      remembered: fc.dictionary(id, place, { noNullPrototype: true }),
      corners: fc.dictionary(fc.constantFrom('', 'a', 'elsewhere'), place, { noNullPrototype: true }),
    });
  });

describe('a graph on its way to the worker', () => {
  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(graphs, ({ nodes, edges, remembered, corners }) => {
        const arrived = decodeGraph(encodeGraph({ nodes, edges, corners }, remembered));
        const shown = new Set(nodes.map((node) => node.id));
        const groups = new Set<string>(nodes.map((node) => node.group));
        const input: LayoutInput = {
          nodes,
          edges: edges.filter(({ source, target }) => shown.has(source) && shown.has(target)),
          corners: Object.fromEntries(Object.entries(corners).filter(([group]) => groups.has(group))),
        };
        expect(arrived.input).toEqual(input);
        expect(arrived.remembered).toEqual(
          Object.fromEntries(Object.entries(remembered).filter(([id]) => shown.has(id))),
        );
      }),
    );
  });

  it('brings its places back, and those that stood as the same objects', () => {
    const nodes = (['a', 'b', 'c'] as const).map(
      (id) => ({ id, group: '', role: 'node', width: 1, height: 1 }) as const,
    );
    const stood = { a: { x: 0, y: -7 }, b: { x: 5, y: 5 } };
    const answer = { a: { x: 0, y: -7 }, b: { x: 5, y: 6 }, c: { x: 1.5, y: 2 } };
    const back = decodePositions(nodes, encodePositions(nodes, answer), stood);
    expect(back).toEqual(answer);
    expect(back['a']).toBe(stood.a);
  });
});
