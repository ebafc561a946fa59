/** Cuts an expression into tokens. Never fails: what is not closed is a token that says so. */

export interface Token {
  kind: 'word' | 'quoted' | 'pattern' | 'operator' | 'open' | 'close' | 'comma';
  /** What it stands for: without quotes or slashes, escapes undone (those of a pattern are its own and stay). */
  text: string;
  at: number;
  /** First position after it. */
  end: number;
  /** Whether the quote or slash that opened it was closed. */
  closed: boolean;
}

const SPACE = /\s/;
const OPERATOR = /^(?:<=|>=|!=|!~|==|=|<|>|~)/;
/** Where a word ends. */
const BREAK = /[\s(),=<>~"]/;
const MARKS: Readonly<Record<string, 'open' | 'close' | 'comma'>> = {
  '(': 'open',
  ')': 'close',
  ',': 'comma',
};

/** All tokens of the text, in order. Positions count UTF-16 units. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (SPACE.test(char)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at, tokens.at(-1));
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const char = text.charAt(at);
  const mark = MARKS[char];
  if (mark !== undefined) return { kind: mark, text: char, at, end: at + 1, closed: true };
  const operator = OPERATOR.exec(text.slice(at, at + 2))?.[0];
  if (operator !== undefined) {
    const plain = operator === '==' ? '=' : operator;
    return { kind: 'operator', text: plain, at, end: at + operator.length, closed: true };
  }
  if (char === '"' || char === "'") return quoted(text, at, char);
  if (char === '/' && before?.kind === 'operator' && before.text.endsWith('~')) return pattern(text, at);
  // A lone mark of exclamation says `not`.
  if (char === '!') return { kind: 'word', text: char, at, end: at + 1, closed: true };
  let end = at + 1;
  while (end < text.length && !BREAK.test(text.charAt(end)) && !/^![=~]/.test(text.slice(end, end + 2)))
    end += 1;
  return { kind: 'word', text: text.slice(at, end), at, end, closed: true };
}

function quoted(text: string, at: number, quote: string): Token {
  let inside = '';
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text.charAt(end);
    const next = text.charAt(end + 1);
    if (char === quote) return { kind: 'quoted', text: inside, at, end: end + 1, closed: true };
    const escape = char === '\\' && (next === quote || next === '\\');
    inside += escape ? next : char;
    if (escape) end += 1;
  }
  return { kind: 'quoted', text: inside, at, end: text.length, closed: false };
}

function pattern(text: string, at: number): Token {
  for (let end = at + 1; end < text.length; end += 1) {
    const char = text.charAt(end);
    if (char === '/')
      return { kind: 'pattern', text: text.slice(at + 1, end), at, end: end + 1, closed: true };
    if (char === '\\') end += 1;
  }
  return { kind: 'pattern', text: text.slice(at + 1), at, end: text.length, closed: false };
}

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  and: 'and',
  '&&': 'and',
  or: 'or',
  '||': 'or',
  not: 'not',
  '!': 'not',
  in: 'in',
};
export type Keyword = 'and' | 'or' | 'not' | 'in';

/** The keyword a token is. Put in quotes it is a word like any other. */
export function keywordOf(token: Token | undefined): Keyword | undefined {
  const lower = token?.text.toLowerCase() ?? '';
  return token?.kind === 'word' && Object.hasOwn(KEYWORDS, lower) ? KEYWORDS[lower] : undefined;
}

/** The text as one word or, where it would be read as something else, in quotes. */
export function asWord(text: string): string {
  const plain = /^[\p{L}\p{N}_.:*%@-][\p{L}\p{N}_.:*%@/-]*$/u.test(text);
  return plain && !Object.hasOwn(KEYWORDS, text.toLowerCase()) ? text : inQuotes(text);
}

export const inQuotes = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;
