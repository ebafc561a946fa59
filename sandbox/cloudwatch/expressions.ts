/** Metric math: the expressions of GetMetricData, but for SEARCH. */
import { invalid } from './requests';

/** Values by epoch second. */
export type Points = ReadonlyMap<number, number>;

export interface Line {
  label: string;
  points: Points;
}

type Result = number | Line[];

export interface Scope {
  /** What a query with this id gives; `undefined` when there is none. */
  lines(id: string): Line[] | undefined;
  /** What is found by `SEARCH(…)`, given its arguments as written. */
  search(terms: string, stat: string, periodS: number): Line[];
  /** Of all other queries for metrics. */
  metrics(): Line[];
  /** The times at which values may stand. */
  times: number[];
}

/** Throws ValidationError for what is not understood. */
export function evaluate(expression: string, scope: Scope): Line[] {
  const result = new Evaluation(expression, scope).whole();
  if (typeof result === 'number')
    throw invalid(`Error in expression '${expression}': the result must be a time series, not a number.`);
  return result;
}

class Evaluation {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    private readonly expression: string,
    private readonly scope: Scope,
  ) {
    this.tokens = expression.match(/"[^"]*"|'[^']*'|\d+(?:\.\d+)?|\w+|[-+*/(),[\]]|\S/g) ?? [];
  }

  whole(): Result {
    const result = this.sum();
    if (this.at < this.tokens.length) throw this.refusal();
    return result;
  }

  private sum(): Result {
    let left = this.product();
    for (;;) {
      if (this.takes('+')) left = combined(left, this.product(), (a, b) => a + b);
      else if (this.takes('-')) left = combined(left, this.product(), (a, b) => a - b);
      else return left;
    }
  }

  private product(): Result {
    let left = this.single();
    for (;;) {
      if (this.takes('*')) left = combined(left, this.single(), (a, b) => a * b);
      else if (this.takes('/')) left = combined(left, this.single(), (a, b) => a / b);
      else return left;
    }
  }

  private single(): Result {
    if (this.takes('-')) return combined(0, this.single(), (a, b) => a - b);
    if (this.takes('(')) {
      const result = this.sum();
      this.need(')');
      return result;
    }
    if (this.takes('[')) {
      const lines: Line[] = [];
      do lines.push(...this.lines());
      while (this.takes(','));
      this.need(']');
      return lines;
    }
    const token = this.tokens[this.at++];
    if (token === undefined) throw this.refusal();
    if (/^\d/.test(token)) return Number(token);
    if (this.takes('(')) return this.call(token.toUpperCase());
    const lines = this.scope.lines(token);
    if (!lines)
      throw invalid(`Error in expression '${this.expression}': there is no query with the id '${token}'.`);
    return lines;
  }

  private call(name: string): Result {
    if (name === 'SEARCH') return this.search();
    if (name === 'METRICS') {
      this.need(')');
      return this.scope.metrics();
    }
    if (name === 'FILL') return this.fill();
    const aggregate = AGGREGATES[name];
    if (!aggregate && name !== 'RATE')
      throw invalid(`Error in expression '${this.expression}': the function ${name} is not known.`);
    const [first, ...more] = [this.tokens[this.at]];
    const listed = first === '[' || first?.toUpperCase() === 'METRICS' || first?.toUpperCase() === 'SEARCH';
    const lines = this.lines();
    this.need(')');
    if (!aggregate) return lines.map(rate);
    const [line] = lines;
    if (!listed && more.length === 0 && lines.length === 1 && line)
      return aggregate([...line.points.values()]);
    return [{ label: name, points: acrossLines(lines, aggregate) }];
  }

  private fill(): Line[] {
    const lines = this.lines();
    this.need(',');
    const filler = this.tokens[this.at++] ?? '';
    const sign = filler === '-' ? -Number(this.tokens[this.at++]) : Number(filler);
    if (filler.toUpperCase() !== 'REPEAT' && Number.isNaN(sign)) throw this.refusal();
    this.need(')');
    return lines.map(({ label, points }) => {
      const filled = new Map<number, number>();
      let last: number | undefined;
      for (const time of this.scope.times) {
        last = points.get(time) ?? (filler.toUpperCase() === 'REPEAT' ? last : sign);
        if (last !== undefined) filled.set(time, last);
      }
      return { label, points: filled };
    });
  }

  private search(): Line[] {
    const terms = this.quoted();
    this.need(',');
    const stat = this.quoted();
    let periodS = 300;
    if (this.takes(',')) periodS = Number(this.tokens[this.at++]);
    this.need(')');
    if (!Number.isInteger(periodS) || periodS <= 0) throw this.refusal();
    return this.scope.search(terms, stat, periodS);
  }

  private quoted(): string {
    const token = this.tokens[this.at++];
    if (token === undefined || !/^['"]/.test(token)) throw this.refusal();
    return token.slice(1, -1);
  }

  private lines(): Line[] {
    const result = this.sum();
    if (typeof result === 'number') throw this.refusal();
    return result;
  }

  private takes(text: string): boolean {
    if (this.tokens[this.at] !== text) return false;
    this.at++;
    return true;
  }

  private need(text: string): void {
    if (!this.takes(text)) throw this.refusal();
  }

  private refusal() {
    const near = this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? '';
    return invalid(`Error in expression '${this.expression}' near '${near}'.`);
  }
}

const AGGREGATES: Record<string, (values: number[]) => number> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length),
  MIN: (values) => values.reduce((least, value) => Math.min(least, value), Infinity),
  MAX: (values) => values.reduce((most, value) => Math.max(most, value), -Infinity),
};

function acrossLines(lines: Line[], aggregate: (values: number[]) => number): Points {
  const values = new Map<number, number[]>();
  for (const { points } of lines)
    for (const [time, value] of points) values.set(time, [...(values.get(time) ?? []), value]);
  return new Map([...values].map(([time, all]) => [time, aggregate(all)]));
}

/** Change per second from one point to the next. */
function rate({ label, points }: Line): Line {
  const ordered = [...points].sort(([a], [b]) => a - b);
  const rates = ordered.slice(1).map(([time, value], index): [number, number] => {
    const [before, earlier] = ordered[index] ?? [time, value];
    return [time, (value - earlier) / (time - before)];
  });
  return { label, points: new Map(rates) };
}

/** Where both have a value; a division by zero leaves a gap. */
function combined(left: Result, right: Result, operate: (a: number, b: number) => number): Result {
  if (typeof left === 'number' && typeof right === 'number') return operate(left, right);
  const pairs =
    typeof left === 'number'
      ? each(right).map((line) => [left, line] as const)
      : each(left).map(
          (line, index) => [line, typeof right === 'number' ? right : (right[index] ?? right[0])] as const,
        );
  return pairs.map(([a, b]) => {
    const times = typeof a === 'object' ? a.points.keys() : typeof b === 'object' ? b.points.keys() : [];
    const points = new Map<number, number>();
    for (const time of times) {
      const first = typeof a === 'object' ? a.points.get(time) : a;
      const second = typeof b === 'object' ? b.points.get(time) : b;
      const value = first === undefined || second === undefined ? NaN : operate(first, second);
      if (Number.isFinite(value)) points.set(time, value);
    }
    return { label: typeof a === 'object' ? a.label : typeof b === 'object' ? b.label : '', points };
  });
}

const each = (result: Result): Line[] => (typeof result === 'number' ? [] : result);
