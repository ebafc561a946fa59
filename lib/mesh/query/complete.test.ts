import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from './complete';
import { shop } from './fixtures';
import { parseQuery } from './parse';
import { rolesOf } from './roles';
import { subjectsOf } from './subject';

const subjects = subjectsOf(shop());
/** What is offered at the bar `|` of a text. */
function offered(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, options } = complete(text, caret, { subjects });
  return { at: text.slice(from, to), texts: options.map((option) => option.text), options };
}

describe('completion', () => {
  it('offers fields where a test begins', () => {
    expect(offered('|').texts).toContain('kind');
    expect(offered('kind = node and |').texts).toContain('weight');
    expect(offered('(na|').texts.slice(0, 2)).toEqual(['namespace', 'name']);
    expect(offered('lab|').texts).toEqual(['label.team']);
  });

  it('offers names of the mesh as words', () => {
    const { texts, options } = offered('cart|');
    expect(texts).toContain('cart-v1');
    expect(options.find(({ text }) => text === 'cart-v1')?.kind).toBe('word');
  });

  it('offers the operators of the field, and nothing else', () => {
    expect(offered('kind |').texts).toEqual(['=', '!=', '~', '!~', 'in', 'not in']);
    expect(offered('changed |').texts).toEqual(['<', '<=', '>', '>=']);
    expect(offered('idle |').texts).toEqual(['and', 'or']);
  });

  it('offers what occurs in the mesh as operands', () => {
    expect(offered('kind = |').texts).toEqual(['gateway', 'node', 'router', 'service', 'unresolved']);
    expect(offered('label.team = |').texts).toEqual(['checkout']);
    expect(offered('finding in (MD101, |').texts).toEqual(['md101', 'md401', 'md503']);
    expect(offered('finding.severity >= w|').texts).toEqual(['warning']);
    expect(offered('ready < |').texts).toContain('pods');
    expect(offered('weight > 9|').texts).toEqual(['90']);
  });

  it('takes the place of the word the caret is in', () => {
    expect(offered('ki|nd = node').at).toBe('kind');
    expect(offered('kind = no| and x')).toMatchObject({ at: 'no', texts: ['node'] });
  });

  it('joins after a test', () => {
    expect(offered('kind = node |').texts).toEqual(['and', 'or']);
    expect(offered('(a) |').texts).toEqual(['and', 'or']);
  });

  it('keeps silent within quotes and patterns', () => {
    expect(offered('name = "ca|').texts).toEqual([]);
    expect(offered('name ~ /ca|').texts).toEqual([]);
  });

  it('offers only what leads to an expression that can be read', () => {
    const start = fc.constantFrom(
      '',
      'kind = node and ',
      'kind ',
      'kind = ',
      'weight < ',
      'idle ',
      'not ',
      '(',
      'name in (a, ',
    );
    fc.assert(
      fc.property(start, fc.nat(), (text, pick) => {
        const { options, from, to } = complete(text, text.length, { subjects });
        const option = options[pick % options.length];
        if (!option) return;
        const next = `${text.slice(0, from)}${option.text} ${text.slice(to)}`;
        const parsed = parseQuery(next);
        // What is missing may only be missing at its end, or be a bracket that is still open.
        if (!parsed.ok && parsed.error.message !== 'find.error.open')
          expect(parsed.error.at).toBe(next.trimEnd().length);
      }),
    );
  });
});

describe('the roles of tokens', () => {
  const roles = (text: string) => rolesOf(text).tokens.map((token) => `${token.role}:${token.text}`);
  it.each<[string, string[]]>([
    ['kind = router', ['field:kind', 'operator:=', 'operand:router']],
    ['not (a or idle)', ['keyword:not', 'bracket:(', 'word:a', 'keyword:or', 'flag:idle', 'bracket:)']],
    ['port not in (1)', ['field:port', 'operator:not', 'operator:in', 'bracket:(', 'operand:1', 'bracket:)']],
    ['routes to x', ['field:routes', 'operator:to', 'operand:x']],
    ['port cart', ['word:port', 'word:cart']],
    ['label.team and x', ['flag:label.team', 'keyword:and', 'word:x']],
  ])('of %s', (text, expected) => {
    expect(roles(text)).toEqual(expected);
  });

  it('cover every token of any text, in order', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'grapheme' }), (text) => {
        const { tokens } = rolesOf(text);
        let end = 0;
        for (const token of tokens) {
          expect(text.slice(end, token.at).trim()).toBe('');
          end = token.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
    );
  });
});
