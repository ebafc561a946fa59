import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cornersOf, groupBoxes, touches } from './boxes';
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
      group: fc.constantFrom('a', 'b', 'c', ''),
      height: fc.integer({ min: 40, max: 300 }),
      shelf: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .chain((parts) => {
    const nodes = parts.map((part, n) => ({
      ...card(`n${n}`, part.role, part.group, part.height),
      shelf: part.shelf,
    }));
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
        for (const { x, y } of Object.values(at)) expect(Number.isFinite(x + y)).toBe(true);
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

  it('keeps cards without edges on a shelf below everything, by namespace and name', () => {
    fc.assert(
      fc.property(graphs, (input) => {
        const at = layoutGraph(input, {});
        const place = ({ id }: LayoutNode) => at[id] ?? { x: NaN, y: NaN };
        const shelf = input.nodes.filter((node) => node.shelf);
        const floor = Math.max(
          ...input.nodes.filter((node) => !node.shelf).map((node) => place(node).y + node.height),
        );
        for (const node of shelf) expect(place(node).y).toBeGreaterThan(floor);
        const read = [...shelf].sort((a, b) => place(a).y - place(b).y || place(a).x - place(b).x);
        const names = read.map(({ id, group }) => `${group} ${id}`);
        expect(names).toEqual([...names].sort());
      }),
    );
  });

  it('gives a large mesh the shape of a screen, collapsed or not', () => {
    const names = Array.from({ length: 60 }, (_, n) => `team-${n}`);
    const marks = names.map((name) => ({ ...card(name, 'service', name, 84), mark: true }));
    const calls = names.flatMap((source, n) =>
      [n * 2 + 1, n * 3 + 2].flatMap((to) =>
        names[to] === undefined ? [] : [{ source, target: names[to] }],
      ),
    );
    const cards = names.flatMap((name) => [
      card(`${name} s`, 'service', name),
      card(`${name} r`, 'router', name),
      card(`${name} n1`, 'node', name),
      card(`${name} n2`, 'node', name),
    ]);
    const inside = names.flatMap((name) => [
      { source: `${name} s`, target: `${name} r` },
      { source: `${name} r`, target: `${name} n1` },
      { source: `${name} r`, target: `${name} n2` },
    ]);
    const between = calls.map(({ source, target }) => ({ source: `${source} n1`, target: `${target} s` }));
    for (const input of [
      { nodes: marks, edges: calls },
      { nodes: cards, edges: [...inside, ...between] },
    ]) {
      const at = layoutGraph(input, {});
      const xs = input.nodes.map((node) => at[node.id]?.x ?? NaN);
      const ys = input.nodes.map((node) => at[node.id]?.y ?? NaN);
      const aspect = (Math.max(...xs) - Math.min(...xs) + 260) / (Math.max(...ys) - Math.min(...ys) + 84);
      expect(aspect).toBeGreaterThan(1.1);
      expect(aspect).toBeLessThan(2.4);
      const lefts = input.edges.map(({ source, target }) => (at[target]?.x ?? NaN) - (at[source]?.x ?? NaN));
      expect(lefts.filter((step) => step > 0).length / lefts.length).toBeGreaterThan(0.6);
    }
  });

  it('opens a namespace where its mark stood, and lets what it would cover go straight down', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom('a', 'b', 'c'), (input, group) => {
        const inside = input.nodes.filter((node) => node.group === group && !node.shelf);
        const rest = input.nodes.filter((node) => !inside.includes(node));
        if (inside.length === 0 || rest.length === 0) return;
        const mark = { ...card('mark', 'service', group, 84), mark: true };
        const before = layoutGraph({ nodes: [...rest, mark], edges: [] }, {});
        const corners = cornersOf([...rest, mark], before);
        const after = layoutGraph({ ...input, corners }, before);
        expect(cornersOf(inside, after)).toEqual({ [group]: corners[group] });
        expect(overlaps(input.nodes, after)).toEqual([]);
        for (const { id } of rest) {
          expect(after[id]?.x).toBe(before[id]?.x);
          expect(after[id]?.y).toBeGreaterThanOrEqual(before[id]?.y ?? NaN);
        }
        const boxes = [...groupBoxes(input.nodes, after).values()];
        boxes.forEach((a, n) => {
          for (const b of boxes.slice(n + 1)) expect(touches(a, b)).toBe(false);
        });
      }),
    );
  });

  it('folds a namespace where it stood, and moves nothing for it', () => {
    const nodes = [card('s', 'service'), card('n', 'node'), card('p', 'node', 'pay')];
    const edges = [{ source: 's', target: 'n' }];
    const before = layoutGraph({ nodes, edges }, {});
    const corners = cornersOf(nodes, before);
    const mark = { ...card('mark', 'service', 'shop', 60), mark: true };
    const pay = nodes.filter((node) => node.group === 'pay');
    const after = layoutGraph({ nodes: [...pay, mark], edges: [], corners }, before);
    expect(after).toEqual({ mark: corners['shop'], p: before['p'] });
  });
});
