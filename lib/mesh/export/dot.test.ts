import { instance } from '@viz-js/viz';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dotText } from './dot';
import { hostileDiagram, smallDiagram } from './testing';

/** What Graphviz made of a text: its own names, labels and places. */
interface Laid {
  name: string;
  label?: string;
  _subgraph_cnt: number;
  objects?: { _gvid: number; name: string; label?: string; pos?: string; style?: string; nodes?: number[]; URL?: string }[];
  edges?: { tail: number; head: number; label?: string; style?: string; pos: string }[];
} // prettier-ignore

/** A new Graphviz for every text: this build of it does not survive being asked many times. */
async function laid(text: string, format: 'json' | 'dot_json' = 'json'): Promise<Laid> {
  const result = (await instance()).render(text, { format });
  if (result.status !== 'success') throw new Error(`${JSON.stringify(result.errors)}\n${text}`);
  // Warnings tell of characters that this build of Graphviz has no widths for.
  expect(result.errors.filter(({ level }) => level === 'error')).toEqual([]);
  return JSON.parse(result.output) as Laid; // Graphviz' own format
}

describe('the text for Graphviz', () => {
  it('is laid out by Graphviz, with a cluster per namespace and ranks from left to right', async () => {
    const { objects = [], edges = [], _subgraph_cnt } = await laid(dotText(smallDiagram()));
    expect(_subgraph_cnt).toBe(2);
    expect(objects.slice(0, 2).map(({ label, nodes }) => [label, nodes?.length])).toEqual([
      ['pay', 1],
      ['shop', 3],
    ]);
    const x = (name: string) => Number(objects.find((one) => one.name === name)?.pos?.split(',')[0]);
    expect(x('router:shop/cart')).toBeLessThan(x('node:shop/cart-v1'));
    expect(x('node:shop/cart-v1')).toBeLessThan(x('node:pay/end'));
    expect(edges.map(({ label, style }) => [label, style])).toEqual([
      ['90%', 'solid'],
      ['0%', 'dotted'],
      ['', 'dashed'],
      ['', 'dashed'],
    ]);
  });

  it('links a node to where the console shows it', async () => {
    const { objects = [] } = await laid(dotText(smallDiagram()));
    expect(objects.find(({ name }) => name === 'router:shop/cart')?.URL).toBe(
      'https://console.example/?selected=router:shop/cart',
    );
  });

  it('says what is hidden in the heading', async () => {
    expect((await laid(dotText(smallDiagram()))).label).toContain('2 hidden by the search');
  });

  it('keeps every node and edge apart, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(hostileDiagram('grapheme-ascii'), async (diagram) => {
        const read = await laid(dotText(diagram), 'dot_json').catch((error: unknown) => error);
        // Two in a thousand of these diagrams end this build of Graphviz itself; a text it cannot read is another error.
        fc.pre(!(read instanceof WebAssembly.RuntimeError));
        if (read instanceof Error) throw read;
        const { objects = [], edges = [], _subgraph_cnt } = read as Laid;
        expect(objects.slice(_subgraph_cnt)).toHaveLength(diagram.nodes.length);
        expect(edges).toHaveLength(diagram.edges.length);
      }),
      { numRuns: 40 },
    );
  });

  it('shows a name as it is written', async () => {
    const names = ['a"b', 'back\\slash', '\\N', '&lt;', '<b>bold</b>', 'end', '장바구니', '{a|b}'];
    const diagram = smallDiagram();
    const nodes = names.map((name) => ({ id: name, kind: 'node' as const, name, lines: [] }));
    const svg = (await instance()).renderString(dotText({ ...diagram, nodes, edges: [] }), { format: 'svg' });
    const shown = [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map(([, text = '']) =>
      text
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&#45;/g, '-')
        .replace(/&#160;/g, ' ')
        .replace(/&amp;/g, '&'),
    );
    expect(shown).toEqual(expect.arrayContaining(names));
  });
});
