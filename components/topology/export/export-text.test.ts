import { describe, expect, it } from 'vitest';
import { topologyAnswer } from '@/lib/api/topology';
import { createTranslate } from '@/lib/i18n/translate';
import { edge, meshNode } from '../fixtures';
import { diagramOf } from './diagram';
import { textFile } from './export-text';
import { fileName } from './file';
import { exportable } from './fixtures';

const occasion = {
  address: 'http://127.0.0.1:3000/sources/sandbox/meshes/shop/topology?q=cart',
  at: new Date('2026-06-01T12:00:00Z'),
  locale: 'en' as const,
  t: createTranslate('en'),
};
const diagram = (exported = exportable()) =>
  diagramOf(exported, occasion.address, occasion.at, 'en', occasion.t);

describe('the exported diagram', () => {
  it('says on its edges which row they leave from, and share and weight as the canvas does', () => {
    expect(diagram().edges.map(({ kind, label }) => [kind, label])).toEqual([
      ['gateway-route', '*'],
      ['provider', ''],
      ['route-target', 'all · 75% · weight 3'],
      ['route-target', 'all · 25% · weight 1'],
      ['backend', ''],
      ['backend', ''],
    ]);
  });

  it('says of a card what it is, how many pods are ready, and what is wrong with it', () => {
    const lines = new Map(diagram().nodes.map(({ id, lines: said }) => [id, said]));
    expect(lines.get('node:shop/cart-v2')).toEqual(['VirtualNode', '1/2 ready']);
    expect(lines.get('node:pay/bank')).toEqual(['VirtualNode', 'No pods']);
    expect(lines.get('unresolved:shop/lost')).toEqual(['Unresolved reference', 'Not found']);
  });

  it('draws a collapsed namespace as one, outside of any group, and counts what is in it', () => {
    const { nodes, edges, notes, groupOf } = diagram(exportable(undefined, undefined, ['shop']));
    const mark = nodes.find(({ kind }) => kind === 'group');
    expect(mark).toMatchObject({ name: 'shop', lines: ['6 objects'] });
    expect(mark && groupOf(mark)).toBe('');
    expect(edges.map(({ kind }) => kind)).toEqual(['backend']);
    expect(notes).toContain('6 in collapsed namespaces');
  });

  it('says what the view and the search leave out', () => {
    const exported = exportable();
    const counts = { ...exported.graph.counts, hidden: 3, filtered: 2 };
    const { notes } = diagram({ ...exported, graph: { ...exported.graph, counts } });
    expect(notes).toEqual(
      expect.arrayContaining(['2 hidden by the search', '3 objects left out by the view']),
    );
  });

  it('leads from every card to the console, with that card selected', () => {
    const url = new URL(diagram().nodes.find(({ id }) => id === 'node:pay/bank')?.url ?? '');
    expect(Object.fromEntries(url.searchParams)).toEqual({ q: 'cart', selected: 'node:pay/bank' });
  });
});

describe('a text file', () => {
  it('is, as JSON, what the API answers', () => {
    const file = JSON.parse(textFile('json-whole', exportable(), occasion).text) as { topology: unknown };
    const { nodes, edges } = topologyAnswer.parse(file.topology);
    expect([nodes.length, edges.length]).toEqual([7, 6]);
  });

  it('holds, as JSON of what is shown, no object of a collapsed namespace', () => {
    const exported = exportable(undefined, undefined, ['shop']);
    const file: unknown = JSON.parse(textFile('json-shown', exported, occasion).text);
    expect(file).toMatchObject({ scope: 'shown', omitted: { nodes: 6, edges: 6 } });
  });

  it('warns of what Mermaid would refuse to draw', () => {
    expect(textFile('mermaid', exportable(), occasion).caution).toBeUndefined();
    const nodes = Array.from({ length: 40 }, (_, n) => meshNode('shop', `n${n}`));
    const edges = nodes.flatMap((a) => nodes.slice(0, 13).map((b) => edge('backend', a.key, b.key)));
    expect(textFile('mermaid', exportable(nodes, edges), occasion).caution?.values?.['edges']).toBe(500);
  });

  it('is named after mesh and time, with nothing a file system refuses', () => {
    const at = new Date(2026, 2, 7, 9, 5);
    expect(fileName('shop', at, 'svg')).toBe('meshdeck-shop-2026-03-07-0905.svg');
    expect(fileName('../a b:c', at, 'json')).toBe('meshdeck-.._a_b_c-2026-03-07-0905.json');
  });
});
