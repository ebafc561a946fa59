import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupBoxes, touches } from './boxes';
import { layoutGraph } from './layout-graph';
import type { LayoutInput, LayoutNode, Positions, Role } from './types';

const ROLES: readonly Role[] = ['gateway', 'service', 'router', 'node'];

function card(id: string, role: Role, group = 'shop', height = 80): LayoutNode {
  return { id, role, group, width: 260, height };
}

const graphs: fc.Arbitrary<LayoutInput> = fc
  .array(
    fc.record({
      role: fc.constantFrom(...ROLES),
      group: fc.constantFrom('a', 'b', 'c'),
      height: fc.integer({ min: 40, max: 300 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .chain((parts) => {
    const nodes = parts.map((part, n) => ({ ...card(`n${n}`, part.role, part.group, part.height) }));
    const id = fc.constantFrom(...nodes.map((node) => node.id));
    return fc
      .array(fc.record({ source: id, target: id }), { maxLength: 80 })
      .map((edges) => ({ nodes, edges }));
  });

function overlaps(nodes: readonly LayoutNode[], positions: Positions): string[] {
  const found: string[] = [];
  nodes.forEach((a, n) => {
    for (const b of nodes.slice(n + 1)) {
      const [at, bt] = [positions[a.id], positions[b.id]];
      if (at && bt && touches({ ...at, ...size(a) }, { ...bt, ...size(b) })) found.push(`${a.id} ${b.id}`);
    }
  });
  return found;
}
const size = ({ width, height }: LayoutNode) => ({ width, height });

describe('layoutGraph', () => {
  it('puts gateway, service, router and node from left to right, and what a node calls further right', () => {
    const input: LayoutInput = {
      nodes: [
        card('node2', 'node'),
        card('gw', 'gateway'),
        card('cart', 'service'),
        card('router', 'router'),
        card('node', 'node'),
        card('stock', 'service'),
      ],
      edges: [
        { source: 'gw', target: 'cart' },
        { source: 'cart', target: 'router' },
        { source: 'router', target: 'node' },
        { source: 'node', target: 'stock' },
        { source: 'stock', target: 'node2' },
        { source: 'node2', target: 'cart' },
      ],
    };
    const at = layoutGraph(input, {});
    const xs = ['gw', 'cart', 'router', 'node', 'stock', 'node2'].map((id) => at[id]?.x ?? NaN);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(new Set(xs).size).toBe(6);
  });

  it('draws a straight chain on one line', () => {
    const input: LayoutInput = {
      nodes: [card('s', 'service'), card('r', 'router'), card('n', 'node')],
      edges: [
        { source: 's', target: 'r', sourceY: 26 },
        { source: 'r', target: 'n', sourceY: 26 },
      ],
    };
    expect(new Set(Object.values(layoutGraph(input, {})).map((at) => at.y)).size).toBe(1);
  });

  it('places every node, and no card or namespace on another', () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const at = layoutGraph(input, {});
        expect(Object.keys(at).sort()).toEqual(input.nodes.map((node) => node.id).sort());
        expect(overlaps(input.nodes, at)).toEqual([]);
        const boxes = [...groupBoxes(input.nodes, at).values()];
        boxes.forEach((a, n) => {
          for (const b of boxes.slice(n + 1)) expect(touches(a, b)).toBe(false);
        });
      }),
    );
  });

  it('answers the same for the same graph, in whatever order it is given', () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const turned = { nodes: [...input.nodes].reverse(), edges: [...input.edges].reverse() };
        expect(layoutGraph(turned, {})).toEqual(layoutGraph(input, {}));
      }),
    );
  });

  it('moves nothing that stands when nodes are added, and puts the new ones in free places', () => {
    fc.assert(
      fc.property(graphs, fc.integer({ min: 1, max: 39 }), (input, count) => {
        const nodes = input.nodes.slice(0, count);
        const shown = new Set(nodes.map((node) => node.id));
        const edges = input.edges.filter((edge) => shown.has(edge.source) && shown.has(edge.target));
        const before = layoutGraph({ nodes, edges }, {});
        const after = layoutGraph(input, before);
        for (const { id } of nodes) expect(after[id]).toEqual(before[id]);
        expect(overlaps(input.nodes, after)).toEqual([]);
      }),
    );
  });

  it('leaves a dragged node where it was put', () => {
    const nodes = [card('s', 'service'), card('n', 'node')];
    const at = layoutGraph({ nodes, edges: [{ source: 's', target: 'n' }] }, { n: { x: -500, y: 1234 } });
    expect(at['n']).toEqual({ x: -500, y: 1234 });
  });

  it('uncrosses what can be uncrossed', () => {
    const input: LayoutInput = {
      nodes: [card('s1', 'service'), card('s2', 'service'), card('r1', 'router'), card('r2', 'router')],
      edges: [
        { source: 's1', target: 'r2' },
        { source: 's2', target: 'r1' },
      ],
    };
    const at = layoutGraph(input, {});
    const above = (a: string, b: string) => (at[a]?.y ?? 0) < (at[b]?.y ?? 0);
    expect(above('s1', 's2')).toBe(above('r2', 'r1'));
  });

  it('survives a call chain longer than the stack', () => {
    const nodes = Array.from({ length: 6000 }, (_, n) => card(`n${n}`, n % 2 ? 'node' : 'service'));
    const edges = nodes.slice(1).map((node, n) => ({ source: `n${n}`, target: node.id }));
    expect(Object.keys(layoutGraph({ nodes, edges }, {}))).toHaveLength(6000);
  });
});
