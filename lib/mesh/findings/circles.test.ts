import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circlesOf } from './circles';

type Graph = Record<string, string[]>;
const circles = (graph: Graph) =>
  circlesOf(Object.keys(graph), (key) => graph[key] ?? [])
    .map((each) => each.sort().join(''))
    .sort();

describe('circles', () => {
  it('are keys that lead to each other, and keys that lead to themselves', () => {
    expect(circles({ a: ['b'], b: ['c'], c: ['a', 'd'], d: ['d'], e: ['a'] })).toEqual(['abc', 'd']);
  });
  it('are none in a graph that leads one way', () => {
    expect(circles({ a: ['b', 'c'], b: ['c'], c: [] })).toEqual([]);
  });
  it('join two that share a key', () => {
    expect(circles({ a: ['b'], b: ['a', 'c'], c: ['b'] })).toEqual(['abc']);
  });

  const keys = ['a', 'b', 'c', 'd', 'e'];
  const graphs: fc.Arbitrary<Graph> = fc
    .tuple(...keys.map(() => fc.subarray(keys)))
    .map((rows) => Object.fromEntries(keys.map((key, i) => [key, rows[i] ?? []])));
  /** Everything that can be reached from a key over at least one edge. */
  const reach = (graph: Graph, from: string): Set<string> => {
    const found = new Set<string>();
    const open = [...(graph[from] ?? [])];
    for (let key = open.pop(); key !== undefined; key = open.pop())
      if (!found.has(key)) {
        found.add(key);
        open.push(...(graph[key] ?? []));
      }
    return found;
  };
  it('hold exactly the keys that can come back to themselves, each with those it can go to and come back from', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const found = circlesOf(keys, (key) => graph[key] ?? []);
        const back = keys.filter((key) => reach(graph, key).has(key));
        expect(found.flat().sort()).toEqual(back);
        for (const circle of found)
          for (const key of circle)
            expect(
              back.filter((other) => reach(graph, key).has(other) && reach(graph, other).has(key)),
            ).toEqual([...circle].sort());
      }),
    );
  });
});
