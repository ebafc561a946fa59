import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { createTranslate } from '@/lib/i18n/translate';
import { edge, meshNode, service } from '../../fixtures';
import { drawingOf } from '../exportable';
import { exportable } from '../fixtures';
import { COLOURS, fitted } from './ink';
import type { Palette } from './ink';
import { roughMeasure } from './measure';
import { cardsOutside, svgPicture } from './picture';

/** The light theme, from the style sheet itself. */
const sheet = readFileSync('app/globals.css', 'utf8');
const palette = Object.fromEntries(
  COLOURS.map((name) => [name, new RegExp(`--md-${name}: (#[0-9a-f]+);`).exec(sheet)?.[1] ?? 'missing']),
) as Palette; // every name of the list

const draw = (exported = exportable(), more: Partial<Parameters<typeof svgPicture>[0]> = {}) =>
  svgPicture({
    drawing: drawingOf(exported.graph),
    positions: exported.positions ?? {},
    title: 'Topology of shop',
    notes: ['Source sandbox', '7 objects shown'],
    palette,
    measure: roughMeasure,
    locale: 'en',
    t: createTranslate('en'),
    ...more,
  });

/**
 * Reads XML as strictly as the specification asks of what a picture holds: every element closed in its order, attributes
 * quoted and not given twice, no bare `<` or `&`, no forbidden character. Answers the texts between the tags.
 */
function strictly(xml: string): { names: string[]; texts: string[]; ids: string[]; references: string[] } {
  const out = {
    names: [] as string[],
    texts: [] as string[],
    ids: [] as string[],
    references: [] as string[],
  };
  const open: string[] = [];
  // eslint-disable-next-line no-control-regex -- XML forbids them
  expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u.test(xml)).toBe(false);
  const must = (right: boolean, what: string) => {
    if (!right) throw new Error(`${what}: ${xml.slice(at, at + 160)}`);
  };
  const bare = (text: string, chars: RegExp) => chars.test(text.replace(/&(amp|lt|gt|quot);/g, ''));
  let at = 0;
  const token = /<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>/gy;
  while (at < xml.length) {
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next < 0 ? undefined : next);
    must(!bare(text, /[&<]/), 'a bare & or <');
    if (text.trim() !== '') out.texts.push(text);
    if (next < 0) break;
    token.lastIndex = next;
    const [all = '', closing, name = '', attributes = '', empty] = token.exec(xml) ?? [];
    must(all !== '', 'no tag');
    const given = [...attributes.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)];
    must(new Set(given.map(([, key]) => key)).size === given.length, 'an attribute given twice');
    for (const [, key, content = ''] of given) {
      must(!bare(content, /&/), 'a bare & in an attribute');
      if (key === 'id') out.ids.push(content);
      if (key === 'href') out.references.push(content);
      for (const [, id = ''] of content.matchAll(/url\(([^)]*)\)/g)) out.references.push(id);
    }
    if (closing === '/') must(open.pop() === name, 'closed out of order');
    else {
      out.names.push(name);
      if (empty !== '/') open.push(name);
    }
    at = next + all.length;
  }
  expect(open).toEqual([]);
  return out;
}

describe('the SVG', () => {
  it('is well-formed, refers to nothing outside of itself, and runs nothing', () => {
    const { names, ids, references } = strictly(draw().svg);
    expect(names[0]).toBe('svg');
    for (const name of ['script', 'foreignObject', 'image', 'a']) expect(names).not.toContain(name);
    expect(new Set(ids).size).toBe(ids.length);
    for (const reference of references) expect(ids.map((id) => `#${id}`)).toContain(reference);
    expect(draw().svg).not.toContain('missing');
  });

  it('shows cards, rows, shares, pods and what is hidden', () => {
    const { texts } = strictly(draw().svg);
    expect(texts).toEqual(
      expect.arrayContaining(['Topology of shop', '7 objects shown', 'cart-v1', 'all', '75%', 'weight 3', '1/2 ready', 'no pods']),
    ); // prettier-ignore
  });

  it('is drawn whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (name) => {
        const nodes = [meshNode(name, name), service(name, `${name}-`)];
        const [a, b] = nodes;
        const edges = a && b ? [edge('backend', a.key, b.key)] : [];
        strictly(draw(exportable(nodes, edges)).svg);
      }),
      { numRuns: 40 },
    );
  });

  it('cuts texts at the card, with an ellipsis', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(300), (text, width) => {
        const shown = fitted(text, 'name', width, roughMeasure);
        expect(shown === '' || roughMeasure(shown, 'name') <= width).toBe(true);
      }),
    );
    const long = 'a-name-that-is-far-longer-than-any-card-could-ever-show-in-one-line';
    expect(strictly(draw(exportable([meshNode('shop', long)], [])).svg).texts).toContainEqual(
      expect.stringMatching(/^a-name-that-.*…$/),
    );
  });

  it('draws a collapsed namespace as one, and its edges as one', () => {
    const exported = exportable(undefined, undefined, ['shop']);
    const { texts } = strictly(draw(exported).svg);
    expect(texts).toEqual(expect.arrayContaining(['shop', '6 objects', 'bank']));
    expect(texts).not.toContain('cart-v1');
  });

  it('holds only the cards of a part, and counts the others', () => {
    const exported = exportable();
    const area = { x: -10, y: -10, width: 300, height: 200 };
    const picture = draw(exported, { area });
    const { texts } = strictly(picture.svg);
    expect(texts).toContain('front');
    expect(texts).not.toContain('cart-v2');
    expect(cardsOutside(drawingOf(exported.graph), exported.positions ?? {}, area)).toBe(6);
    expect(picture.width).toBeLessThan(draw(exported).width);
  });

  it('of 5,000 cards is no larger than 10 MB', () => {
    const nodes = Array.from({ length: 5_000 }, (_, n) => meshNode(`ns-${n % 50}`, `node-${n}`));
    const edges = nodes.flatMap((node, n) => {
      const next = nodes[(n * 7 + 1) % nodes.length];
      return next ? [edge('backend', node.key, next.key)] : [];
    });
    const opened = Array.from({ length: 50 }, (_, n) => `!ns-${n}`);
    const exported = exportable(nodes, edges, opened);
    expect(exported.graph.cards).toHaveLength(5_000);
    const { svg } = draw(exported);
    expect(svg.length).toBeLessThan(10_000_000);
  });
});
