/** Reads an expression of the find language. Whatever is typed gives a query or an error with its place; nothing throws. */
import { fieldOf, fieldsLike, FIELDS, operatorsOf, SEVERITIES } from './fields';
import type { Field } from './fields';
import { patternTest } from './pattern';
import { joined, LONGEST_QUERY } from './syntax';
import type { Operand, Operator, Query, QueryError, QueryErrorKey } from './syntax';
import { keywordOf, tokensOf } from './tokens';
import type { Token } from './tokens';

export type Parsed = { ok: true; query: Query } | { ok: false; error: QueryError };

/** How deep brackets and `not` may be nested. */
const DEEPEST = 40;
const AGE = /^(\d{1,9}(?:\.\d{1,6})?)([smhd])$/i;
const NUMBER = /^(-?\d{1,15}(?:\.\d{1,6})?)(%|[a-z]+)?$/i;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

class Wrong extends Error {
  constructor(readonly error: QueryError) {
    super(error.message);
  }
}

/** Reads a text as a query. Words beside each other must all be found; `and` binds closer than `or`. */
export function parseQuery(text: string): Parsed {
  if (text.length > LONGEST_QUERY) {
    const [at, length] = [LONGEST_QUERY, text.length - LONGEST_QUERY];
    const values = { limit: LONGEST_QUERY };
    return { ok: false, error: { at, length, message: 'find.error.long', values, expected: [] } };
  }
  try {
    return { ok: true, query: new Parser(tokensOf(text), text.trimEnd().length).whole() };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, error: error.error };
    throw error;
  }
}

