import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTopology } from './build-topology';
import { diffTopology, isEmptyDelta } from './delta';
import type { Drawn, Part } from './delta';
import { sameContent } from './equal';
import { findFindings } from './findings';
import { group, modelOf, node, NOW, route, router, to, weighted } from './fixtures';

function drawn(weights: Record<string, number>): Drawn {
  const names = Object.keys(weights);
  const model = modelOf([
    ...names.map((name) => node(name)),
    ...names.map((name) =>
      router(name, [route('all', { targets: [weighted(to('node', name), weights[name])] })]),
    ),
  ]);
  const groups = names.map((name) => group(name, weights[name] === 0 ? [] : [to('service', name)]));
  return { ...buildTopology(model), findings: findFindings(model, NOW), groups };
}

const byId = <T>(list: readonly T[], idOf: (entry: T) => string) =>
  new Map(list.map((each) => [idOf(each), each]));

function apply<T>(before: readonly T[], part: Part<T>, idOf: (entry: T) => string): Map<string, T> {
  const after = byId(before, idOf);
  for (const id of part.removed) after.delete(id);
  for (const entry of part.upserts) after.set(idOf(entry), entry);
  return after;
}

const anyPicture = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(0, 1, 120))
  .map((weights) => drawn(weights));

describe('a delta', () => {
  it('turns any picture into any other', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (a, b) => {
        const parts = diffTopology(a, b);
        expect(apply(a.nodes, parts.nodes, (each) => each.key)).toEqual(byId(b.nodes, (each) => each.key));
        expect(apply(a.edges, parts.edges, (each) => each.key)).toEqual(byId(b.edges, (each) => each.key));
        expect(apply(a.findings, parts.findings, (each) => each.id)).toEqual(
          byId(b.findings, (each) => each.id),
        );
        expect(apply(a.groups, parts.groups, (each) => each.key)).toEqual(byId(b.groups, (each) => each.key));
      }),
      { numRuns: 100 },
    );
  });

  it('is empty between equal pictures, in whatever order they hold their entries', () => {
    fc.assert(
      fc.property(anyPicture, (a) => {
        const copy = structuredClone(a);
        const turned = {
          nodes: [...copy.nodes].reverse(),
          edges: [...copy.edges].reverse(),
          findings: [...copy.findings].reverse(),
          groups: [...copy.groups].reverse(),
        };
        expect(isEmptyDelta(diffTopology(a, turned))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('holds whole what changed, and of what is gone the key', () => {
    const parts = diffTopology(drawn({ a: 1, b: 1 }), drawn({ a: 0 }));
    expect(parts.nodes.upserts.map(({ key }) => key)).toEqual(['router:shop/a']);
    expect(parts.nodes.removed).toEqual(['node:shop/b', 'router:shop/b']);
    expect(parts.edges.upserts).toMatchObject([{ target: 'node:shop/a', weight: 0 }]);
    expect(parts.findings.upserts.map(({ code }) => code)).toEqual(['MD202']);
    expect(isEmptyDelta(parts)).toBe(false);
  });
});

describe('equal content', () => {
  it.each([
    [{ a: 1, b: undefined }, { a: 1 }],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [[], []],
    ['a', 'a'],
  ])('%j is %j', (a, b) => {
    expect([sameContent(a, b), sameContent(b, a)]).toEqual([true, true]);
  });
  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: null }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [[], {}],
    [null, {}],
    ['1', 1],
  ])('%j is not %j', (a, b) => {
    expect([sameContent(a, b), sameContent(b, a)]).toEqual([false, false]);
  });
});
