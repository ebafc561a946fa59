import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Mermaid } from 'mermaid';
import { mermaidText } from './mermaid';
import { hostileDiagram, smallDiagram } from './testing';

/** What Mermaid's own grammar made of a text. */
interface Read {
  getVertices(): Map<string, { id: string; text: string; type: string }>;
  getEdges(): { start: string; end: string; text: string; stroke: string }[];
  getSubGraphs(): { title: string; nodes: string[] }[];
  getDiagramTitle(): string;
}

let mermaid: Mermaid;
beforeAll(async () => {
  const require = createRequire(import.meta.url);
  // Mermaid cleans what it is about to put into a page, and refuses to read without one. Here it only reads.
  const folder = dirname(createRequire(require.resolve('mermaid')).resolve('dompurify'));
  const purify = (await import(pathToFileURL(join(folder, 'purify.es.mjs')).href)) as { default: object };
  Object.assign(purify.default, { addHook: () => undefined, sanitize: (text: string) => text });
  ({ default: mermaid } = await import('mermaid'));
});

/** Character codes as Mermaid keeps them until it draws. */
const decoded = (text: string): string =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));

async function read(text: string): Promise<Read> {
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  return db as unknown as Read; // Mermaid types only what its diagrams share
}

describe('the text for Mermaid', () => {
  it('is read by Mermaid, with a subgraph per namespace', async () => {
    const chart = await read(mermaidText(smallDiagram()));
    expect(chart.getSubGraphs().map(({ title, nodes }) => [title, nodes.length])).toEqual([
      ['pay', 1],
      ['shop', 3],
    ]);
    expect(chart.getEdges().map(({ text, stroke }) => [decoded(text), stroke])).toEqual([
      ['90%', 'thick'],
      ['0%', 'dotted'],
      ['', 'dotted'],
      ['', 'dotted'],
    ]);
    expect([...chart.getVertices().values()].map(({ text }) => decoded(text))).toContain('end<br/>node');
  });

  it('says what is hidden', () => {
    expect(mermaidText(smallDiagram())).toContain('%% 2 hidden by the search');
  });

  it('gives an object the same id in every export', () => {
    const again = smallDiagram([
      { source: 'router:shop/cart', target: 'node:pay/end', kind: 'route-target', label: '5%', share: 0.05 },
    ]);
    const lines = new Set(mermaidText(again).split('\n'));
    for (const line of mermaidText(smallDiagram()).split('\n')) expect(lines).toContain(line);
  });

  it('keeps every node, edge and name, whatever the names', async () => {
    await fc.assert(
      fc.asyncProperty(hostileDiagram('binary'), async (diagram) => {
        const text = mermaidText(diagram);
        const chart = await read(text).catch((error: unknown) => {
          throw new Error(`${String(error)}\n${text}`);
        });
        const vertices = [...chart.getVertices().values()];
        expect(vertices).toHaveLength(diagram.nodes.length);
        expect(chart.getEdges()).toHaveLength(diagram.edges.length);
        const clean = (name: string) =>
          name
            .replace(/[\p{Cc}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu, ' ')
            .trim()
            .normalize();
        expect(vertices.map((vertex) => decoded(vertex.text).split('<br/>')[0]?.trim().normalize()).sort()).toEqual(
          diagram.nodes.map(({ name }) => clean(name)).sort(),
        ); // prettier-ignore
      }),
      { numRuns: 40 },
    );
  });
});
