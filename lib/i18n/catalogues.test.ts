import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en } from './messages/en';
import { ko } from './messages/ko';

const argumentsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\s*([A-Za-z0-9]+)/g)].map((match) => match[1] ?? ''))].sort();

describe('the message catalogues', () => {
  it('hold the same keys in both languages', () => {
    expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
  });

  it('can all be parsed, in both languages', () => {
    for (const [locale, catalogue] of Object.entries({ en, ko }))
      for (const [key, text] of Object.entries(catalogue))
        expect(() => new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }), key).not.toThrow();
  });

  it('use the same values in both languages', () => {
    const korean: Record<string, string> = ko;
    for (const [key, text] of Object.entries<string>(en)) {
      if (/\{\w+, (plural|select)/.test(text + (korean[key] ?? ''))) continue; // branches hold texts in braces
      expect(argumentsOf(korean[key] ?? ''), key).toEqual(argumentsOf(text));
    }
  });

  it('say title, what and next of every finding, each with a section in the docs', () => {
    const docs = readFileSync('docs/findings.md', 'utf8');
    const source = readFileSync('lib/mesh/finding.ts', 'utf8');
    const codes = [...source.matchAll(/'(MD\d{3})'/g)].map((match) => match[1] ?? '');
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) {
      for (const part of ['title', 'message', 'next'])
        expect(Object.keys(en)).toContain(`finding.${code}.${part}`);
      expect(docs).toContain(`## ${code} `);
    }
  });
});
