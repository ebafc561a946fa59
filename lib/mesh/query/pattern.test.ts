import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternTest } from './pattern';

function test(source: string, text: string): boolean {
  const read = patternTest(source);
  if (!read.ok) throw new Error(`${source}: ${read.unread}`);
  return read.test(text);
}

const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  '-',
  '.',
  '\\d',
  '\\w',
  '\\.',
  '[ab]',
  '[^a]',
  '[a-c0-9]',
  '1',
  '\\S',
);
const source = fc.letrec<{ all: string; piece: string }>((tie) => ({
  all: fc.array(tie('piece'), { maxLength: 4 }).map((parts) => parts.join('')),
  piece: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc
      .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '{1,2}', '{2}', '{0,}', '*?'))
      .map((parts) => parts.join('')),
    fc
      .tuple(tie('all'), tie('all'), fc.constantFrom('', '*', '+', '?'))
      .map(([one, other, times]) => `(${one}|${other})${times}`),
    fc.constantFrom('^', '$'),
  ),
})).all;

describe('a pattern', () => {
  it('finds what the browser’s own regular expressions find', () => {
    fc.assert(
      fc.property(
        source.filter(({ length }) => length <= 100),
        fc.stringMatching(/^[abc\-.1 ]{0,8}$/),
        (pattern, text) => {
          expect(test(pattern, text)).toBe(new RegExp(pattern).test(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('does not care for upper and lower case', () => {
    expect(test('^CART-[A-Z]\\d$', 'cart-v2')).toBe(true);
    expect(test('\\D', '12')).toBe(false);
  });

  it('takes time that grows with the text alone', () => {
    const text = 'a'.repeat(20_000);
    for (const bad of ['(a+)+$x', '(a|a)*b', '(a*)*b', 'a*a*a*a*a*a*a*b', '(.*.*.*)x']) {
      expect(test(bad, text)).toBe(false);
    }
  });

  it('keeps few states, however many there could be', () => {
    const letters = fc.sample(fc.stringMatching(/^[ab]{200}$/), { numRuns: 20, seed: 1 });
    for (const text of letters) expect(test('a[ab]{60}a$', text)).toBe(new RegExp('a[ab]{60}a$').test(text));
  });

  it.each([
    ['a(?=b)', '(?=b)'],
    ['(?<n>a)', '(?<n>a)'],
    ['(a)\\1', '\\1'],
    ['\\bcart', '\\bcart'],
    ['*a', '*a'],
    ['a{2,1}', '{2,1}'],
    ['a{', '{'],
    ['(a', '(a'],
    ['a)', ')'],
    ['[a', '[a'],
    ['[z-a]', '[z-a]'],
    ['a\\', '\\'],
    ['^*', '^*'],
  ])('tells where %s stops being understood', (pattern, unread) => {
    expect(patternTest(pattern)).toEqual({ ok: false, unread });
  });

  it.each(['a'.repeat(101), '(a{200}){200}', '((){99}){999}', '(((((a?){9}){9}){9}){9}){9}'])(
    'is refused when it is too large: %s',
    (pattern) => {
      expect(patternTest(pattern)).toEqual({ ok: false, unread: '' });
    },
  );
});
