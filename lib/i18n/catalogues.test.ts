import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from './messages/en';
import { ko } from './messages/ko';

const argumentsOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\s*([A-Za-z0-9]+)/g)].map((match) => match[1] ?? ''))].sort();

/** The program's own files: no tests, and not the catalogues, which name every key. */
const sources = (): string[] =>
  ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile() && /(?<!\.test)\.tsx?$/.test(file.name))
      .map((file) => join(file.parentPath, file.name))
      .filter((path) => !path.includes(join('i18n', 'messages'))),
  );

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * The texts a file spells out, and patterns of those it puts together: `topology.kind.${kind}` becomes
 * /^topology\.kind\..+$/. A template counts only where its beginning names a group of keys.
 */
function textsIn(path: string): { spelled: string[]; patterns: RegExp[] } {
  const spelled: string[] = [];
  const patterns: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) spelled.push(node.text);
    if (ts.isTemplateExpression(node) && /^[a-z]\w*\./.test(node.head.text)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
      patterns.push(new RegExp(`^${parts.map(literally).join('.+')}$`));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return { spelled, patterns };
}

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

  it('hold no text that nothing shows', () => {
    const texts = sources().map(textsIn);
    const spelled = new Set(texts.flatMap((file) => file.spelled));
    const patterns = texts.flatMap((file) => file.patterns);
    const unused = Object.keys(en).filter(
      (key) => !spelled.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
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
