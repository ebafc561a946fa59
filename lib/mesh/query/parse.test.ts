import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELDS, operatorsOf, SEVERITIES } from './fields';
import type { Field } from './fields';
import { parseQuery } from './parse';
import { printQuery } from './print';
import { joined, LONGEST_QUERY } from './syntax';
import type { Operand, Operator, Query, QueryError } from './syntax';

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message} at ${parsed.error.at}`);
  return parsed.query;
}

function refused(text: string): QueryError {
  const parsed = parseQuery(text);
  if (parsed.ok) throw new Error(`${text} was read as ${printQuery(parsed.query)}`);
  return parsed.error;
}

const text = fc.oneof(
  fc.stringMatching(/^[a-z0-9./-]{1,10}$/),
  fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
  fc.constantFrom(
    'and',
    'not',
    'IN',
    'kind',
    'routes',
    'to',
    'label.',
    '"',
    "'",
    '\\',
    '/x/',
    '!',
    '&&',
    '(a',
  ),
);

function operandFor(field: Field, operator: Operator): fc.Arbitrary<Operand> {
  switch (field.type) {
    case 'number': {
      const number = fc
        .oneof(
          fc.integer({ min: -1e6, max: 1e6 }),
          fc.integer({ min: 0, max: 1e8 }).map((n) => n / 1000),
        )
        .map((each): Operand => ({ as: 'number', number: each }));
      const other = fc.constantFrom('pods', 'ready').map((name): Operand => ({ as: 'field', field: name }));
      return operator.endsWith('in') ? number : fc.oneof(number, other);
    }
    case 'severity':
      return fc.constantFrom(...SEVERITIES).map((severity) => ({ as: 'severity', severity }));
    case 'age':
      return fc.nat(1e7).map((n) => ({ as: 'age', seconds: n / 10 }));
    default: {
      const plain = text.map((each): Operand => ({ as: 'text', text: each }));
      const source = fc.constantFrom('^cart-v\\d$', 'a|b', '[a-f/]+x{2,3}'.replace('/', '\\/'), '(a(b|c)?)*');
      return operator.endsWith('~')
        ? fc.oneof(
            plain,
            source.map((each): Operand => ({ as: 'pattern', source: each })),
          )
        : plain;
    }
  }
}

const test: fc.Arbitrary<Query> = fc
  .constantFrom(...FIELDS.filter(({ type }) => type !== 'flag'))
  .chain((field) => fc.tuple(fc.constant(field), fc.constantFrom(...operatorsOf(field))))
  .chain(([field, operator]) =>
    fc
      .array(operandFor(field, operator), { minLength: 1, maxLength: operator.endsWith('in') ? 4 : 1 })
      .map((operands): Query => {
        const name = field.name === 'label.' ? 'label.app.kubernetes.io/name' : field.name;
        return { kind: 'test', field: name, operator, operands };
      }),
  );

const query: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    test,
    text.map((each): Query => ({ kind: 'word', text: each })),
    fc
      .constantFrom('idle', 'external', 'healthy', 'label.team')
      .map((field): Query => ({ kind: 'flag', field })),
    tie('query').map((of): Query => ({ kind: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('query'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, of]) => joined(kind, of)),
  ),
})).query;

describe('reading an expression', () => {
  it('gives what was printed, and prints that the same', () => {
    fc.assert(
      fc.property(
        query.filter((each) => printQuery(each).length <= LONGEST_QUERY),
        (each) => {
          const printed = printQuery(each);
          const again = read(printed);
          expect(again).toEqual(each);
          expect(printQuery(again)).toBe(printed);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('never throws, and an error lies within the text', () => {
    const piece = fc.oneof(
      text,
      fc.constantFrom(
        'kind',
        '=',
        '~',
        '/',
        '(',
        ')',
        ',',
        'in',
        'not',
        'weight',
        '<',
        '"',
        ' ',
        'and',
        'or',
        '5m',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.constantFrom('', ' '), (pieces, glue) => {
        const typed = pieces.join(glue);
        const parsed = parseQuery(typed);
        if (parsed.ok) return read(printQuery(parsed.query)) !== undefined;
        const { at, length } = parsed.error;
        return at >= 0 && length >= 0 && at + length <= typed.length;
      }),
      { numRuns: 2000 },
    );
  });

  it('takes words beside each other as the search of before did', () => {
    expect(printQuery(read('VirtualNode  shop cart-v'))).toBe('VirtualNode and shop and cart-v');
    expect(read('')).toEqual({ kind: 'all' });
    expect(read('   ')).toEqual({ kind: 'all' });
    expect(read('port')).toEqual({ kind: 'word', text: 'port' });
  });

  it.each([
    ['KIND=router AND Weight<100', 'kind = router and weight < 100'],
    ['namespace in (shop,pay)', 'namespace in (shop, pay)'],
    ['ns not in (a) or ! idle', 'namespace not in (a) or not idle'],
    ['a or b and c', 'a or b and c'],
    ['(a or b) and c', '(a or b) and c'],
    ['((a and (b and c)))', 'a and b and c'],
    ['not (a or b)', 'not (a or b)'],
    ['a && b || c', 'a and b or c'],
    ['ready < total', 'ready < pods'],
    ['share>5%', 'share > 5'],
    ['changed < 300s', 'changed < 5m'],
    ['name ~ /^cart-v\\d/', 'name ~ /^cart-v\\d/'],
    ["name = 'a b'", 'name = "a b"'],
    ['routes to shop/cart', 'routesTo = shop/cart'],
    ['routes to', '"routes" and to'],
    ['label.team', 'label.team'],
    ['label.app.kubernetes.io/name == x', 'label.app.kubernetes.io/name = x'],
    ['finding.severity>=warning', 'finding.severity >= warning'],
    ['"kind" "and"', '"kind" and "and"'],
    ['이름 ~ 장바구니'.replace('이름', 'name'), 'name ~ 장바구니'],
  ])('reads %s as %s', (typed, printed) => {
    expect(printQuery(read(typed))).toBe(printed);
  });

  it.each<[string, string, number, number]>([
    ['kind =', 'find.error.operandMissing', 6, 0],
    ['kind = and', 'find.error.operandMissing', 7, 3],
    ['kind < router', 'find.error.operator', 5, 1],
    ['idle = yes', 'find.error.operator', 5, 1],
    ['wieght < 100', 'find.error.field', 0, 6],
    ['"kind" = router', 'find.error.field', 0, 6],
    ['weight < heavy', 'find.error.number', 9, 5],
    ['weight < "5"', 'find.error.number', 9, 3],
    ['changed < soon', 'find.error.age', 10, 4],
    ['finding.severity > bad', 'find.error.severity', 19, 3],
    ['a and', 'find.error.termMissing', 5, 0],
    ['a and or b', 'find.error.unexpected', 6, 2],
    ['(a or b', 'find.error.open', 0, 1],
    ['a)', 'find.error.close', 1, 1],
    ['a, b', 'find.error.unexpected', 1, 1],
    ['name in cart', 'find.error.list', 8, 4],
    ['name in (a b)', 'find.error.list', 11, 1],
    ['name in (a,', 'find.error.operandMissing', 11, 0],
    ['name in (a', 'find.error.open', 8, 1],
    ['name = "cart', 'find.error.quote', 7, 5],
    ['name ~ /cart', 'find.error.patternOpen', 7, 5],
    ['name ~ /a(?=b)/', 'find.error.pattern', 7, 8],
    ['name ~ /(a{200}){200}/', 'find.error.patternLarge', 7, 15],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'find.error.deep', 40, 1],
  ])('says what is wrong with %s, and where', (typed, message, at, length) => {
    expect(refused(typed)).toMatchObject({ message, at, length });
  });

  it('says what could stand there', () => {
    expect(refused('wieght < 100').expected).toContain('weight');
    expect(refused('kind < router').expected).toContain('=');
    expect(refused('finding.severity > bad').expected).toEqual(['info', 'warning', 'error']);
    expect(refused('x'.repeat(LONGEST_QUERY + 1))).toMatchObject({ message: 'find.error.long', length: 1 });
  });
});
