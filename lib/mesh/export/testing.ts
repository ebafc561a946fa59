/** Diagrams for the tests of this folder, among them names that no cluster would take and a foreign ARN or host may hold. */
import fc from 'fast-check';
import type { Diagram, DiagramEdge, DiagramNode } from './diagram';

const HOSTILE = [
  'end', 'graph', 'subgraph', 'style', 'default', 'node', 'edge', 'strict', 'click', 'o', 'x', '1. one', '- two',
  'a"b', 'a]b', '"]; x', '--> b', '|c|', '<b>bold</b>', '<script>alert(1)</script>', '&lt;', '&quot;', '#quot;', '#35;',
  'back\\slash', 'trailing\\', '\\N', 'new\nline', 'car\r\nriage', 'tab\t', '%% comment', '%%{init: {"theme":"dark"}}%%',
  '---', '`code`', '**bold**', '장바구니', 'café', '🛒', '\u2028', '\u0000', '\ud800', 'a;b', 'a:::b', 'style a:b#1;', '{}', '$$x$$', '',
]; // prettier-ignore

const kind = fc.constantFrom(
  ...(['gateway', 'service', 'router', 'node', 'unresolved', 'malformed', 'group'] as const),
);
const edgeKind = fc.constantFrom(
  ...(['gateway-route', 'provider', 'route-target', 'backend', 'routed', 'call', 'bundle'] as const),
);

/** A diagram whose every text may be hostile. Ids are distinct; edges lead from node to node. */
export function hostileDiagram(unit: 'binary' | 'grapheme-ascii'): fc.Arbitrary<Diagram> {
  const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit, maxLength: 12 }));
  const node = fc.record({ id: text, kind, name: text, lines: fc.array(text, { maxLength: 2 }), url: text });
  const end = fc.record({
    from: fc.nat(),
    to: fc.nat(),
    kind: edgeKind,
    label: fc.option(text, { nil: undefined }),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  });
  return fc
    .record({
      title: text,
      notes: fc.array(text, { maxLength: 3 }),
      nodes: fc.uniqueArray(node, { minLength: 1, maxLength: 8, selector: ({ id }) => id }),
      groups: fc.array(text, { minLength: 1, maxLength: 4 }),
      ends: fc.array(end, { maxLength: 8 }),
    })
    .map(({ title, notes, nodes, groups, ends }) => {
      const at = (n: number) => nodes[n % nodes.length]?.id ?? '';
      return {
        title,
        notes,
        nodes,
        edges: ends.map(({ from, to, ...rest }) => ({ source: at(from), target: at(to), ...rest })),
        groupOf: ({ name }) => groups[name.length % groups.length] ?? '',
      };
    });
}

const node = (id: string, kind: DiagramNode['kind'], name: string): DiagramNode => ({
  id,
  kind,
  name,
  lines: [kind],
});

/** Two namespaces, a canary, and a reference that leads nowhere. */
export function smallDiagram(edges: DiagramEdge[] = []): Diagram {
  return {
    title: 'shop',
    notes: ['source sandbox', '2 hidden by the search'],
    nodes: [
      {
        ...node('router:shop/cart', 'router', 'cart'),
        url: 'https://console.example/?selected=router:shop/cart',
      },
      node('node:shop/cart-v1', 'node', 'cart-v1'),
      node('node:shop/cart-v2', 'node', 'cart-v2'),
      node('node:pay/end', 'node', 'end'),
      node('unresolved:/lost', 'unresolved', 'lost'),
    ],
    edges: [
      {
        source: 'router:shop/cart',
        target: 'node:shop/cart-v1',
        kind: 'route-target',
        label: '90%',
        share: 0.9,
      },
      {
        source: 'router:shop/cart',
        target: 'node:shop/cart-v2',
        kind: 'route-target',
        label: '0%',
        share: 0,
      },
      { source: 'node:shop/cart-v1', target: 'node:pay/end', kind: 'backend' },
      { source: 'node:pay/end', target: 'unresolved:/lost', kind: 'backend' },
      ...edges,
    ],
    groupOf: ({ id }) => /:(.*)\//.exec(id)?.[1] ?? '',
  };
}
