import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { instance } from '@viz-js/viz';
import type { Page } from '@playwright/test';
import { expect, test } from './support/console';
import { TopologyPage } from './support/topology-page';

const mermaidScript = join(dirname(createRequire(import.meta.url).resolve('mermaid')), 'mermaid.min.js');

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: entry, exact: true }).click();
}

/** Chooses an entry of the menu and gives the file that comes of it. */
async function exported(page: Page, entry: string): Promise<{ name: string; content: Buffer }> {
  const saved = page.waitForEvent('download');
  await choose(page, entry);
  const download = await saved;
  const name = download.suggestedFilename();
  await expect(page.getByText(`Saved as ${name}`)).toBeVisible();
  return { name, content: readFileSync(await download.path()) };
}

test('the SVG is read as XML, needs nothing else, and no text leaves its card', async ({ page, deck }) => {
  const topology = new TopologyPage(page, deck.url);
  await topology.open();
  const { name, content } = await exported(page, 'SVG: whole graph');
  expect(name).toMatch(/^meshdeck-shop-\d{4}-\d\d-\d\d-\d{4}\.svg$/);
  const read = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const root = document.importNode(parsed.documentElement, true);
    document.body.replaceChildren(root);
    const cards = [...root.querySelectorAll<SVGRectElement>('rect.card')];
    return {
      errors: parsed.querySelectorAll('parsererror').length,
      title: parsed.querySelector('title')?.textContent,
      desc: parsed.querySelector('desc')?.textContent,
      cards: cards.length,
      leaving: cards.flatMap((card) => {
        const { right } = card.getBoundingClientRect();
        const texts = [...(card.parentElement?.querySelectorAll('text') ?? [])];
        return texts.filter((one) => one.getBoundingClientRect().right > right).map((one) => one.textContent);
      }),
      active: parsed.querySelectorAll('script, foreignObject, image, a').length,
    };
  }, content.toString('utf8'));
  expect(read).toMatchObject({ errors: 0, title: 'Topology of shop', active: 0, leaving: [] });
  expect(read.desc).toMatch(/\d+ objects shown/);
  expect(read.cards).toBeGreaterThan(70);
});

test('a PNG holds the graph, at double size twice as many pixels each way', async ({ page, deck }) => {
  await new TopologyPage(page, deck.url).open();
  /** Width and height stand in the first chunk of the file. */
  const size = ({ content }: { content: Buffer }) => [content.readUInt32BE(16), content.readUInt32BE(20)];
  const once = size(await exported(page, 'PNG: part in the window'));
  const twice = size(await exported(page, 'PNG: part in the window, double size'));
  expect(once[0]).toBeGreaterThan(1_000);
  expect(twice).toEqual(once.map((pixels) => 2 * pixels));
  const whole = await exported(page, 'PNG: whole graph');
  expect(whole.content.subarray(1, 4).toString()).toBe('PNG');
  // A blank picture of this size is packed into far less.
  expect(whole.content.length).toBeGreaterThan(300_000);
});

test('Mermaid draws the flowchart', async ({ page, deck }) => {
  await new TopologyPage(page, deck.url).open();
  const { content } = await exported(page, 'Mermaid flowchart');
  const tool = await page.context().newPage();
  await tool.addScriptTag({ path: mermaidScript });
  const drawn = await tool.evaluate(async (text) => {
    const { mermaid } = window as unknown as {
      mermaid: { render(id: string, text: string): Promise<{ svg: string }> };
    }; // what its script puts there
    return (await mermaid.render('chart', text)).svg;
  }, content.toString('utf8'));
  expect(drawn).toContain('cart-v1');
  expect(drawn).toContain('90%');
});

test('Graphviz lays the DOT out, and the JSON is what the API answers', async ({ page, deck }) => {
  await new TopologyPage(page, deck.url).open();
  const dot = await exported(page, 'Graphviz DOT');
  const { status, output } = (await instance()).render(dot.content.toString('utf8'), { format: 'svg' });
  expect(status).toBe('success');
  expect(output).toContain('cart&#45;v1');
  const json = await exported(page, 'JSON: the whole mesh');
  const file = JSON.parse(json.content.toString('utf8')) as Record<string, unknown>;
  const answer = await page.request.get(`${deck.url}/api/v1/sources/sandbox/meshes/shop/topology`);
  const { nodes, edges } = (await answer.json()) as { nodes: { key: string }[]; edges: unknown[] };
  expect(file).toMatchObject({ schema: 'meshdeck/topology', version: 1, source: 'sandbox', scope: 'whole' });
  const topology = file['topology'] as { nodes: { key: string }[]; edges: unknown[] };
  expect(topology.edges).toHaveLength(edges.length);
  expect(topology.nodes.map(({ key }) => key).sort()).toEqual(nodes.map(({ key }) => key).sort());
});

test('the link opens the same view, also where the clipboard is closed', async ({ page, deck, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: deck.url });
  await new TopologyPage(page, deck.url).open('?selected=node:shop/cart-v1&q=cart');
  await choose(page, 'Link to this view');
  await expect(page.getByText('The link to this view is on the clipboard')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await choose(page, 'Link to this view');
  await expect(page.getByText(/X104/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Link to this view' })).toHaveValue(page.url());
});

test('in the list, data and link are exported, and a picture says why not', async ({ page, deck }) => {
  await page.goto(`${deck.url}/sources/sandbox/meshes/shop/topology?view=list&q=cart`);
  await page.getByRole('link', { name: 'cart-v1' }).waitFor();
  const { content } = await exported(page, 'JSON: what is shown');
  const file = JSON.parse(content.toString('utf8')) as { scope: string; omitted: { nodes: number } };
  expect(file.scope).toBe('shown');
  expect(file.omitted.nodes).toBeGreaterThan(30);
  await page.getByRole('button', { name: 'Export', exact: true }).press('Enter');
  const picture = page.getByRole('menuitem', { name: 'SVG: whole graph' });
  await expect(picture).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(picture).toBeHidden();
});
