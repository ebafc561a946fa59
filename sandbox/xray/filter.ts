/** Filter expressions: which traces are meant. */
import { invalid } from './requests';
import { nameOf, type Step, type Trace } from './traces';
import { annotationsOf, urlOf } from './documents';
import { PROXY } from './graph';

export type Filter = (trace: Trace) => boolean;
/** What is asked of one step; of a whole trace it is asked of its root. */
type Test = (trace: Trace, step: Step) => boolean;

type Token = { kind: 'word' | 'string' | 'number' | 'sign'; text: string };

/** Throws InvalidRequestException for what is not understood. */
export function filterFrom(expression: string | undefined): Filter {
  if (expression === undefined || expression.trim() === '') return () => true;
  const test = new Parser(expression).whole();
  return (trace) => test(trace, trace.root);
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s*(?:"((?:[^"\\]|\\.)*)"|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*(?:\[[^\]]*\])?)|(<=|>=|!=|[<>=!(){},:]))/y;
  while (pattern.lastIndex < expression.trimEnd().length) {
    const at = pattern.lastIndex;
    const found = pattern.exec(expression);
    if (!found) throw invalid(`Invalid filter expression at position ${at}: ${expression.slice(at).trim()}`);
    const [, string, number, word, sign] = found;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replace(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

const FLAGS: Record<string, Test> = {
  ok: (_, { status }) => status < 400,
  error: (_, { status }) => status >= 400 && status < 500,
  throttle: (_, { status }) => status === 429,
  fault: (_, { status }) => status >= 500,
  partial: () => false,
};

const NUMBERS: Record<string, (trace: Trace, step: Step) => number> = {
  responsetime: (_, { ms }) => ms / 1000,
  duration: (_, { handledMs }) => handledMs / 1000,
  'http.status': (_, { status }) => status,
};

const TEXTS: Record<string, (trace: Trace, step: Step) => string> = {
  'http.url': (_, step) => urlOf(step),
  'http.method': (_, step) => step.call?.visitor?.method ?? step.way?.visitor.method ?? 'GET',
};

class Parser {
  private readonly tokens: Token[];
  private at = 0;

  constructor(private readonly expression: string) {
    this.tokens = tokensOf(expression);
  }

  whole(): Test {
    const test = this.either();
    if (this.at < this.tokens.length) throw this.refusal();
    return test;
  }

  private either(): Test {
    let test = this.both();
    while (this.takes('or')) {
      const left = test;
      const right = this.both();
      test = (trace, step) => left(trace, step) || right(trace, step);
    }
    return test;
  }

  /** Two conditions side by side must both hold, as with AND. */
  private both(): Test {
    let test = this.single();
    while (this.takes('and') || this.goesOn()) {
      const left = test;
      const right = this.single();
      test = (trace, step) => left(trace, step) && right(trace, step);
    }
    return test;
  }

  private goesOn(): boolean {
    const next = this.tokens[this.at];
    return (
      next !== undefined &&
      !(next.kind === 'word' && next.text.toLowerCase() === 'or') &&
      !')}'.includes(next.text)
    );
  }

  private single(): Test {
    if (this.takes('!') || this.takes('not')) {
      const test = this.single();
      return (trace, step) => !test(trace, step);
    }
    if (this.takes('(')) {
      const test = this.either();
      this.need(')');
      return test;
    }
    const token = this.take();
    if (token?.kind !== 'word') throw this.refusal();
    return this.condition(token.text);
  }

  private condition(word: string): Test {
    const name = word.toLowerCase();
    if (name === 'service') return this.service();
    if (name === 'edge') return this.edge();
    const annotation = /^annotation(?:\.(.+)|\[(.+)\])$/i.exec(word);
    if (annotation) {
      const key = annotation[1] ?? annotation[2] ?? '';
      return this.comparison((trace, step) => annotationsOf(trace, step)[key]);
    }
    const flag = FLAGS[name];
    if (flag) return this.flag(flag);
    const read = NUMBERS[name] ?? TEXTS[name];
    if (read) return this.comparison(read);
    throw invalid(`Invalid filter expression: ${word} is not known here. Expression: ${this.expression}`);
  }

  private flag(flag: Test): Test {
    const negated = this.takes('!=');
    if (!negated && !this.takes('=')) return flag;
    const { text } = this.take() ?? { text: '' };
    if (text !== 'true' && text !== 'false') throw this.refusal();
    const wanted = (text === 'true') !== negated;
    return (trace, step) => flag(trace, step) === wanted;
  }

  private comparison(read: (trace: Trace, step: Step) => string | number | undefined): Test {
    const sign = this.take();
    const value = this.take();
    if (!sign || !value || (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'word'))
      throw this.refusal();
    const wanted = value.kind === 'number' ? Number(value.text) : value.text;
    const compare = COMPARISONS[sign.text.toLowerCase()];
    if (!compare) throw this.refusal();
    return (trace, step) => {
      const found = read(trace, step);
      return found !== undefined && compare(found, wanted);
    };
  }

  private service(): Test {
    this.need('(');
    const who = this.tokens[this.at]?.text === ')' ? () => true : this.selector();
    this.need(')');
    const inside = this.block();
    return (trace) =>
      trace.steps.some((step) => who(nameOf(step), step.seen ? PROXY : 'remote') && inside(trace, step));
  }

  private edge(): Test {
    this.need('(');
    const from = this.selector();
    this.need(',');
    const to = this.selector();
    this.need(')');
    const inside = this.block();
    return (trace) =>
      trace.steps.some((step) => {
        const caller = step.above?.link.target;
        const source = caller ? caller.segment : nameOf(step);
        const type = caller ? PROXY : 'client';
        return from(source, type) && to(nameOf(step), step.seen ? PROXY : 'remote') && inside(trace, step);
      });
  }

  /** A name, or `id(name: "…", type: "…")`. */
  private selector(): (name: string, type: string) => boolean {
    const token = this.take();
    if (token?.kind === 'string') return (name) => name === token.text;
    if (token?.text.toLowerCase() !== 'id') throw this.refusal();
    this.need('(');
    const wanted = new Map<string, string>();
    do {
      const key = this.take()?.text.toLowerCase() ?? '';
      this.need(':');
      const value = this.take();
      if (value?.kind !== 'string' || !['name', 'type', 'account.id'].includes(key)) throw this.refusal();
      wanted.set(key, value.text);
    } while (this.takes(','));
    this.need(')');
    return (name, type) => (wanted.get('name') ?? name) === name && (wanted.get('type') ?? type) === type;
  }

  private block(): Test {
    if (!this.takes('{')) return () => true;
    const test = this.either();
    this.need('}');
    return test;
  }

  private take(): Token | undefined {
    return this.tokens[this.at++];
  }

  private takes(text: string): boolean {
    const next = this.tokens[this.at];
    if (!next || next.kind === 'string' || next.text.toLowerCase() !== text) return false;
    this.at++;
    return true;
  }

  private need(text: string): void {
    if (!this.takes(text)) throw this.refusal();
  }

  private refusal() {
    const near = this.tokens[Math.min(this.at, this.tokens.length) - 1]?.text ?? '';
    return invalid(`Invalid filter expression near "${near}". Expression: ${this.expression}`);
  }
}

const COMPARISONS: Record<string, (found: string | number, wanted: string | number) => boolean> = {
  '=': (found, wanted) => String(found) === String(wanted),
  '!=': (found, wanted) => String(found) !== String(wanted),
  '<': (found, wanted) => Number(found) < Number(wanted),
  '<=': (found, wanted) => Number(found) <= Number(wanted),
  '>': (found, wanted) => Number(found) > Number(wanted),
  '>=': (found, wanted) => Number(found) >= Number(wanted),
  contains: (found, wanted) => String(found).includes(String(wanted)),
  beginswith: (found, wanted) => String(found).startsWith(String(wanted)),
  endswith: (found, wanted) => String(found).endsWith(String(wanted)),
};