class Parser {
  private next = 0;
  private depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    /** Where the text ends. */
    private readonly end: number,
  ) {}

  whole(): Query {
    if (this.tokens.length === 0) return { kind: 'all' };
    const query = this.either();
    const rest = this.peek();
    if (rest?.kind === 'close') this.fail(rest, 'find.error.close');
    if (rest) this.fail(rest, 'find.error.unexpected', { text: rest.text }, ['and', 'or']);
    return query;
  }

  private peek(ahead = 0): Token | undefined {
    return this.tokens[this.next + ahead];
  }

  /** Fails at a token, or at the end of the text. */
  private fail(
    token: Pick<Token, 'at' | 'end'> | undefined,
    message: QueryErrorKey,
    values: QueryError['values'] = {},
    expected: readonly string[] = [],
  ): never {
    const at = token?.at ?? this.end;
    const length = token ? token.end - token.at : 0;
    throw new Wrong({ at, length, message, values, expected: [...expected] });
  }

  private keyword() {
    return keywordOf(this.peek());
  }

  private either(): Query {
    const parts = [this.both()];
    while (this.keyword() === 'or') {
      this.next += 1;
      parts.push(this.both());
    }
    return joined('or', parts);
  }

  private both(): Query {
    const parts = [this.term()];
    for (;;) {
      const token = this.peek();
      if (token === undefined || token.kind === 'close' || this.keyword() === 'or') break;
      if (this.keyword() === 'and') this.next += 1;
      parts.push(this.term());
    }
    return joined('and', parts);
  }

  private term(): Query {
    const token = this.peek();
    if (token === undefined) this.fail(token, 'find.error.termMissing', {}, fieldNames());
    this.depth += 1;
    if (this.depth > DEEPEST) this.fail(token, 'find.error.deep', { limit: DEEPEST });
    const query = this.termAt(token);
    this.depth -= 1;
    return query;
  }

  private termAt(token: Token): Query {
    switch (token.kind) {
      case 'open': {
        this.next += 1;
        const query = this.either();
        if (this.peek()?.kind !== 'close') this.fail(token, 'find.error.open', {}, [')']);
        this.next += 1;
        return query;
      }
      case 'quoted':
        if (!token.closed) this.fail(token, 'find.error.quote', {}, ['"']);
        if (this.peek(1)?.kind === 'operator')
          this.fail(token, 'find.error.field', { text: token.text }, fieldsLike(token.text));
        this.next += 1;
        return { kind: 'word', text: token.text };
      case 'word':
        return this.wordAt(token);
      default:
        return this.fail(token, 'find.error.unexpected', { text: token.text }, fieldNames());
    }
  }

  private wordAt(token: Token): Query {
    const keyword = keywordOf(token);
    if (keyword === 'not') {
      this.next += 1;
      return { kind: 'not', of: this.term() };
    }
    if (keyword !== undefined) this.fail(token, 'find.error.unexpected', { text: token.text }, fieldNames());
    this.next += 1;
    const found = fieldOf(token.text);
    const operator = this.operator();
    if (operator !== undefined) {
      if (!found) this.fail(token, 'find.error.field', { text: token.text }, orAll(fieldsLike(token.text)));
      return this.test(found.field, found.name, operator);
    }
    const to = this.peek();
    const target = this.peek(1);
    if (
      token.text.toLowerCase() === 'routes' &&
      to?.kind === 'word' &&
      to.text.toLowerCase() === 'to' &&
      target !== undefined &&
      (target.kind === 'word' || target.kind === 'quoted')
    ) {
      this.next += 1;
      const field = fieldOf('routesTo');
      if (field) return this.test(field.field, field.name, { sign: '=', token: to });
    }
    const alone = found?.field.type === 'flag' || (found !== undefined && found.key !== '');
    return found && alone ? { kind: 'flag', field: found.name } : { kind: 'word', text: token.text };
  }

  /** The operator that follows, if any, and its token. */
  private operator(): { sign: Operator; token: Token } | undefined {
    const token = this.peek();
    if (token === undefined) return undefined;
    if (token.kind === 'operator') {
      this.next += 1;
      return { sign: token.text as Operator, token }; // the tokens of this kind are the signs among the operators
    }
    const keyword = keywordOf(token);
    const second = this.peek(1);
    if (keyword === 'in') {
      this.next += 1;
      return { sign: 'in', token };
    }
    if (keyword === 'not' && second !== undefined && keywordOf(second) === 'in') {
      this.next += 2;
      return { sign: 'not in', token: { ...token, end: second.end } };
    }
    return undefined;
  }

  private test(field: Field, name: string, { sign, token }: { sign: Operator; token: Token }): Query {
    const fits = operatorsOf(field);
    if (!fits.includes(sign))
      this.fail(token, 'find.error.operator', { field: name, operator: sign, count: fits.length }, fits);
    const list = sign === 'in' || sign === 'not in';
    const operands = list ? this.list(field, name, sign) : [this.operand(field, name, sign)];
    return { kind: 'test', field: name, operator: sign, operands };
  }

  private list(field: Field, name: string, sign: Operator): Operand[] {
    const open = this.peek();
    if (open?.kind !== 'open') this.fail(open, 'find.error.list', { field: name, operator: sign }, ['(']);
    this.next += 1;
    const operands: Operand[] = [];
    for (;;) {
      operands.push(this.operand(field, name, sign));
      const mark = this.peek();
      this.next += 1;
      if (mark?.kind === 'close') return operands;
      if (mark === undefined) this.fail(open, 'find.error.open', {}, [')']);
      if (mark.kind !== 'comma')
        this.fail(mark, 'find.error.list', { field: name, operator: sign }, [',', ')']);
    }
  }

  private operand(field: Field, name: string, sign: Operator): Operand {
    const token = this.peek();
    const fits = token?.kind === 'word' || token?.kind === 'quoted' || token?.kind === 'pattern';
    if (token === undefined || !fits || keywordOf(token) !== undefined)
      return this.fail(token, 'find.error.operandMissing', { field: name, operator: sign });
    this.next += 1;
    if (token.kind === 'quoted' && !token.closed) this.fail(token, 'find.error.quote', {}, ['"']);
    if (token.kind === 'pattern') return this.pattern(token);
    switch (field.type) {
      case 'number':
        return this.number(token, field, name, sign);
      case 'severity': {
        const severity = SEVERITIES.find((each) => each === token.text.toLowerCase());
        if (severity === undefined)
          this.fail(token, 'find.error.severity', { field: name, text: token.text }, SEVERITIES);
        return { as: 'severity', severity };
      }
      case 'age': {
        const [, amount, unit] = AGE.exec(token.text) ?? [];
        if (amount === undefined || unit === undefined)
          return this.fail(token, 'find.error.age', { field: name, text: token.text }, ['5m', '1h', '1d']);
        // To the millionth, as finely as it can be written: 1.1h is no whole number of seconds in binary.
        const seconds = Math.round(Number(amount) * (SECONDS[unit.toLowerCase()] ?? 1) * 1e6) / 1e6;
        return { as: 'age', seconds };
      }
      default:
        return { as: 'text', text: token.text };
    }
  }

  private number(token: Token, field: Field, name: string, sign: Operator): Operand {
    const other = token.kind === 'word' ? fieldOf(token.text) : undefined;
    const list = sign === 'in' || sign === 'not in';
    if (other?.field.type === 'number' && !list) return { as: 'field', field: other.name };
    const [, digits, unit = '%'] = (token.kind === 'word' && NUMBER.exec(token.text)) || [];
    const times = unit === '%' ? 1 : field.units?.[unit.toLowerCase()];
    if (digits === undefined || times === undefined)
      return this.fail(token, 'find.error.number', { field: name, text: token.text });
    // To the millionth, as finely as it can be written.
    return { as: 'number', number: Math.round(Number(digits) * times * 1e6) / 1e6 + 0 };
  }

  private pattern(token: Token): Operand {
    if (!token.closed) this.fail(token, 'find.error.patternOpen', {}, ['/']);
    const read = patternTest(token.text);
    if (read.ok) return { as: 'pattern', source: token.text };
    return read.unread === ''
      ? this.fail(token, 'find.error.patternLarge')
      : this.fail(token, 'find.error.pattern', { text: read.unread });
  }
}

const fieldNames = (): string[] => FIELDS.map(({ name }) => name);
const orAll = (names: string[]): string[] => (names.length > 0 ? names : fieldNames());
